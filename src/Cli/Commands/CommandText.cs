namespace SerLab.Cli.Commands;

/// <summary>Writes command lines that can be pasted into a shell.</summary>
internal static class CommandText
{
    /// <summary>An argument, in double quotes where a shell would split it.</summary>
    public static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || "-_./,=:+@%\\".Contains(c, StringComparison.Ordinal))
            ? argument
            : $"\"{argument.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
