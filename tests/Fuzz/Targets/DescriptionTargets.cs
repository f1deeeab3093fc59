using System.Text;
using SerLab.Datasets.Descriptions;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Running;
using SerLab.Fuzz.Mutation;

namespace SerLab.Fuzz.Targets;

/// <summary>What reads YAML, beside corpora.</summary>
internal static class DescriptionTargets
{
    private static readonly TextMutator Experiment = new(
        "name", "title", "corpus", "task", "classification", "features", "learners", "targets", "classes", "protocols", "split",
        "group", "folds", "repeats", "seed", "seeds", "parts", "published", "test-on", "map", "svr", "mlp", "ridge", "grouped",
        "random", "meyda74", "voice310+librosa180", "model", "grid", "scaler", "resampler", "[1, 2]", "{a: 1}");

    private static readonly TextMutator Embedding = new(
        "id", "description", "sample-rate", "sample-scale", "minimum-seconds", "networks", "image", "values", "pooling",
        "trained-on", "licence", "file", "sha256", "input", "output", "scale", "offset", "window", "hop", "set", "height",
        "width", "range", "[-80, 0]", "colours", "layout", "mean", "logmel64", "network.onnx", "../network.onnx");

    // Made once: that takes longer than to read a file.
    private static readonly Catalogues Known = Catalogues.BuiltIn;

    private const string Chain = """
        id: my-speech
        description: Two networks.
        sample-rate: 16000
        sample-scale: 32768
        minimum-seconds: 1
        networks:
          - {file: mel.onnx, window: 400, hop: 160, scale: 0.1, offset: 2}
          - {file: embedding.onnx, sha256: 00, input: x, output: y}
        values: 96
        pooling: [mean, std]
        trained-on: speech
        licence: MIT
        """;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("experiment", "descriptions of experiments", folder => FuzzAttack.OnFiles(
            folder, [.. Seeds("", Experiment), .. Seeds("embeddings", Embedding)], path =>
            ExperimentFile.Read(
                Path.GetDirectoryName(path) == folder ? path : Path.Combine(folder, "music-time-frequency.yaml"), Known))),
        new("embedding", "descriptions of frozen networks", folder => FuzzAttack.OnFiles(
            folder,
            [.. Seeds("embeddings", Embedding), new FuzzSeed("embeddings/chain.yaml", Encoding.UTF8.GetBytes(Chain), Embedding)],
            path => EmbeddingFile.Read(path, Known.FeatureSets))),
    ];

    // The files that SerLab brings.
    private static FuzzSeed[] Seeds(string folder, TextMutator mutator)
    {
        string shipped = Path.Combine(AppContext.BaseDirectory, "experiments", folder);
        return
        [
            .. Directory.GetFiles(shipped, "*.yaml").Order(StringComparer.Ordinal)
                .Select(path => new FuzzSeed(Path.Combine(folder, Path.GetFileName(path)), File.ReadAllBytes(path), mutator)),
        ];
    }
}
