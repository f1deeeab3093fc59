namespace SerLab.Cli.Tests;

/// <summary>The files of a run folder.</summary>
internal static class RunFiles
{
    /// <summary>The texts of all files by name, except those that tell times, which differ between equal runs.</summary>
    public static Dictionary<string, string> Read(string run) => Directory.GetFiles(run)
        .Where(path => Path.GetFileName(path) is not ("timing.csv" or "report.html"))
        .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
}
