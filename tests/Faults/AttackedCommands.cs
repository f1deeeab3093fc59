namespace SerLab.Faults;

/// <summary>Every command that writes, at its smallest.</summary>
internal static class AttackedCommands
{
    private const string Sounds = "data export synthetic sounds --clips 30 --seconds 1 -q";
    private const string Comparison =
        "train --dataset sounds/corpus.yaml --models ridge,mlp,mean --kfold 4 --set mlp.epochs=20 --protocols grouped";

    private const string Model = "train --dataset sounds/corpus.yaml --models ridge --kfold 4 --protocols random --out trained";
    private const string File = "trained/last/model.onnx";

    // Twelve bytes of text are as good weights as any.
    private const string Network = """
        {"modelTopology": {"model_config": {"class_name": "Sequential", "config": {"layers": [
          {"class_name": "Dense", "config": {"name": "d", "units": 1, "activation": "tanh", "use_bias": false}}]}}},
         "weightsManifest": [{"paths": ["w.bin"], "weights": [{"name": "d/kernel", "shape": [74, 1], "dtype": "float32"}]}]}
        """;

    private const string Series = """
        name: series
        title: Two learners, two seeds
        corpus: sounds/corpus.yaml
        targets: [valence]
        protocols: [grouped]
        folds: 4
        seeds: 2
        learners: [ridge, mean]
        """;

    public static IReadOnlyList<AttackedCommand> All { get; } =
    [
        new("train", $"{Comparison} --out runs --input waveform") { Before = [Sounds] },
        new("run", "run series.yaml --out runs")
        {
            Before = [Sounds],
            Given = Text("series.yaml", Series),
            MayRepeat = false,
        },
        new("search", "search --dataset sounds/corpus.yaml --model ridge --grid ridge.alpha=1,10 --kfold 4 --out runs")
        {
            Before = [Sounds],
        },
        new("curve", "curve --dataset sounds/corpus.yaml --models ridge,mean --kfold 4 --shares 50 --out runs")
        {
            Before = [Sounds],
        },
        new("importance", $"{Comparison} --importance --out runs") { Before = [Sounds] },
        new("figures", "figures trained/last -o paper --with-sounds") { Before = [Sounds, Model] },
        new("extract", "extract sounds -o features.csv") { Before = [Sounds], Given = Text("features.csv", "old\n") },
        new("extract-array", "extract sounds --features logmel64@0.5s -o images.npy") { Before = [Sounds] },
        new("extract-folder", "extract sounds --features logmel64 -o images") { Before = [Sounds] },
        new("predict", $"predict {File} sounds -o answers.csv")
        {
            Before = [Sounds, Model],
            Given = Text("answers.csv", "old\n"),
        },
        new("score", $"score {File} --dataset sounds/corpus.yaml -o predictions.csv") { Before = [Sounds, Model] },
        new("explore", $"explore {File} sounds --html page --with-sounds") { Before = [Sounds, Model] },
        new("export", "data export synthetic clips --clips 60 --seconds 1") { MayRepeat = false },
        new("import", "import tfjs network/model.json --target valence --features meyda74 -o imported.onnx")
        {
            Given = Text("network/model.json", Network).Concat(Text("network/w.bin", new string('>', 4 * 74)))
                .ToDictionary(),
        },
        new("plan", $"{Comparison} --plan plan") { Before = [Sounds] },
        new("work", "work plan") { Before = [Sounds, $"{Comparison} --plan plan"], After = "merge plan" },
        new("merge", "merge plan") { Before = [Sounds, $"{Comparison} --plan plan", "work plan"] },
    ];

    private static Dictionary<string, string> Text(string name, string text) => new() { [name] = text };
}
