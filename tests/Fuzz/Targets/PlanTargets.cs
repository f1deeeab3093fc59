using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Sharing;
using SerLab.Features.FeatureSets;
using SerLab.Fuzz.Mutation;

namespace SerLab.Fuzz.Targets;

/// <summary>What reads plans and what workers leave in them.</summary>
internal static partial class PlanTargets
{
    private const int ChecksumLength = 16;

    private static readonly TextMutator Words = new(
        "valence", "mean", "ridge", "grouped", "random", "train", "--targets", "run", "parts", "task", "truth", "predicted",
        "AAAAAAAA");

    private static readonly JsonMutator Json = new(Words);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("plan", "plans, and the notes of workers", Plan),
        new("journal", "journals of unfinished runs", Journal),
        new("plan-features", "features and twins of a plan", Features),
    ];

    private static FuzzAttack Plan(string folder)
    {
        string plan = Path.Combine(folder, "plan");
        SmallRuns.WritePlan(plan);
        DateTimeOffset began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Directory.Delete(Path.Combine(plan, "workers"), recursive: true);
        WorkerNote note = new("first", "machine", 0, 2, 1, 6, 3, began, began.AddMinutes(1), WorkerState.Working);
        note.Write(Path.Combine(plan, "workers"));
        FuzzSeed[] seeds =
        [
            .. Directory.GetFiles(plan, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(path => new FuzzSeed(Path.GetRelativePath(folder, path), File.ReadAllBytes(path), Json)),
        ];
        return FuzzAttack.OnFiles(folder, seeds, _ => PlanStatus.Of(PlanFolder.Open(plan), began));
    }

    private static FuzzAttack Journal(string folder)
    {
        string path = Path.Combine(folder, "plan");
        SmallRuns.WritePlan(path);
        PlanFolder plan = PlanFolder.Open(path);
        string run = plan.FolderOf(plan.Parts[0]);
        string journal = Directory.GetFiles(run, RunFiles.Journals).Single();
        string[] lines = [.. File.ReadLines(journal).Select(line => line[(ChecksumLength + 1)..])];

        // Times differ between equal runs.
        string text = string.Concat(lines.Select(line => PlainTimes(line) + "\n"));
        FuzzSeed seed = new(Path.GetRelativePath(folder, journal), Encoding.UTF8.GetBytes(text), new LineMutator(Json, Words))
        {
            Seal = SealLines,
        };
        return FuzzAttack.OnFiles(folder, [seed], _ =>
        {
            RunMerge merge = RunMerge.Read(plan.Parts[0].Plan, run);
            int missing = merge.Missing.Count;
            if (missing == 0)
            {
                merge.ToRecord();
            }
        });
    }

    private static FuzzAttack Features(string folder)
    {
        Corpus corpus = new()
        {
            Name = "tiny",
            Title = "Tiny",
            Licence = "none",
            Citation = "none",
            Clips = [new Clip { Id = "a" }, new Clip { Id = "b" }],
        };
        FeatureSet set = FeatureSetCatalogue.BuiltIn.FindSet("logmel64")!;
        Surroundings surroundings = new() { PlannedFeatures = folder, Threads = 1 };
        string features = FeatureFile.PathIn(folder, corpus, set);
        FeatureFile.Write(features, new ExperimentFeatures(
            set.Key, set.Names, Examples.Of([new float[64], new float[128]], set.Shape), set, [16_000]));
        string twins = Path.Combine(folder, $"{RunHash.Of(corpus)[..16]}.twins");
        File.WriteAllText(twins, RecordJson.Text(new SoundTwins([new SoundTwin("a", "b", 0.5)], 2, [16_000])));
        byte[] bytes = File.ReadAllBytes(features)[(2 * SHA256.HashSizeInBytes + 1)..];
        return FuzzAttack.OnFiles(
            folder,
            [
                new FuzzSeed(Path.GetFileName(features), bytes, new LineMutator(Json, Words))
                {
                    Seal = SealDigest,
                },
                new FuzzSeed(Path.GetFileName(twins), File.ReadAllBytes(twins), Json),
            ],
            path => _ = path == features
                ? FeatureFile.Read(path, corpus, set)
                : (object)Listening.To(corpus, surroundings, CancellationToken.None));
    }

    private static string PlainTimes(string line) =>
        Machine().Replace(Times().Replace(line, "\"$1\":0.5"), "\"machine\":\"machine\"");

    [GeneratedRegex("\"(fit|predict)\":[^,}]*")]
    private static partial Regex Times();

    [GeneratedRegex("\"machine\":\"[^\"]*\"")]
    private static partial Regex Machine();

    private static byte[] SealLines(byte[] bytes)
    {
        // What the reader takes for the text of a line is what the checksum is of.
        string text = Encoding.UTF8.GetString(bytes);
        string[] lines = text.Split('\n');
        return Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(
            line => line.Length > 0 ? $"{RunHash.Of(line)[..ChecksumLength]} {line}" : "")));
    }

    private static byte[] SealDigest(byte[] bytes) =>
        [.. Encoding.UTF8.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes)) + "\n"), .. bytes];
}
