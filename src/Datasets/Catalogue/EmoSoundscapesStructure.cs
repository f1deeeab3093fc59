using SerLab.Core;
using SerLab.Datasets.Corpora;

namespace SerLab.Datasets.Catalogue;

/// <summary>
/// Checks an Emo-Soundscapes folder as its authors hand it out (Fan, Thorogood and Pasquier 2017): features and ratings are
/// needed, the audio only for features that SerLab computes itself. The tables end their lines as old Macs did (CR).
/// </summary>
internal static class EmoSoundscapesStructure
{
    private const int PerClass = 100;
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
        foreach (CheckFinding finding in Tables(folder))
        {
            yield return finding;
        }

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

    /// <summary>What the tables say together: they load, and their numbers are what whole tables hold.</summary>
    private static List<CheckFinding> Tables(string folder)
    {
        const string what = "tables";
        try
        {
            Corpus corpus = EmoSoundscapesCorpus.Load(folder);
            CheckFinding loaded = new(what, CheckOutcome.Passed, "name the same clips, each once, and hold numbers throughout");
            return corpus.Clips.Count != Clips
                ? [loaded]
                : [loaded, Names(corpus), Scale(corpus), .. corpus.Targets.Select(t => Ranks(corpus, t)), MixesOf(corpus)];
        }
        catch (InvalidInputException e)
        {
            return [new CheckFinding(what, CheckOutcome.Failed, e.Message)];
        }
    }

    private static CheckFinding Names(Corpus corpus)
    {
        KeyValuePair<string, int>[] classes =
        [
            .. corpus.Clips.Where(clip => clip.Groups[EmoSoundscapesCorpus.KindGroup] == EmoSoundscapesName.Original)
                .CountBy(clip => clip.Groups[EmoSoundscapesCorpus.ClassGroup]),
        ];
        int originals = classes.Sum(c => c.Value);
        string[] others = [.. classes.Where(c => c.Value != PerClass).Select(c => $"{c.Key} {c.Value}")];
        return CheckFinding.Of(
            "names",
            originals == Originals && others.Length == 0,
            $"{originals} of {Originals} originals, {PerClass} of each class{NameList.Some(others)}; "
                + $"{Clips - originals} of {Mixes} mixes");
    }

    private static CheckFinding Scale(Corpus corpus)
    {
        if (corpus.Features is not { } table)
        {
            return new CheckFinding("scale", CheckOutcome.NotChecked, "there are no features");
        }

        string[] others =
        [
            .. table.FeatureNames.Where((_, column) =>
            {
                float[] values = [.. Enumerable.Range(0, table.Values.Rows).Select(row => table.Values[row, column])];
                return (values.Min(), values.Max()) != (0f, 1f);
            }),
        ];
        return CheckFinding.Of(
            "scale",
            others.Length == 0,
            $"{table.FeatureNames.Count - others.Length} of {table.FeatureNames.Count} features span 0 to 1, as all do in the "
                + $"whole table{NameList.Some(others)}");
    }

    /// <summary>The k-th lowest of n is rated 2k/n - 1, to four digits or more.</summary>
    private static CheckFinding Ranks(Corpus corpus, string target)
    {
        const double tolerance = 0.1;
        string what = $"{target} as ranks";
        HashSet<double> ranks = [];
        foreach (Clip clip in corpus.Clips)
        {
            double exact = (clip.Ratings[target] + 1) * Clips / 2;
            double rank = Math.Round(exact);
            if (Math.Abs(exact - rank) > tolerance || rank < 1)
            {
                return new CheckFinding(
                    what,
                    CheckOutcome.Failed,
                    FormattableString.Invariant($"{clip.Id} is rated {clip.Ratings[target]}, which is no rank of {Clips:N0}"));
            }

            ranks.Add(rank);
        }

        return new CheckFinding(
            what,
            CheckOutcome.Passed,
            FormattableString.Invariant($"{ranks.Count:N0} of the ranks 1 to {Clips:N0}, and {Clips - ranks.Count} ties"));
    }

    private static CheckFinding MixesOf(Corpus corpus)
    {
        const string what = "recordings of the mixes";
        if (corpus.Features is null)
        {
            return new CheckFinding(what, CheckOutcome.NotChecked, "there are no features to tell them by");
        }

        IReadOnlyList<MixSource> sources = MixEvidence.Of(corpus);
        string[] wrong = [.. sources.Where(s => !s.IsNearestOfMixed).Select(s => s.Constituent)];
        int nearest = sources.Count(source => source.Rank == 1);
        return CheckFinding.Of(
            what,
            wrong.Length == 0,
            $"{sources.Count - wrong.Length} of {sources.Count} are what the mixes' features point at among those of their class "
                + $"that are in mixes{NameList.Some(wrong)}, {nearest} among all of their class");
    }

    private static CheckFinding Audio(string folder, string name, int expected)
    {
        string[] found = [.. Directory.EnumerateDirectories(folder, name, AnyCase)];
        if (found.Length == 0)
        {
            return new CheckFinding(name, CheckOutcome.NotChecked, "not there; needed only to compute features from sound");
        }

        int count = FolderTree.Files(found[0])
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
