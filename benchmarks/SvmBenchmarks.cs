using BenchmarkDotNet.Attributes;
using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Preprocessing;
using SerLab.Training.Svm;

namespace SerLab.Benchmarks;

/// <summary>
/// Ten folds, fits and predictions, on one thread: the tables of the reference data in the folds stored with them.
/// </summary>
public class SvmBenchmarks
{
    private static readonly SvrOptions[] Candidates =
    [
        .. from c in new[] { 0.1, 1, 10, 100 }
           from gamma in new[] { 0.001, 1 / 74.0, 0.03, 0.1 }
           select new SvrOptions { C = c, Gamma = gamma },
    ];

    private (FeatureMatrix Training, double[] Targets, FeatureMatrix Test)[] regression = [];
    private (FeatureMatrix Training, double[] Targets, FeatureMatrix Test)[] classification = [];

    /// <summary>Reads the tables and cuts the folds.</summary>
    [GlobalSetup]
    public void Read()
    {
        regression = ReferenceTables.Folds("regression.csv", "regression-svr-oof.csv");
        classification = ReferenceTables.Folds("classification.csv", "classification-svc-oof.csv");
    }

    [Benchmark]
    public double Svr_ten_folds() => regression.Sum(fold =>
        new SvrLearner().Fit(TrainingSet.OfRatings(fold.Training, fold.Targets), 0).Predict(fold.Test).Values[0]);

    [Benchmark]
    public double Svr_grid_of_16_on_ten_folds() => regression.Sum(fold =>
        SvrGrid.Fit(fold.Training, fold.Targets, Candidates).Predict(fold.Test)[0][0]);

    [Benchmark]
    public int Svc_ten_folds() => SvcTenFolds(new SvcOptions());

    [Benchmark]
    public int Svc_with_probabilities_ten_folds() => SvcTenFolds(new SvcOptions { Probability = true });

    private int SvcTenFolds(SvcOptions options) => classification.Sum(fold =>
    {
        ITransform scaler = new StandardScaler().Fit(fold.Training);
        int[] labels = Array.ConvertAll(fold.Targets, label => (int)label);
        IModel model = new SvcLearner(options).Fit(TrainingSet.OfClasses(scaler.Apply(fold.Training), labels, 4), 0);
        return model.Predict(scaler.Apply(fold.Test)).Labels[0];
    });
}
