using System.Text;

namespace SerLab.Cli.Tests;

/// <summary>The files of a run folder.</summary>
internal static class RunFiles
{
    /// <summary>
    /// All files by name, a character for each byte, except those that tell times, which differ between equal runs.
    /// </summary>
    public static Dictionary<string, string> Read(string run) => Directory.GetFiles(run)
        .Where(path => Path.GetFileName(path) is not ("timing.csv" or "report.html"))
        .ToDictionary(path => Path.GetFileName(path), path => File.ReadAllText(path, Encoding.Latin1));
}
