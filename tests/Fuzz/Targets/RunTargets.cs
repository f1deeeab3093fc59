using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using SerLab.Fuzz.Mutation;
using SerLab.Reports;

namespace SerLab.Fuzz.Targets;

/// <summary>What reads the folders of finished runs.</summary>
internal static class RunTargets
{
    private static readonly TextMutator Words = new(
        "valence", "arousal", "mean", "mlp", "ridge", "grouped", "random", "clip00.wav", "class", "calm", "place1", "format",
        "targets", "models", "folds", "protocols", "predictions.csv", "0.5");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("run", "run folders, as 'verify' reads them", folder => Runs(
            folder, path => RunVerifier.Verify(path, 1, HtmlReport.Document))),
        new("record", "run folders, as the library and the explorer read them, to the report", folder => Runs(
            folder, path => HtmlReport.Render(RunFigures.Read(path))), typeof(InvalidDataException)),
        new("resume", "run folders with right checksums, as a series goes on with them", folder => Runs(folder, path =>
        {
            Reseal(path);
            RunDescription description = RunRecord.Read(path).Description;
            _ = CompletedRun.TryRead(path, description.Corpus.Hash, description.Features.Hash, 1);
        }), typeof(InvalidDataException)),
    ];

    private static FuzzAttack Runs(string folder, Action<string> read)
    {
        SmallRuns.WriteRatings(Path.Combine(folder, "ratings"));
        SmallRuns.WriteClasses(Path.Combine(folder, "classes"));
        SmallRuns.WriteSearch(Path.Combine(folder, "search"));
        SmallRuns.WriteParts(Path.Combine(folder, "parts"));
        string[] runs = ["ratings", "classes", "search", "parts"];
        FuzzSeed[] seeds =
        [
            .. from run in runs
               from path in Directory.GetFiles(Path.Combine(folder, run)).Order(StringComparer.Ordinal)
               let mutator = MutatorOf(path)
               where mutator is not null
               select new FuzzSeed(Path.GetRelativePath(folder, path), File.ReadAllBytes(path), mutator),
        ];
        return FuzzAttack.OnFiles(folder, seeds, path => read(Path.GetDirectoryName(path)!));
    }

    private static IMutator? MutatorOf(string path) => Path.GetExtension(path) switch
    {
        ".json" => new JsonMutator(Words),
        ".jsonl" => new LineMutator(new JsonMutator(Words), Words),
        ".csv" or ".sha256" => Words,
        _ => null,
    };

    private static void Reseal(string folder)
    {
        Dictionary<string, string> files = RunFiles.Covered.Concat(RunFiles.CoveredWhereThere)
            .Where(name => File.Exists(Path.Combine(folder, name)))
            .ToDictionary(name => name, name => File.ReadAllText(Path.Combine(folder, name)));
        File.WriteAllText(Path.Combine(folder, RunFiles.Manifest), RunManifest.ToText(files));
    }
}
