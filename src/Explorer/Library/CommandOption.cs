namespace SerLab.Explorer.Library;

/// <summary>Reads an option out of a command line that a run keeps.</summary>
internal static class CommandOption
{
    /// <summary>The value of an option, or none.</summary>
    /// <param name="commandLine">As SerLab writes it: values that a shell would split are in double quotes.</param>
    /// <param name="option">The option, e.g. <c>--dataset</c>.</param>
    public static string? In(string commandLine, string option)
    {
        int start = commandLine.IndexOf($" {option} ", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        string rest = commandLine[(start + option.Length + 2)..];
        if (!rest.StartsWith('"'))
        {
            return rest.Split(' ')[0];
        }

        string[] parts = rest[1..].Replace("\\\"", "\0", StringComparison.Ordinal).Split('"');
        return parts[0].Replace('\0', '"');
    }
}
