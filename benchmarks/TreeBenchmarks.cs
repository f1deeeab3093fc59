using BenchmarkDotNet.Attributes;
using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Trees;

namespace SerLab.Benchmarks;

/// <summary>
/// One fit of each tree learner on one thread, on generated tables of the shape of one training fold of ten: 1,092 × 74 with a
/// number to predict, 4,500 × 13 with four classes. Ten times a fit is a ten-fold cross-validation.
/// </summary>
[MemoryDiagnoser]
public class TreeBenchmarks
{
    private readonly FeatureMatrix regressionRows = Gaussian(1092, 74);
    private readonly FeatureMatrix classificationRows = Gaussian(4500, 13);
    private double[] targets = [];
    private int[] labels = [];

    [GlobalSetup]
    public void Label()
    {
        targets = Smooth(regressionRows);
        labels = Array.ConvertAll(Smooth(classificationRows), t => t < 0.5 ? 0 : t < 2 ? 1 : t < 2.5 ? 2 : 3);
    }

    [Benchmark]
    public IModel RegressionForestOf100() =>
        new RandomForestLearner().Fit(TrainingSet.OfRatings(regressionRows, targets), seed: 0);

    [Benchmark]
    public IModel RegressionBoosting100Rounds() =>
        new GradientBoostingLearner().Fit(TrainingSet.OfRatings(regressionRows, targets), seed: 0);

    [Benchmark]
    public IModel RegressionTree() => new DecisionTreeLearner().Fit(TrainingSet.OfRatings(regressionRows, targets), seed: 0);

    [Benchmark]
    public IModel ClassificationForestOf100() =>
        new RandomForestLearner().Fit(TrainingSet.OfClasses(classificationRows, labels, 4), seed: 0);

    [Benchmark]
    public IModel ClassificationBoosting100Rounds() =>
        new GradientBoostingLearner().Fit(TrainingSet.OfClasses(classificationRows, labels, 4), seed: 0);

    private static FeatureMatrix Gaussian(int rows, int columns)
    {
        SeededRandom random = new(1);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextGaussian();
        }

        return new FeatureMatrix(values, rows, columns);
    }

    private static double[] Smooth(FeatureMatrix rows)
    {
        SeededRandom random = new(2);
        double[] values = new double[rows.Rows];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = rows[i, 0] + Math.Sin(2 * rows[i, 1]) + (rows[i, 2] * rows[i, 3] / 2) + (0.3 * random.NextGaussian());
        }

        return values;
    }
}
