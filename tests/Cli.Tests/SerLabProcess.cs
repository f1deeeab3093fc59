using System.Diagnostics;

namespace SerLab.Cli.Tests;

/// <summary>The program as a process of its own, for what only a process does: being killed, ending.</summary>
internal static class SerLabProcess
{
    private static string Host =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    public static Process Start(params IEnumerable<string> arguments) => StartIn([], arguments);

    /// <summary>The same with variables in its environment.</summary>
    public static Process StartIn(Dictionary<string, string> environment, params IEnumerable<string> arguments) =>
        StartProgram("SerLab.dll", environment, arguments);

    /// <summary>The program after a line of a POSIX shell that sets its limits; whoever starts it reads what it writes.</summary>
    public static Process StartLimited(string limit, params IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo(
            "sh",
            [
                "-c", $"trap '' XFSZ; {limit}; exec \"$@\"", "sh",
                Host, Path.Combine(AppContext.BaseDirectory, "SerLab.dll"), .. arguments,
            ])
        {
            RedirectStandardError = true,

            // The runtime maps its code twice, through a file larger than any limit, unless it is told not to.
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
        })!;

    /// <summary>Another of SerLab's programs.</summary>
    public static Process StartProgram(
        string program, Dictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Host)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
