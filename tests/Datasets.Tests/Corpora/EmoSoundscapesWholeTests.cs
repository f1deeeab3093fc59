using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

/// <summary>The dataset's own tables, all 1,213 rows; they came without the sounds.</summary>
[Trait("Data", "real")]
public sealed class EmoSoundscapesWholeTests : IDisposable
{
    private const string Features = "Emo-Soundscapes-Features/Normalized_Features.csv";
    private const string Arousal = "Emo-Soundscapes-Ratings/Arousal.csv";
    private const string Valence = "Emo-Soundscapes-Ratings/Valence.csv";
    private const string Sixth = "mix_between_human_indicator_2-6_2-6.wav";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void All_clips_load_with_their_kinds_and_groups()
    {
        Corpus corpus = EmoSoundscapesCorpus.Load(Real());

        Assert.Equal(
            [("mix-between", 385), ("mix-within", 228), ("original", 600)],
            corpus.Clips.CountBy(clip => clip.Groups["kind"]).Select(kind => (kind.Key, kind.Value)));
        Assert.All(
            corpus.Clips.Where(clip => clip.Sources.Count == 1).CountBy(clip => clip.Groups["class"]),
            perClass => Assert.Equal(100, perClass.Value));
        Assert.Equal(
            "600 originals and 613 mixes of 30 of them; mixes of the same recordings at other levels share a group.",
            Assert.Single(corpus.Notes));
    }

    /// <summary>Mixes are of recordings of one number, or of one class: together they join all thirty.</summary>
    [SkippableFact]
    public void Constituent_sets_are_small_and_one_family_holds_every_mix_and_the_thirty_recordings()
    {
        Corpus corpus = EmoSoundscapesCorpus.Load(Real());

        Assert.Equal(
            [(1, 600), (3, 135), (8, 26)],
            corpus.Clips.CountBy(clip => clip.Groups["constituents"]).CountBy(set => set.Value)
                .Select(sizes => (sizes.Key, sizes.Value)).Order());
        Assert.Equal(
            [(1, 570), (643, 1)],
            corpus.Clips.CountBy(clip => clip.Groups["family"]).CountBy(family => family.Value)
                .Select(sizes => (sizes.Key, sizes.Value)).Order());
        Assert.Equal(600, corpus.Clips.SelectMany(clip => clip.Sources).Distinct().Count());
    }

    /// <summary>The variance of n ranks mapped to [-1, 1] is (1 - 1/n²)/3; arousal has four ties.</summary>
    [SkippableFact]
    public void Ratings_are_ranks()
    {
        Corpus corpus = EmoSoundscapesCorpus.Load(Real());
        int n = corpus.Clips.Count;

        int[] valence = Ranks("valence");

        Assert.Equal(Enumerable.Range(1, n), valence.Order());
        Assert.Equal(n - 4, Ranks("arousal").Distinct().Count());
        Assert.Equal((1 - Math.Pow(n, -2)) / 3, Variance("valence"), 1e-8);
        Assert.Equal((1 - Math.Pow(n, -2)) / 3, Variance("arousal"), 2e-4);

        int[] Ranks(string target) =>
            [.. corpus.Clips.Select(clip => (int)Math.Round((clip.Ratings[target] + 1) * n / 2))];

        double Variance(string target)
        {
            double mean = corpus.Clips.Average(clip => clip.Ratings[target]);
            return corpus.Clips.Average(clip => Math.Pow(clip.Ratings[target] - mean, 2));
        }
    }

    /// <summary>
    /// The mixes alone, asked without being told, point at the thirty recordings of the dataset's folders in the order of their
    /// Freesound numbers. Human #1 is drowned in its mixes and only second of the hundred, but nearest of the five.
    /// </summary>
    [SkippableFact]
    public void The_features_of_the_mixes_tell_the_recordings_that_they_are_made_of()
    {
        string[] listed = File.ReadAllLines(ReferenceData.Require("data", "emo-soundscapes-sample", "names.txt"))[..30];

        IReadOnlyList<MixSource> sources = MixEvidence.Of(EmoSoundscapesCorpus.Load(Real()));

        Assert.Equal(listed.Order(), sources.Select(source => source.Recording).Order());
        Assert.All(sources, source => Assert.True(source.IsNearestOfMixed));
        Assert.Equal(("human#1", 2), Assert.Single(sources.Where(s => s.Rank > 1).Select(s => (s.Constituent, s.Rank))));
        Assert.All(sources, source => Assert.Equal(100, source.Of));
    }

    /// <summary>Other mixes, the same answer: each half of them points at nearly all thirty by itself.</summary>
    [SkippableFact]
    public void Each_half_of_the_mixes_tells_them_alone()
    {
        Corpus corpus = EmoSoundscapesCorpus.Load(Real());
        int half = 0;

        bool[] second = [.. corpus.Clips.Select(clip => clip.Sources.Count > 1 && half++ % 2 == 1)];

        foreach (bool left in new[] { false, true })
        {
            // The other half become recordings of nothing, so they are neither mixes nor candidates.
            Corpus part = corpus with
            {
                Clips =
                [
                    .. corpus.Clips.Select((clip, i) =>
                        clip.Sources.Count > 1 && second[i] != left ? clip with { Sources = [] } : clip),
                ],
            };
            IReadOnlyList<MixSource> sources = MixEvidence.Of(part);
            Assert.Equal(30, sources.Count);
            Assert.InRange(sources.Count(source => source.Rank == 1), 26, 30);
            Assert.InRange(sources.Count(source => source.IsNearestOfMixed), 29, 30);
        }
    }

    /// <summary>The method finds nothing where there is nothing to be found: by chance thirty times one in a hundred.</summary>
    [SkippableFact]
    public void Mixes_under_each_others_names_tell_hardly_any()
    {
        Corpus corpus = EmoSoundscapesCorpus.Load(Real());
        int[] rows = [.. Enumerable.Range(0, corpus.Clips.Count)];
        int mixes = rows.TakeWhile(row => corpus.Clips[row].Sources.Count > 1).Count();
        new SeededRandom(1).Shuffle(rows.AsSpan(0, mixes));
        FeatureTable table = corpus.Features!;
        FeatureTable shuffled = new(table.ClipIds, table.FeatureNames, table.Values.Select(rows));

        Assert.Equal(613, mixes);
        Assert.InRange(MixEvidence.Of(corpus with { Features = shuffled }).Count(source => source.Rank == 1), 0, 3);
    }

    [SkippableFact]
    public void Rows_may_come_in_another_order()
    {
        Corpus corpus = EmoSoundscapesCorpus.Load(Real());
        CopyWith(Arousal, lines => [.. lines.Reverse()]);
        CopyWith(Features, lines => [lines[0], .. lines[1..].Reverse()]);

        Corpus reversed = EmoSoundscapesCorpus.Load(folder.At("emo-soundscapes"));

        Assert.Equal(corpus.Clips.Select(clip => clip.Id), reversed.Clips.Select(clip => clip.Id).Reverse());
        foreach ((Clip clip, int i) in corpus.Clips.Select((clip, i) => (clip, i)))
        {
            int row = corpus.Clips.Count - 1 - i;
            Assert.Equal(clip.Ratings, reversed.Clips[row].Ratings);
            Assert.Equal(corpus.Features!.Values.Row(i), reversed.Features!.Values.Row(row));
        }
    }

    [SkippableFact]
    public void A_written_table_of_sources_is_read_as_the_loaders_own()
    {
        Corpus corpus = EmoSoundscapesCorpus.Load(Real());
        CopyWith(Arousal, lines => lines);
        folder.Write("emo-soundscapes/MixSources.csv", MixSource.ToCsv(MixEvidence.Of(corpus)));

        Corpus own = EmoSoundscapesCorpus.Load(folder.At("emo-soundscapes"));

        Assert.Equal(corpus.Clips.Select(clip => clip.Sources), own.Clips.Select(clip => clip.Sources));
        Assert.Equal(corpus.Clips.Select(clip => clip.Groups["family"]), own.Clips.Select(clip => clip.Groups["family"]));
    }

    [SkippableFact]
    public void The_tables_are_whole_and_the_missing_sounds_are_said_to_be()
    {
        CheckReport report = Check(Path.GetDirectoryName(Real())!);

        Assert.True(report.IsWhole, string.Join("; ", report.Findings.Select(f => f.Detail)));
        Assert.Equal(
            ["600_Sounds", "613_MixedSounds", "digests"],
            report.Findings.Where(f => f.Outcome == CheckOutcome.NotChecked).Select(f => f.What));
        Assert.Equal(report.Findings, Check(Real()).Findings);
    }

    /// <summary>In the new row LINE stands for the old one, REST for all but its first two fields, / for a line end.</summary>
    [SkippableTheory]
    [InlineData(Features, "", "features", "1,212 of 1,213 rows")]
    [InlineData(Arousal, "", "arousal", "1,212 of 1,213 ratings")]
    [InlineData(Arousal, "", "tables", $"'{Sixth}' is in")]
    [InlineData(Arousal, $"{Sixth},1.5", "tables", "Line 6")]
    [InlineData(Arousal, $"{Sixth},0.1234", "arousal as ranks", $"{Sixth} is rated 0.1234")]
    [InlineData(Valence, "r_0human22388_117199-hq.wav,0.5", "tables", "which line 6 has already")]
    [InlineData(Features, "LINE,0.5", "tables", "Line 7")]
    [InlineData(Features, "LINE/LINE", "tables", "which line 7 has already")]
    [InlineData(Features, "mix_between_human_indicator_2-6_2-9.wav,0.1,REST", "tables", "but not in")]
    [InlineData(Features, $"{Sixth},1.01,REST", "scale", "121 of 122 features")]
    [InlineData(Features, $"{Sixth},-,REST", "tables", "a finite number was expected")]
    public void Damage_to_one_row_is_found_and_named(string file, string row, string what, string detail)
    {
        CopyWith(file, lines =>
        [
            .. lines.SelectMany(line => !line.StartsWith($"{Sixth},", StringComparison.Ordinal) ? [line]
                : row.Replace("LINE", line, StringComparison.Ordinal)
                    .Replace("REST", line.Split(',', 3)[^1], StringComparison.Ordinal)
                    .Split('/', StringSplitOptions.RemoveEmptyEntries)),
        ]);

        CheckReport report = Check(folder.Path);

        Assert.Contains(
            detail,
            Assert.Single(report.Findings, f => f.What == what && f.Outcome == CheckOutcome.Failed).Detail,
            StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Features_under_each_others_names_are_found_by_the_mixes_made_of_them()
    {
        const string first = "r_0human22388_117199-hq.wav";
        const string second = "r_0human24011_156279-hq.wav";
        CopyWith(Features, lines =>
        [
            .. lines.Select(line => line.StartsWith(first, StringComparison.Ordinal) ? second + line[first.Length..]
                : line.StartsWith(second, StringComparison.Ordinal) ? first + line[second.Length..] : line),
        ]);

        CheckFinding failed = Assert.Single(Check(folder.Path).Findings, f => f.Outcome == CheckOutcome.Failed);

        Assert.Equal("recordings of the mixes", failed.What);
        Assert.Contains("(human#1, human#2)", failed.Detail, StringComparison.Ordinal);
    }

    /// <summary>A copy with one file changed, line by line; its lines end in CR as the dataset's do.</summary>
    private void CopyWith(string changed, Func<string[], string[]> change)
    {
        foreach (string file in new[] { Features, Arousal, Valence })
        {
            string copy = folder.At($"emo-soundscapes/{file}");
            string text = File.ReadAllText(File.Exists(copy) ? copy : Path.Combine(Real(), file));
            string[] lines = text.Split('\r', StringSplitOptions.RemoveEmptyEntries);
            folder.Write(
                $"emo-soundscapes/{file}", string.Concat((file == changed ? change(lines) : lines).Select(line => line + '\r')));
        }
    }

    private static string Real() => ReferenceData.Require("data", "emo-soundscapes");

    private static CheckReport Check(string data) => CorpusCheck.Run(CorpusCatalogue.BuiltIn.Get("emo-soundscapes"), data);
}
