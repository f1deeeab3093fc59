using BenchmarkDotNet.Attributes;
using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Neural;

namespace SerLab.Benchmarks;

/// <summary>Fits and predictions of the multilayer perceptrons, one thread each, at the sizes of the published systems.</summary>
[MemoryDiagnoser]
public class NeuralBenchmarks
{
    private readonly MlpLearner thesis = new(new KerasMlpOptions());
    private readonly MlpLearner wide = new(Published([300], alpha: 0.01, batchSize: 256));
    private readonly MlpLearner deep = new(Published([200, 200, 100, 50], alpha: 0.001, batchSize: 128));
    private readonly FeatureMatrix soundscapes = Draw(1092, 74);
    private readonly FeatureMatrix speech = Draw(576, 180);
    private readonly double[] ratings = [.. Enumerable.Range(0, 1092).Select(i => Math.Sin(i))];
    private readonly int[] emotions = [.. Enumerable.Range(0, 576).Select(i => i * 7 % 4)];
    private IModel thesisModel = null!;

    [GlobalSetup]
    public void Fit() => thesisModel = thesis.Fit(TrainingSet.OfRatings(soundscapes, ratings), 1);

    [Benchmark(Description = "thesis recipe, fit 1092 x 74, batch 1, 10 epochs")]
    public IModel ThesisFit() => thesis.Fit(TrainingSet.OfRatings(soundscapes, ratings), 1);

    [Benchmark(Description = "thesis recipe, predict 1092 rows")]
    public Predictions ThesisPredict() => thesisModel.Predict(soundscapes);

    [Benchmark(Description = "classifier (300), fit 576 x 180, batch 256, 500 epochs")]
    public IModel WideFit() => wide.Fit(TrainingSet.OfClasses(speech, emotions, 4), 1);

    [Benchmark(Description = "classifier (200, 200, 100, 50), fit 576 x 180, batch 128, 500 epochs")]
    public IModel DeepFit() => deep.Fit(TrainingSet.OfClasses(speech, emotions, 4), 1);

    /// <summary>The published options, with stopping switched off, so that every fit does the same work.</summary>
    private static ScikitLearnMlpOptions Published(int[] hiddenUnits, double alpha, int batchSize) => new()
    {
        HiddenUnits = hiddenUnits,
        Alpha = alpha,
        BatchSize = batchSize,
        MaxIterations = 500,
        PatienceEpochs = 500,
    };

    private static FeatureMatrix Draw(int rows, int columns)
    {
        SeededRandom random = new(rows);
        return new FeatureMatrix(
            [.. Enumerable.Range(0, rows * columns).Select(_ => (float)random.NextGaussian())], rows, columns);
    }
}
