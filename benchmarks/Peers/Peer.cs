using System.Diagnostics;
using System.Globalization;

namespace SerLab.Benchmarks.Peers;

/// <summary>
/// A program that does SerLab's work with another library, on one thread. It lies beside this file, is given the arguments that
/// it needs, and says on its first line which library it is and of which version; then it reads the names of pieces of work, one
/// a line, and answers each with the seconds that it took by its own clock.
/// </summary>
internal sealed class Peer : IDisposable
{
    private readonly Process process;

    private Peer(Process process, string name)
    {
        this.process = process;
        Name = name;
    }

    /// <summary>Library and version.</summary>
    public string Name { get; }

    /// <summary>Starts a peer, or says why it cannot be had here.</summary>
    /// <param name="interpreter">What runs it: python3 or node, found on the path.</param>
    /// <param name="script">Its file.</param>
    /// <param name="argument">What it is given.</param>
    /// <param name="problem">Why there is none; empty if there is one.</param>
    /// <returns>The peer, ready, or null.</returns>
    public static Peer? TryStart(string interpreter, string script, string argument, out string problem)
    {
        ProcessStartInfo start = new(interpreter, [Path.Combine(AppContext.BaseDirectory, "Peers", script), argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string variable in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
        {
            start.Environment[variable] = "1";
        }

        try
        {
            Process process = Process.Start(start)!;
            if (process.StandardOutput.ReadLine() is { } name)
            {
                process.ErrorDataReceived += (_, _) => { };
                process.BeginErrorReadLine();
                problem = "";
                return new Peer(process, name);
            }

            string[] lines = process.StandardError.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            problem = lines.LastOrDefault(line => line.Contains("Error", StringComparison.Ordinal)) ?? $"{script} ended";
            process.Dispose();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            problem = e.Message;
        }

        return null;
    }

    /// <summary>Does a piece of work once.</summary>
    /// <param name="work">Its name.</param>
    /// <returns>Seconds by the peer's clock.</returns>
    public double Seconds(string work)
    {
        process.StandardInput.WriteLine(work);
        process.StandardInput.Flush();
        return double.Parse(
            process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Name} ended while it did {work}."),
            CultureInfo.InvariantCulture);
    }

    /// <summary>Ends the program.</summary>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
