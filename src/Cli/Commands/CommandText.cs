using System.CommandLine;
using System.CommandLine.Parsing;

namespace SerLab.Cli.Commands;

/// <summary>Writes command lines that can be pasted into a shell.</summary>
internal static class CommandText
{
    /// <summary>
    /// The command that makes the same figures again: as it was given, without the options that do not change them, so that two
    /// runs with equal figures have equal descriptions.
    /// </summary>
    /// <param name="invocation">How the program is started, up to the arguments.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="indifferent">Options that change no figure.</param>
    public static string Reproducing(string invocation, ParseResult parsed, params Option[] indifferent) =>
        $"{invocation} {string.Join(' ', Arguments(parsed, indifferent).Select(Quote))}";

    /// <summary>The arguments as they were given, without some options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="leftOut">The options to leave out.</param>
    public static IReadOnlyList<string> Arguments(ParseResult parsed, params Option[] leftOut)
    {
        // By reference: tokens of equal text are equal, and the 4 of '--threads 4' must not take that of '--kfold 4' with it.
        HashSet<Token> left = new(
            leftOut.Select(parsed.GetResult).OfType<OptionResult>()
                .SelectMany(result => result.IdentifierToken is { } name ? result.Tokens.Append(name) : result.Tokens),
            ReferenceEqualityComparer.Instance);
        return [.. parsed.Tokens.Where(token => !left.Contains(token)).Select(token => token.Value)];
    }

    /// <summary>An argument, in double quotes where a shell would split it.</summary>
    public static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || "-_./,=:+@%\\".Contains(c, StringComparison.Ordinal))
            ? argument
            : $"\"{argument.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
