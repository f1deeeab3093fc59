using SerLab.Core;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// Where the parts of Emo-Soundscapes lie: in its root, in a folder around it, with or without its name before theirs.
/// </summary>
/// <param name="Features">Normalized_Features.csv, where there is one.</param>
/// <param name="Arousal">The ratings or rankings of arousal.</param>
/// <param name="Valence">The ratings or rankings of valence.</param>
/// <param name="Audio">The folder of sounds, where there is one.</param>
/// <param name="MixSources">The user's own table of which original each constituent of the mixes is, where there is one.</param>
internal sealed record EmoSoundscapesLayout(string? Features, string Arousal, string Valence, string? Audio, string? MixSources)
{
    private const int Depth = 2;

    /// <summary>Looks in a folder and two levels below it.</summary>
    /// <exception cref="InvalidInputException">The ratings are not there.</exception>
    public static EmoSoundscapesLayout Find(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidInputException($"There is no folder '{folder}'.");
        }

        EnumerationOptions shallow = new() { RecurseSubdirectories = true, MaxRecursionDepth = Depth };
        string[] folders = [folder, .. Directory.EnumerateDirectories(folder, "*", shallow).Order(StringComparer.Ordinal)];
        string[] ratings = [.. Named(folders, "Ratings"), .. Named(folders, "Rankings"), folder];
        return new EmoSoundscapesLayout(
            FindFile([.. Named(folders, "Features"), folder], "Normalized_Features.csv"),
            FindFile(ratings, "Arousal.csv") ?? throw Missing(folder, "Arousal.csv"),
            FindFile(ratings, "Valence.csv") ?? throw Missing(folder, "Valence.csv"),
            Named(folders, "Audio").FirstOrDefault(),
            FindFile([folder], "MixSources.csv"));
    }

    private static IEnumerable<string> Named(IEnumerable<string> folders, string name) => folders.Where(path =>
    {
        string last = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        return last.Equals(name, StringComparison.OrdinalIgnoreCase)
            || last.EndsWith($"-{name}", StringComparison.OrdinalIgnoreCase);
    });

    private static string? FindFile(IEnumerable<string> folders, string name) => folders
        .SelectMany(folder => Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        .FirstOrDefault(path => Path.GetFileName(path).Equals(name, StringComparison.OrdinalIgnoreCase));

    private static InvalidInputException Missing(string folder, string file) => new(
        $"'{folder}' does not look like Emo-Soundscapes: there is no {file} in a folder Emo-Soundscapes-Ratings (or -Rankings). "
        + "Give the folder that holds Emo-Soundscapes-Features and Emo-Soundscapes-Ratings.");
}
