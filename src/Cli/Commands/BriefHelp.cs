using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SerLab.Cli.Commands;

/// <summary>
/// Help that says one sentence of each command below the one that is asked about: the rest, with the examples, is for whoever
/// asks about that command itself.
/// </summary>
/// <param name="help">Writes the help.</param>
internal sealed class BriefHelp(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => help.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        foreach (Command command in parseResult.CommandResult.Command.Subcommands)
        {
            command.Description = FirstSentence(command.Description!);
        }

        return help.Invoke(parseResult);
    }

    private static string FirstSentence(string text)
    {
        string line = text.Split('\n')[0];
        int end = line.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? line : line[..(end + 1)];
    }
}
