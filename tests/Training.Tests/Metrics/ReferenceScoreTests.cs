using System.Globalization;
using System.Text.Json;
using SerLab.TestSupport;
using SerLab.Training.Metrics;
using Xunit;

namespace SerLab.Training.Tests.Metrics;

/// <summary>Scores of stored out-of-fold predictions against what scikit-learn says of them.</summary>
[Trait("Data", "real")]
public class ReferenceScoreTests
{
    [SkippableFact]
    public void Fold_scores_of_the_reference_regression_are_those_of_scikit_learn()
    {
        double[][] rows = ReadNumbers(ReferenceData.Require("reference", "regression-svr-oof.csv"));
        JsonElement peers = Peers("svr");

        for (int fold = 0; fold < 10; fold++)
        {
            double[][] tested = Array.FindAll(rows, row => row[1] == fold);
            double[] truth = Array.ConvertAll(tested, row => row[2]);
            double[] predicted = Array.ConvertAll(tested, row => row[3]);

            // The predictions were stored at a tighter tolerance of the solver than the scores: hence 1e-3.
            Assert.Equal(peers.GetProperty("r2")[fold].GetDouble(), RegressionMetrics.RSquared(truth, predicted), 1e-3);
            Assert.Equal(peers.GetProperty("mse")[fold].GetDouble(), RegressionMetrics.MeanSquaredError(truth, predicted), 1e-3);
        }
    }

    [SkippableFact]
    public void Fold_scores_of_the_reference_classification_are_those_of_scikit_learn()
    {
        double[][] rows = ReadNumbers(ReferenceData.Require("reference", "classification-svc-oof.csv"));
        JsonElement peers = Peers("svc");

        for (int fold = 0; fold < 10; fold++)
        {
            double[][] tested = Array.FindAll(rows, row => row[1] == fold);
            ConfusionMatrix confusion = ConfusionMatrix.Of(
                Array.ConvertAll(tested, row => row[2]), Array.ConvertAll(tested, row => row[3]), 4);

            Assert.Equal(peers.GetProperty("accuracy")[fold].GetDouble(), confusion.Accuracy, 1e-12);
            Assert.Equal(peers.GetProperty("balanced_accuracy")[fold].GetDouble(), confusion.UnweightedAverageRecall, 1e-12);
            Assert.Equal(peers.GetProperty("f1_macro")[fold].GetDouble(), confusion.Macro(confusion.F1), 1e-12);
        }
    }

    private static JsonElement Peers(string task) =>
        JsonDocument.Parse(File.ReadAllText(ReferenceData.Require("reference", "regression-peers.json")))
            .RootElement.GetProperty("results").GetProperty(task);

    private static double[][] ReadNumbers(string path) =>
    [
        .. File.ReadLines(path).Skip(1)
            .Select(line => Array.ConvertAll(line.Split(','), field => double.Parse(field, CultureInfo.InvariantCulture))),
    ];
}
