namespace SerLab.Datasets.Catalogue;

/// <summary>
/// Checks an Emo-Soundscapes folder as its authors hand it out (Fan, Thorogood and Pasquier 2017): features and ratings are
/// needed, the audio only for features that SerLab computes itself. The tables end their lines as old Macs did (CR).
/// </summary>
internal static class EmoSoundscapesStructure
{
    private const int Originals = 600;
    private const int Mixes = 613;
    private const int Clips = Originals + Mixes;
    private const int FeatureColumns = 1 + 122;

    private static readonly EnumerationOptions AnyCase =
        new() { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive };

    public static IEnumerable<CheckFinding> Check(string folder)
    {
        yield return Features(Find(folder, "Normalized_Features.csv"));
        yield return Ratings("arousal", Find(folder, "Arousal.csv"));
        yield return Ratings("valence", Find(folder, "Valence.csv"));
        yield return Audio(folder, "600_Sounds", Originals);
        yield return Audio(folder, "613_MixedSounds", Mixes);
    }

    private static CheckFinding Features(string? path)
    {
        const string what = "features";
        if (path is null)
        {
            return new CheckFinding(what, CheckOutcome.Failed, "Emo-Soundscapes-Features/Normalized_Features.csv is missing");
        }

        int columns = Lines(path).Select(l => l.Split(',').Length).FirstOrDefault();
        int rows = Math.Max(Lines(path).Count() - 1, 0);
        return CheckFinding.Of(
            what,
            rows == Clips && columns == FeatureColumns,
            $"{rows:N0} of {Clips:N0} rows, {columns} of {FeatureColumns} columns");
    }

    private static CheckFinding Ratings(string target, string? path)
    {
        if (path is null)
        {
            return new CheckFinding(
                target,
                CheckOutcome.Failed,
                $"Emo-Soundscapes-Ratings/{char.ToUpperInvariant(target[0])}{target[1..]}.csv is missing");
        }

        int rows = Lines(path).Count();
        return CheckFinding.Of(target, rows == Clips, $"{rows:N0} of {Clips:N0} ratings");
    }

    private static CheckFinding Audio(string folder, string name, int expected)
    {
        string[] found = [.. Directory.EnumerateDirectories(folder, name, AnyCase)];
        if (found.Length == 0)
        {
            return new CheckFinding(name, CheckOutcome.NotChecked, "not there; needed only to compute features from sound");
        }

        int count = Directory.EnumerateFiles(found[0], "*", SearchOption.AllDirectories)
            .Count(f => Path.GetExtension(f).Equals(".wav", StringComparison.OrdinalIgnoreCase));
        return CheckFinding.Of(name, count == expected, $"{count:N0} of {expected:N0} WAV files");
    }

    // File.ReadLines takes CR, LF and CRLF alike.
    private static IEnumerable<string> Lines(string path) => File.ReadLines(path).Where(l => !string.IsNullOrWhiteSpace(l));

    // The authors' ratings and rankings folders hold files of the same names; ratings are what is needed.
    private static string? Find(string folder, string name) =>
        Directory.EnumerateFiles(folder, name, AnyCase)
            .Where(f => !f.Contains("Rankings", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
}
