using SerLab.Cli.Hosting;

namespace SerLab.Cli.Tests;

/// <summary>What a command said and how it ended.</summary>
/// <param name="ExitCode">What the shell sees.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Messages">Standard error.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Messages)
{
    /// <summary>The error: one sentence, without a trace of the program's insides.</summary>
    public string Error
    {
        get
        {
            Xunit.Assert.DoesNotContain("   at ", Messages, StringComparison.Ordinal);
            Xunit.Assert.DoesNotContain("Exception", Messages, StringComparison.Ordinal);
            return Messages.Replace("\n", " ", StringComparison.Ordinal);
        }
    }
}

/// <summary>Runs SerLab's command line inside the test process, with streams of its own.</summary>
internal static class CommandLine
{
    public static Task<CommandResult> RunAsync(params string[] args) => RunAsync(new Workbench(), args);

    /// <summary>The same with a workbench of the test's own.</summary>
    public static async Task<CommandResult> RunAsync(Workbench workbench, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter messages = new();
        Terminal terminal = new(Terminal.Create(output, redirected: true), Terminal.Create(messages, redirected: true));
        int exitCode = await SerLabCommandLine.RunAsync(args, terminal, workbench);
        return new CommandResult(exitCode, output.ToString(), messages.ToString());
    }
}
