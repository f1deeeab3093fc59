using SerLab.Cli.Hosting;

namespace SerLab.Cli;

/// <summary>The executable.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => SerLabCommandLine.RunAsync(args, Terminal.ForProcess());
}
