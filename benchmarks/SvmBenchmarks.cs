using System.Globalization;
using BenchmarkDotNet.Attributes;
using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Preprocessing;
using SerLab.Training.Svm;

namespace SerLab.Benchmarks;

/// <summary>
/// Ten folds, fits and predictions, on one thread: regression.csv (1,213 × 74) and classification.csv (5,000 × 13) of the
/// reference data, in the folds stored with them. scikit-learn 1.2.1 (LIBSVM) takes 0.39 s, 6.65 s and 1.26 s on two EPYC cores.
/// The reference data lie in <c>shared/reference</c> beside the repository, or in the folder that SERLAB_SHARED names.
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
        regression = Folds("regression.csv", "regression-svr-oof.csv");
        classification = Folds("classification.csv", "classification-svc-oof.csv");
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

    private static (FeatureMatrix Training, double[] Targets, FeatureMatrix Test)[] Folds(string table, string foldsOf)
    {
        double[][] rows = Csv(table);
        int[] folds = Array.ConvertAll(Csv(foldsOf), row => (int)row[1]);
        return
        [
            .. Enumerable.Range(0, folds.Max() + 1).Select(fold => (
                Features([.. rows.Where((_, i) => folds[i] != fold)]),
                rows.Where((_, i) => folds[i] != fold).Select(row => row[^1]).ToArray(),
                Features([.. rows.Where((_, i) => folds[i] == fold)]))),
        ];
    }

    private static FeatureMatrix Features(double[][] rows) => FeatureMatrix.FromRows(
        Array.ConvertAll(rows, row => Array.ConvertAll(row[..^1], value => (float)value)), rows[0].Length - 1);

    private static double[][] Csv(string name) =>
    [
        .. File.ReadLines(Path.Combine(ReferenceFolder(), name)).Skip(1)
            .Select(line => Array.ConvertAll(line.Split(','), text => double.Parse(text, CultureInfo.InvariantCulture))),
    ];

    private static string ReferenceFolder()
    {
        if (Environment.GetEnvironmentVariable("SERLAB_SHARED") is { Length: > 0 } named)
        {
            return Path.Combine(named, "reference");
        }

        // The benchmark runs in a folder of its own somewhere below the repository.
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "reference")))
            {
                return Path.Combine(folder.FullName, "shared", "reference");
            }
        }

        throw new DirectoryNotFoundException("The benchmark needs the reference data: set SERLAB_SHARED to their folder.");
    }
}
