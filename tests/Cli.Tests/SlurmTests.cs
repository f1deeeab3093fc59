using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

public sealed partial class SlurmTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public async Task An_array_of_eight_with_one_task_killed_and_requeued_ends_as_one_process_does()
    {
        Skip.If(SlurmCluster.Missing is not null, SlurmCluster.Missing);
        string[] command =
        [
            "train", "--dataset", TinyCorpus.Write(folder), "--models", "mlp,mean", "--kfold", "16", "--protocols", "random",
            "--targets", "arousal", "--set", "mlp.epochs=500",
        ];
        await SucceedAsync([.. command, "--plan", folder["plan"]]);
        string serlab = Path.Combine(AppContext.BaseDirectory, "SerLab.dll");
        string program = $"'{Environment.ProcessPath}' '{serlab}'";

        using SlurmCluster slurm = new();
        (int code, string submitted) = slurm.Run(
            Environment.ProcessPath!,
            "",
            [serlab, "cluster", "slurm", folder["plan"], "--nodes", "8", "--cpus", "1", "--program", program, "--submit"]);
        Assert.True(code == 0, submitted);
        string job = JobNumber().Match(submitted).Value;
        string note = "";
        slurm.Await("share 3", () => (note = Notes("*share3of8.json").FirstOrDefault() ?? "").Length > 0);
        using (Process worker = Process.GetProcessById(int.Parse(
            ProcessNumber().Match(note).Groups[1].Value, CultureInfo.InvariantCulture)))
        {
            worker.Kill();
        }

        slurm.AwaitEnd(job);
        CommandResult early = await CommandLine.RunAsync("merge", folder["plan"]);
        Assert.Equal(ExitCode.Failed, early.ExitCode);
        Assert.Contains("tasks are missing (random/arousal/", early.Error, StringComparison.Ordinal);

        // Slurm lets two minutes pass before it starts what was requeued, unless it is told not to.
        Assert.Equal((0, ""), slurm.Run("scontrol", "", "requeue", $"{job}_3"));
        Assert.Equal((0, ""), slurm.Run("scontrol", "", "update", $"JobId={job}_3", "StartTime=now"));
        slurm.AwaitEnd(job);

        Assert.Equal(2, Notes("*share3of8.json").Length);
        Assert.Equal(9, Notes("*.json").Length);
        await SucceedAsync(["merge", folder["plan"]]);
        await SucceedAsync([.. command, "--out", folder["runs"]]);
        Assert.Equal(RunFiles.Read(folder["runs/last"]), RunFiles.Read(folder["plan/run"]));
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex JobNumber();

    [GeneratedRegex(@"-(\d+)-share")]
    private static partial Regex ProcessNumber();

    private static async Task<CommandResult> SucceedAsync(string[] arguments)
    {
        CommandResult result = await CommandLine.RunAsync(arguments);
        Assert.True(result.ExitCode == ExitCode.Success, result.Messages);
        return result;
    }

    private string[] Notes(string pattern) =>
        Directory.Exists(folder["plan/workers"]) ? Directory.GetFiles(folder["plan/workers"], pattern) : [];
}
