using System.Diagnostics;

namespace SerLab.Cli.Tests;

/// <summary>The program as a process of its own, for what only a process does: being killed, ending.</summary>
internal static class SerLabProcess
{
    public static Process Start(params IEnumerable<string> arguments) => StartIn([], arguments);

    /// <summary>The same with variables in its environment.</summary>
    public static Process StartIn(Dictionary<string, string> environment, params IEnumerable<string> arguments) =>
        StartProgram("SerLab.dll", environment, arguments);

    /// <summary>Another of SerLab's programs.</summary>
    public static Process StartProgram(
        string program, Dictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        ProcessStartInfo start = new(host)
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
