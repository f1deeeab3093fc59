using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Runs;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Linear;

namespace SerLab.Evaluation.Tests.Runs;

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

    public static RunRequest Regression(string? folder, int threads = 1, Action<string>? onFit = null) => new()
    {
        Name = "tiny",
        Corpus = Corpus,
        Features = Features,
        FeatureSet = "two",
        Protocols = [.. new[] { "random", "grouped" }.Select(name => ProtocolCatalogue.For(Corpus, name, 3, 1))],
        Regressors = [new MeanRegressor(), new SeededRegressor(onFit)],
        Settings = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" },
        CommandLine = "serlab train",
        Seed = 5,
        BootstrapDraws = 100,
        Threads = threads,
        Folder = folder,
    };

    public static RunRequest Classification(string? folder) => Regression(folder) with
    {
        Corpus = Classes,
        Protocols = [.. new[] { "random", "grouped" }.Select(name => ProtocolCatalogue.For(Classes, name, 3, 1))],
        Regressors = [],
        Classifiers = [new SeededClassifier("first"), new SeededClassifier("second")],
    };

    /// <summary>The covered files and the manifest, as text by name.</summary>
    public static Dictionary<string, string> Read(string folder) => RunFiles.Covered.Append(RunFiles.Manifest)
        .ToDictionary(name => name, name => File.ReadAllText(Path.Combine(folder, name)));
}

/// <summary>Predicts noise from the seed around the mean: any change of seed, rows or order shows.</summary>
internal sealed class SeededRegressor(Action<string>? onFit = null) : IRegressionLearner
{
    public string Name => "seeded";

    public IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default)
    {
        onFit?.Invoke(Name);
        return new Model(new SeededRandom(seed).NextDouble() * targets[0]);
    }

    private sealed record Model(double Factor) : IRegressionModel
    {
        public int FeatureCount => 2;

        public OnnxValue AddTo(OnnxGraph graph, OnnxValue rows) => throw new NotSupportedException("These tests write no model file.");

        public double[] Predict(FeatureMatrix rows) =>
            [.. Enumerable.Range(0, rows.Rows).Select(i => Factor * rows[i, 0] / (1 + Math.Abs(rows[i, 1])))];
    }
}

/// <summary>Class probabilities from the seed and the first feature.</summary>
internal sealed class SeededClassifier(string name) : IClassificationLearner
{
    public string Name => name;

    public IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default) =>
        new Model(classCount, new SeededRandom(seed).NextDouble());

    private sealed record Model(int ClassCount, double Shift) : IClassificationModel
    {
        public int FeatureCount => 2;

        public OnnxClasses AddTo(OnnxGraph graph, OnnxValue rows) => throw new NotSupportedException("These tests write no model file.");

        public double[] PredictProbabilities(FeatureMatrix rows) =>
        [
            .. Enumerable.Range(0, rows.Rows).SelectMany(i =>
            {
                double p = 1 / (1 + Math.Exp(Shift - rows[i, 0]));
                return new[] { 1 - p, p };
            }),
        ];

        public int[] PredictLabels(FeatureMatrix rows)
        {
            double[] p = PredictProbabilities(rows);
            return [.. Enumerable.Range(0, rows.Rows).Select(i => p[(2 * i) + 1] > 0.5 ? 1 : 0)];
        }
    }
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("serlab-runs-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
