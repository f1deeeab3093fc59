using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using SerLab.Core;
using SerLab.Models;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;

namespace SerLab.Benchmarks;

/// <summary>
/// Predictions of exported models in managed code, at the size of Emo-Soundscapes: 1,213 clips of 74 features, both targets in
/// one file. <see cref="Measure"/> also writes the files, which onnx-runtime.mjs times in ONNX Runtime.
/// </summary>
[MemoryDiagnoser]
public class OnnxBenchmarks
{
    private const int Features = 74;
    private readonly FeatureMatrix clips = Draw(1213);
    private readonly FeatureMatrix clip = Draw(1);
    private EmotionModel model = null!;

    [Params("svr", "mlp", "forest")]
    public string Learner { get; set; } = "";

    /// <summary>
    /// Writes a file per learner to a folder and prints its size and predictions per second of processor time: the best of ten
    /// rounds, all clips at once and one by one.
    /// </summary>
    public static void Measure(string folder, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        foreach (string learner in (string[])["svr", "mlp", "forest"])
        {
            OnnxBenchmarks benchmark = new() { Learner = learner };
            benchmark.Fit();
            string file = Path.Combine(folder, $"{learner}.onnx");
            File.WriteAllBytes(file, Export(learner, benchmark.clips));
            double together = Best(() => benchmark.Together()) / benchmark.clips.Rows;
            double alone = Best(() =>
            {
                for (int i = 0; i < 100; i++)
                {
                    benchmark.Alone();
                }
            }) / 100;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{learner}: {new FileInfo(file).Length / 1024.0:N0} KiB, "
                + $"{1 / together:N0} clips/s together, {1 / alone:N0} clips/s one by one"));
        }
    }

    [GlobalSetup]
    public void Fit() => model = EmotionModel.Parse(Export(Learner, clips), Learner);

    [Benchmark(Description = "1,213 clips, valence and arousal")]
    public EmotionPredictions Together() => model.Predict(clips);

    [Benchmark(Description = "one clip, valence and arousal")]
    public EmotionPredictions Alone() => model.Predict(clip);

    private static byte[] Export(string name, FeatureMatrix rows)
    {
        Target rating = Target.Rating("rating");
        ILearner learner = LearnerCatalogue.BuiltIn.Create(LearnerSpecification.Default(name), rating);
        ModelOutputs outputs = new(new[] { "valence", "arousal" }.Select((target, t) => new TargetModel(
            Target.Rating(target), learner.Fit(TrainingSet.OfRatings(rows, Targets(rows, t)), seed: 1))));
        return ModelFile.Build(outputs, new ModelDescription
        {
            Name = name,
            Learner = name,
            Features = FeatureRecipe.OfTable("random", [.. Enumerable.Range(0, Features).Select(i => $"x{i}")]),
            Corpus = "random numbers",
            CorpusLicence = "none",
        });
    }

    private static double Best(Action action)
    {
        using Process process = Process.GetCurrentProcess();
        double best = double.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            process.Refresh();
            TimeSpan before = process.UserProcessorTime;
            for (int repeat = 0; repeat < 5; repeat++)
            {
                action();
            }

            process.Refresh();
            best = Math.Min(best, (process.UserProcessorTime - before).TotalSeconds / 5);
        }

        return best;
    }

    private static double[] Targets(FeatureMatrix rows, int target)
    {
        SeededRandom noise = new(target);
        return [.. Enumerable.Range(0, rows.Rows).Select(i =>
            Math.Tanh(rows[i, target] + (0.5 * rows[i, 2] * rows[i, 3])) + (0.3 * noise.NextGaussian()))];
    }

    private static FeatureMatrix Draw(int rows)
    {
        SeededRandom random = new(rows);
        return new FeatureMatrix(
            [.. Enumerable.Range(0, rows * Features).Select(_ => (float)random.NextGaussian())], rows, Features);
    }
}
