using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Onnx;
using SerLab.Training.Baselines;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.Tests;

/// <summary>A small corpus and learners whose answers depend on rows, seed and nothing else.</summary>
internal static class TestRuns
{
    public const int Clips = 36;

    public static Corpus Corpus { get; } = new()
    {
        Name = "tiny",
        Title = "A tiny corpus",
        Licence = "none",
        Citation = "none",
        Targets = ["valence", "arousal"],
        DefaultGroup = "speaker",
        Clips =
        [
            .. Enumerable.Range(0, Clips).Select(i => new Clip
            {
                Id = $"clip, \"{i}\".wav",
                Ratings = new Dictionary<string, double>
                {
                    ["valence"] = Math.Sin(i * 12.9898),
                    ["arousal"] = Math.Cos(i * 78.233),
                },
                Groups = new Dictionary<string, string> { ["speaker"] = $"speaker {i % 7}" },
                Label = i % 3 == 0 ? "calm" : "happy",
            }),
        ],
    };

    public static Corpus Classes { get; } = Corpus with { Targets = [], Classes = ["calm", "happy"] };

    public static FeatureTable Features { get; } = new(
        [.. Corpus.Clips.Select(c => c.Id)],
        ["first", "second"],
        new FeatureMatrix([.. Enumerable.Range(0, Clips * 2).Select(i => MathF.Sin(i * 3.7f) + (i % 7))], Clips, 2));

    public static RunInputs Ratings(Action<string>? onFit = null) => new()
    {
        Name = "tiny",
        Corpus = Corpus,
        Examples = FeatureRows.Align(Corpus, Features),
        FeatureNames = Features.FeatureNames,
        FeatureSet = "two",
        Targets = [.. Corpus.Targets.Select(name => TargetValues.Rating(Corpus, name))],
        Protocols = Protocols(Corpus, "random", "grouped"),
        Learners = [new MeanLearner(), new SeededLearner("seeded", onFit)],
        Settings = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" },
        Seed = 5,
    };

    public static RunInputs OfClasses() => Ratings() with
    {
        Corpus = Classes,
        Targets = [TargetValues.Class(Classes)],
        Protocols = Protocols(Classes, "random", "grouped"),
        Learners = [new SeededLearner("first"), new SeededLearner("second")],
    };

    /// <summary>Protocols of three folds.</summary>
    public static IReadOnlyList<Protocol> Protocols(Corpus corpus, params IEnumerable<string> names)
    {
        ProtocolRequest request = new(corpus) { Folds = 3, Seed = 1 };
        return [.. names.Select(name => ProtocolCatalogue.BuiltIn.Get(name).Create(request))];
    }

    /// <summary>Runs in a folder of its own, or in memory.</summary>
    public static CompletedRun Run(
        RunInputs inputs, string? folder = null, int threads = 1, CancellationToken cancellationToken = default) =>
        Runner.Run(inputs, In(folder, threads), cancellationToken);

    public static Surroundings In(string? folder, int threads = 1) =>
        new() { Folder = folder, Threads = threads, CommandLine = "serlab train" };

    /// <summary>Damages a file of lines; <paramref name="how"/> is lost, swapped, cut, short or changed.</summary>
    public static void Damage(string path, string how, string digit = "", string changed = "")
    {
        string[] lines = File.ReadAllLines(path);
        switch (how)
        {
            case "lost":
                File.Delete(path);
                break;
            case "swapped":
                File.WriteAllLines(path, lines.Reverse());
                break;
            case "cut":
                File.WriteAllText(path, lines[0][..^9]);
                break;
            case "short":
                File.WriteAllLines(path, lines.SkipLast(1));
                break;
            default:
                File.WriteAllText(path, File.ReadAllText(path).Replace(digit, changed, StringComparison.Ordinal));
                break;
        }
    }

    /// <summary>The covered files and the manifest, as text by name.</summary>
    public static Dictionary<string, string> Read(string folder) =>
        RunFiles.Covered.Concat(RunFiles.CoveredWhereThere).Append(RunFiles.Manifest)
            .Where(name => File.Exists(Path.Combine(folder, name)))
            .ToDictionary(name => name, name => File.ReadAllText(Path.Combine(folder, name)));
}

/// <summary>
/// Predicts noise from the seed, the first target value and the features: any change of seed, rows or order shows.
/// </summary>
internal sealed class SeededLearner(string name, Action<string>? onFit = null) : ILearner
{
    public string Name => name;

    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        onFit?.Invoke(Name);
        double noise = new SeededRandom(seed).NextDouble();
        return new Model(set.Target.Classes.Count, set.Target.IsRating ? noise * set.Values[0] : noise);
    }

    private sealed record Model(int ClassCount, double Factor) : IRowModel
    {
        public int FeatureCount => 2;

        public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input) =>
            throw new NotSupportedException("These tests write no model file.");

        public Predictions Predict(Examples examples) => ClassCount == 0
            ? Predictions.OfRatings(
                [.. Enumerable.Range(0, examples.Count).Select(i => Factor * examples[i][0] / (1 + Math.Abs(examples[i][1])))])
            : Predictions.OfClasses(
                [
                    .. Enumerable.Range(0, examples.Count).Select(i => 1 / (1 + Math.Exp(Factor - examples[i][0])))
                        .SelectMany(p => new[] { 1 - p, p }),
                ],
                ClassCount);
    }
}
