using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace SerLab.Cli.Tests;

/// <summary>
/// A Slurm of one node in a folder of its own, on free ports, with a munge of its own: nothing of it is left, and nothing of
/// the machine is touched.
/// </summary>
internal sealed class SlurmCluster : IDisposable
{
    private readonly List<Process> daemons = [];
    private readonly TemporaryFolder folder = new();
    private readonly string configuration;

    /// <summary>Starts it.</summary>
    public SlurmCluster()
    {
        string host = Dns.GetHostName().Split('.')[0];
        foreach (string name in (string[])["state", "spool", "munge"])
        {
            Directory.CreateDirectory(folder[name]);
        }

        // Whoever could read the key could pass for anybody else.
        const UnixFileMode ours = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Restrict(folder["munge"], ours | UnixFileMode.UserExecute);
        File.WriteAllBytes(folder["munge/key"], RandomNumberGenerator.GetBytes(1024));
        Restrict(folder["munge/key"], ours);
        Restrict(
            folder.Path, ours | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        configuration = folder.Write("slurm.conf", $"""
            ClusterName=serlab
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={FreePort()}
            SlurmdPort={FreePort()}
            AuthType=auth/munge
            AuthInfo=socket={folder["munge.socket"]}
            CredType=cred/munge
            SlurmUser=root
            SlurmdUser=root
            StateSaveLocation={folder["state"]}
            SlurmdSpoolDir={folder["spool"]}
            SlurmctldPidFile={folder["slurmctld.pid"]}
            SlurmdPidFile={folder["slurmd.pid"]}
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SwitchType=switch/none
            MpiDefault=none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            AccountingStorageType=accounting_storage/none
            JobAcctGatherType=jobacct_gather/none
            SlurmdParameters=config_overrides
            SchedulerParameters=sched_interval=1,batch_sched_delay=0
            NodeName={host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
            PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP

            """);
        StartDaemon(
            "munged", "--force", "--foreground", $"--key-file={folder["munge/key"]}", $"--socket={folder["munge.socket"]}",
            $"--pid-file={folder["munge/pid"]}", $"--seed-file={folder["munge/seed"]}", $"--log-file={folder["munge/log"]}");
        Await("munge", () => File.Exists(folder["munge.socket"]));
        StartDaemon("slurmctld", "-D", "-f", configuration);
        StartDaemon("slurmd", "-D", "-f", configuration, "-N", host);
        Await("an idle node", () => Run("sinfo", "", "-h", "-o", "%T").Output.Trim() == "idle");
    }

    /// <summary>Why there can be none here; none where there can.</summary>
    public static string? Missing => !OperatingSystem.IsLinux() ? "Slurm is for Linux"
        : Environment.UserName != "root" ? "its daemons are run as root here"
        : ((string[])["munged", "slurmctld", "slurmd", "sbatch"]).FirstOrDefault(name => PathOf(name) is null) is { } missing
            ? $"{missing} is not installed (Debian: slurm-wlm, munge)"
            : null;

    /// <summary>Runs one of Slurm's commands.</summary>
    public (int ExitCode, string Output) Run(string command, string input, params string[] arguments)
    {
        using Process process = Start(command, arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> problem = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + problem.Result);
    }

    /// <summary>Waits until no task of a job waits or runs.</summary>
    public void AwaitEnd(string job) =>
        Await($"the end of job {job}", () => Run("squeue", "", "-h", "-j", job) is { ExitCode: 0, Output.Length: 0 });

    /// <summary>Waits for something, for as long as the daemons live.</summary>
    public void Await(string what, Func<bool> isThere)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!isThere())
        {
            Process? ended = daemons.Find(daemon => daemon.HasExited);
            if (ended is not null || watch.Elapsed > TimeSpan.FromMinutes(3))
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Waited for {what}; {ended?.StartInfo.FileName ?? "no daemon"} ended. "
                        + $"{Run("scontrol", "", "show", "job").Output}"));
            }

            Thread.Sleep(50);
        }
    }

    public void Dispose()
    {
        // The node goes first, so that the controller does not miss it.
        foreach (Process daemon in daemons.AsEnumerable().Reverse())
        {
            daemon.Kill();
            daemon.WaitForExit();
            daemon.Dispose();
        }

        folder.Dispose();
    }

    private static void Restrict(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? PathOf(string name) =>
        ((string[])["/usr/bin", "/usr/sbin"]).Select(place => Path.Combine(place, name)).FirstOrDefault(File.Exists);

    private void StartDaemon(string name, params string[] arguments)
    {
        Process process = Start(name, arguments);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        daemons.Add(process);
    }

    private Process Start(string name, string[] arguments)
    {
        ProcessStartInfo start = new(PathOf(name)!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SLURM_CONF"] = configuration;
        return Process.Start(start)!;
    }
}
