using System.Globalization;
using System.Text.Json;
using SerLab.Core;
using SerLab.TestSupport;
using SerLab.Training.Learners;
using SerLab.Training.Preprocessing;
using SerLab.Training.Svm;
using Xunit;

namespace SerLab.Training.Tests.Svm;

[Trait("Data", "real")]
public class ReferenceCorpusTests
{
    [SkippableFact]
    public void Regression_out_of_fold_predictions_and_objectives_are_those_of_libsvm()
    {
        double[][] table = Read("regression.csv");
        double[][] expected = Read("regression-svr-oof.csv");
        using JsonDocument folds = ReadJson("regression-svr-folds.json");
        SvrLearner learner = new(new SvrOptions { Tolerance = 1e-6 });

        foreach (JsonElement fold in folds.RootElement.GetProperty("folds").EnumerateArray())
        {
            int number = fold.GetProperty("fold").GetInt32();
            int[] test = [.. Enumerable.Range(0, table.Length).Where(i => (int)expected[i][1] == number)];
            int[] training = [.. Enumerable.Range(0, table.Length).Except(test)];

            SvrModel model = (SvrModel)learner.Fit(Features(table, training), Array.ConvertAll(training, i => table[i][^1]), 0);

            Assert.Equal(1, model.Fit.DualObjective / fold.GetProperty("dual_objective").GetDouble(), 1e-6);
            Assert.Equal(fold.GetProperty("intercept").GetDouble(), model.Intercept, 1e-5);
            Assert.Equal(
                test.Select(i => expected[i][3]), model.Predict(Features(table, test)).Values, (e, a) => Math.Abs(e - a) < 1e-4);
        }
    }

    [SkippableFact]
    public void Grid_search_has_the_scores_and_the_winner_of_scikit_learn()
    {
        double[][] table = Read("regression.csv");
        double[][] expected = Read("regression-svr-oof.csv");
        using JsonDocument peers = ReadJson("regression-peers.json");
        JsonElement grid = peers.RootElement.GetProperty("results").GetProperty("grid");
        SvrOptions[] candidates =
        [
            .. grid.GetProperty("table").EnumerateArray().Select(row => new SvrOptions
            {
                C = row.GetProperty("C").GetDouble(),
                Gamma = row.GetProperty("gamma").GetDouble(),
            }),
        ];

        double[] scores = new double[candidates.Length];
        for (int fold = 0; fold < 10; fold++)
        {
            int[] test = [.. Enumerable.Range(0, table.Length).Where(i => (int)expected[i][1] == fold)];
            int[] training = [.. Enumerable.Range(0, table.Length).Except(test)];
            SvrGrid fitted = SvrGrid.Fit(Features(table, training), Array.ConvertAll(training, i => table[i][^1]), candidates);
            double[][] predictions = fitted.Predict(Features(table, test));
            for (int c = 0; c < candidates.Length; c++)
            {
                scores[c] += RSquared(Array.ConvertAll(test, i => table[i][^1]), predictions[c]) / 10;
            }
        }

        // Both stop at tolerance 1e-3, each somewhere within it.
        IEnumerable<double> peerScores =
            grid.GetProperty("table").EnumerateArray().Select(row => row.GetProperty("r2").GetDouble());
        Assert.Equal(peerScores, scores, (e, a) => Math.Abs(e - a) < 1e-4);
        SvrOptions best = candidates[Array.IndexOf(scores, scores.Max())];
        Assert.Equal(grid.GetProperty("best").GetProperty("C").GetDouble(), best.C);
        Assert.Equal(grid.GetProperty("best").GetProperty("gamma").GetDouble(), best.Gamma.Value);
    }

    [SkippableFact]
    public void Classification_predicts_what_libsvm_predicts()
    {
        double[][] table = Read("classification.csv");
        double[][] expected = Read("classification-svc-oof.csv");
        SvcLearner learner = new(new SvcOptions { Gamma = Gamma.Scale });

        for (int fold = 0; fold < 10; fold++)
        {
            int[] test = [.. Enumerable.Range(0, table.Length).Where(i => (int)expected[i][1] == fold)];
            int[] training = [.. Enumerable.Range(0, table.Length).Except(test)];
            FeatureMatrix rows = Features(table, training);
            ITransform scaler = new StandardScaler().Fit(rows);

            int[] labels = Array.ConvertAll(training, i => (int)table[i][^1]);
            IModel model = learner.Fit(TrainingSet.OfClasses(scaler.Apply(rows), labels, 4), 0);

            int[] predicted = model.Predict(scaler.Apply(Features(table, test))).Labels;
            Assert.Equal(Array.ConvertAll(test, i => (int)expected[i][3]), predicted);
        }
    }

    private static JsonDocument ReadJson(string name) =>
        JsonDocument.Parse(File.ReadAllText(ReferenceData.Require("reference", name)));

    private static double[][] Read(string name) =>
    [
        .. File.ReadLines(ReferenceData.Require("reference", name)).Skip(1)
            .Select(line => Array.ConvertAll(line.Split(','), text => double.Parse(text, CultureInfo.InvariantCulture))),
    ];

    /// <summary>All columns but the last, in float32.</summary>
    private static FeatureMatrix Features(double[][] table, int[] rows) => FeatureMatrix.FromRows(
        Array.ConvertAll(rows, i => Array.ConvertAll(table[i][..^1], value => (float)value)), table[0].Length - 1);

    private static double RSquared(double[] truth, double[] predictions)
    {
        double mean = truth.Average();
        return 1 - (truth.Zip(predictions, (t, p) => (t - p) * (t - p)).Sum() / truth.Sum(t => (t - mean) * (t - mean)));
    }
}
