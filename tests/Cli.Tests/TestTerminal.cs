using SerLab.Cli.Rendering;

namespace SerLab.Cli.Tests;

/// <summary>Runs the command line and keeps what it prints.</summary>
internal sealed record TestTerminal(int ExitCode, string Output, string Messages)
{
    public static async Task<TestTerminal> Run(params string[] args)
    {
        using StringWriter output = new(), messages = new();
        Terminal terminal = new(Terminal.Create(output, redirected: true), Terminal.Create(messages, redirected: true));
        int code = await SerLabCommandLine.RunAsync(args, terminal);
        return new TestTerminal(code, output.ToString(), messages.ToString());
    }
}
