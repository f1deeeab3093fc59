using System.Globalization;
using SerLab.Core;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// The folder of a series: one folder per run, <c>experiment.json</c> that says what is run, and at the end
/// <c>reproduction.json</c> and <c>reproduction.md</c>. A series that was stopped is resumed in its folder.
/// </summary>
public static class SeriesFolder
{
    /// <summary>What is run.</summary>
    public const string Experiment = "experiment.json";

    /// <summary>The outcome, for programs.</summary>
    public const string Outcome = "reproduction.json";

    /// <summary>The outcome, for people.</summary>
    public const string Text = "reproduction.md";

    /// <summary>A folder of its own for a series.</summary>
    internal static string At(string path, string experiment)
    {
        AtomicFile.Write(Path.Combine(path, Experiment), experiment);
        return path;
    }

    /// <summary>The unfinished folder of the very same series, the newest first, or a new one.</summary>
    internal static string In(string runsFolder, string name, string experiment, DateTimeOffset now)
    {
        Directory.CreateDirectory(runsFolder);
        string[] folders = Directory.GetDirectories(runsFolder, $"????????-??????-{name}*");
        foreach (string folder in folders.OrderDescending(StringComparer.Ordinal))
        {
            string file = Path.Combine(folder, Experiment);
            if (Directory.EnumerateFileSystemEntries(folder).All(AtomicFile.IsTemporary))
            {
                return At(folder, experiment);
            }

            if (File.Exists(file) && !File.Exists(Path.Combine(folder, Outcome)) && File.ReadAllText(file) == experiment)
            {
                return folder;
            }
        }

        string stem = Path.Combine(runsFolder, $"{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{name}");
        string path = stem;
        for (int i = 2; Directory.Exists(path); i++)
        {
            path = $"{stem}-{i.ToString(CultureInfo.InvariantCulture)}";
        }

        return At(path, experiment);
    }
}
