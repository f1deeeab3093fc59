using System.Diagnostics;
using System.Runtime.InteropServices;
using SerLab.Core;

namespace SerLab.Cli.Hosting;

/// <summary>
/// The tool that runs notebooks. It carries a compiler larger than all of SerLab, so it is a program of its own, and whoever runs
/// no notebooks never fetches it.
/// </summary>
internal static class NotebookTool
{
    private const string Name = "serlab-notebook";
    private const int Terminate = 15;

    /// <summary>Runs the tool on this terminal until it ends, and ends with its exit code.</summary>
    /// <param name="terminal">Where it is said that a first run builds the tool.</param>
    /// <param name="arguments">What the tool is to do.</param>
    /// <exception cref="InvalidInputException">There is no such tool.</exception>
    public static async Task<int> RunAsync(Terminal terminal, IReadOnlyList<string> arguments)
    {
        string[] command = Installed() ?? InClone(terminal) ?? throw new InvalidInputException(
            $"Notebooks are run by a separate tool, {Name}, which is not installed: 'dotnet tool install "
            + "--global SerLab.Notebooks' installs it, from the source that SerLab came from.");
        using Process process = Process.Start(new ProcessStartInfo(command[0], [.. command[1..], .. arguments]))!;

        // Ctrl+C reaches every process of a terminal by itself; a request to end reaches this one alone.
        using PosixSignalRegistration passOn = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM, stop => stop.Cancel = Kill(process.Id, Terminate) == 0);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return process.ExitCode;
    }

    private static string[]? Installed()
    {
        string file = OperatingSystem.IsWindows() ? $"{Name}.exe" : Name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Prepend(Path.GetDirectoryName(Environment.ProcessPath) ?? "")
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists) is { } tool ? [tool] : null;
    }

    // A clone's executable lies in bin/Release/net10.0.
    private static string[]? InClone(Terminal terminal)
    {
        string project = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../src/Notebooks"));
        if (!File.Exists(Path.Combine(project, "SerLab.Notebooks.csproj")))
        {
            return null;
        }

        if (!Directory.Exists(Path.Combine(project, "bin")))
        {
            terminal.Note("Notebooks are run by a separate tool. This first time it is built, and its compiler is downloaded.");
        }

        return ["dotnet", "run", "-c", "Release", "--project", project, "--"];
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int process, int signal);
}
