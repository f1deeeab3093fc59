using System.Globalization;
using System.Text;
using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;
using SerLab.Datasets.Tables;
using SerLab.Fuzz.Mutation;
using SerLab.TestSupport;

namespace SerLab.Fuzz.Targets;

/// <summary>What reads CSV: tables of features, labels, corpora of one's own and published ones.</summary>
internal static class TableTargets
{
    private const int IsdColumns = 96;

    private static readonly TextMutator Cells =
        new("clip", "valence", "-1", "1", "0.5", "'=1+1", "\"a,b\"", "clip01.wav", "/dev/zero");

    private static readonly TextMutator Description = new(
        "name", "title", "licence", "audio", "labels", "labels.csv", "id", "targets", "label", "classes", "groups", "group",
        "features", "feature-set", "sample-rate", "meyda74", "16000", "[valence, arousal]", "{valence: labels.csv}",
        "corpus.yaml");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("features-csv", "tables of features", folder => FuzzAttack.OnFiles(
            folder, [Features(folder)], path => FeatureTableCsv.Read(path))),
        new("labels-csv", "tables of one label", folder => FuzzAttack.OnFiles(
            folder,
            [Seed("ratings.csv", "a.wav,0.5\nb.wav,-1\n\"c,d\",1e-3\n"), Seed("ranks.csv", "a,1\nb,3\nc,2\nd,4\n")],
            path => LabelFile.Read(path).AsRatings())),
        new("corpus", "corpora of one's own: corpus.yaml and labels.csv", Corpus),
        new("published", "the tables of published corpora", Published),
    ];

    private static FuzzSeed Features(string folder)
    {
        string path = Path.Combine(folder, "features.csv");
        FeatureTableCsv.Write(
            new FeatureTable(
                ["first", "sec, \"ond\"", "=third"],
                ["a", "b c"],
                new FeatureMatrix([1, 2.5f, -3e-9f, 4, float.MaxValue, 0], 3, 2)),
            path);
        return new FuzzSeed("features.csv", File.ReadAllBytes(path), Cells);
    }

    private static FuzzAttack Corpus(string folder)
    {
        Corpus sounds = SyntheticSoundscapes.Create(new SyntheticOptions { Clips = 30, Seconds = 0.5, SampleRate = 8000 });
        string exported = Path.Combine(folder, "exported");
        CorpusExport.Write(sounds with { Clips = [.. sounds.Clips.Take(5)] }, exported);
        return FuzzAttack.OnFiles(
            exported,
            [
                new FuzzSeed("corpus.yaml", File.ReadAllBytes(Path.Combine(exported, "corpus.yaml")), Description),
                new FuzzSeed("labels.csv", File.ReadAllBytes(Path.Combine(exported, "labels.csv")), Cells),
                Seed("table.csv", "file,valence,mood,speaker\n" + string.Concat(
                    sounds.Clips.Take(5).Select((clip, i) => $"{clip.Id}.wav,0.{i},{(i % 2 == 0 ? "calm" : "happy")},s{i}\n"))),
            ],
            path => DescribedCorpus.Load(Path.GetFileName(path) == "table.csv" ? path : Path.GetDirectoryName(path)!));
    }

    private static FuzzAttack Published(string folder)
    {
        FakeEmoSoundscapes.Write(folder, [.. Enumerable.Range(0, 122).Select(i => $"column_{i}")], 40);
        FuzzSeed[] emo =
        [
            .. Directory.GetFiles(folder, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(path => new FuzzSeed(Path.GetRelativePath(folder, path), File.ReadAllBytes(path), Cells)),
        ];
        return FuzzAttack.OnFiles(folder, [.. emo, Seed("ISD v1.0 Data.csv", Isd())], path =>
        {
            bool isIsd = Path.GetDirectoryName(path) == folder;
            _ = (isIsd ? IsdStructure.Check(folder) : EmoSoundscapesStructure.Check(folder)).Count();
            _ = isIsd ? IsdCorpus.Load(path) : EmoSoundscapesCorpus.Load(folder);
        });
    }

    private static string Isd()
    {
        string[] measures = ["LZeq_L", .. Enumerable.Range(2, IsdColumns - 2).Select(i => $"m{i}"), "THD_R"];
        StringBuilder text = new(
            $"LocationID,SessionID,GroupID,RecordID,{string.Join(',', Circumplex.Qualities)},{string.Join(',', measures)}\n");
        for (int row = 0; row < 4; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Place{row % 2},Session{row},G{row / 2},{row},")
                .AppendJoin(',', Circumplex.Qualities.Select((_, i) => 1 + ((row + i) % 5))).Append(',')
                .AppendJoin(',', measures.Select((_, i) => row + i)).Append('\n');
        }

        return text.ToString();
    }

    private static FuzzSeed Seed(string file, string text) => new(file, Encoding.UTF8.GetBytes(text), Cells);
}
