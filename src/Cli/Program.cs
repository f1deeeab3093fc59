using SerLab.Cli.Hosting;

namespace SerLab.Cli;

/// <summary>The executable.</summary>
internal static class Program
{
    // What 'dotnet tool install' puts into place has the command's name; a clone's executable has the assembly's.
    private const string Tool = "serlab";

    private static Task<int> Main(string[] args) => SerLabCommandLine.RunAsync(
        args,
        Terminal.ForProcess(),
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == Tool ? new Workbench { Invocation = Tool } : null);
}
