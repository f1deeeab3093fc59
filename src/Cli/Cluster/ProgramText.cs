namespace SerLab.Cli.Cluster;

/// <summary>How the running program is started.</summary>
internal static class ProgramText
{
    /// <summary>As a shell reads it: the executable, or .NET's host and the assembly.</summary>
    public static string OfThisProcess()
    {
        string executable = Environment.ProcessPath ?? "serlab";
        string[] words = Path.GetFileNameWithoutExtension(executable) == "dotnet"
            ? [executable, Environment.GetCommandLineArgs()[0]]
            : [executable];
        return string.Join(' ', words.Select(word => $"'{word}'"));
    }
}
