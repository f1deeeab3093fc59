using SerLab.Evaluation.Figures;
using SerLab.Reports.Charts;
using SerLab.Training.Metrics;
using Xunit;

namespace SerLab.Reports.Tests;

public class ReportChartTests
{
    private static readonly RunFigures Ratings = SampleRuns.Ratings().Figures;
    private static readonly RunFigures Classes = SampleRuns.Classes().Figures;

    [Fact]
    public void The_fold_strip_has_a_point_for_every_fold_and_keeps_hopeless_folds_in_sight()
    {
        Chart chart = ReportCharts.FoldStrip(Ratings, "valence", "r2", "random", "grouped");

        PointSeries[] points = [.. chart.Series.OfType<PointSeries>()];
        Assert.Equal(["random", "grouped"], points.Select(p => p.Name));
        Assert.All(points, p => Assert.Equal(5 * Ratings.Description.Models.Count, p.X.Count));
        double[] folds =
        [
            .. Ratings.Rows.Where(r => r is { Target: "valence", Protocol: "grouped" }).SelectMany(r => r["r2"].Folds),
        ];
        Assert.Contains(folds, v => v < -1);
        Assert.Equal(folds.Select(v => Math.Max(v, -1)).Order(), points[1].X.Order());
        Assert.Contains("below −1 drawn at −1", chart.X.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_by_protocol_shows_the_pooled_figure_of_every_model_under_both_protocols()
    {
        Chart chart = ReportCharts.ByProtocol(Ratings, "arousal", "r2", "random", "grouped");

        string[] upwards = [.. chart.Y.Categories!];
        foreach (IntervalSeries protocol in chart.Series.Cast<IntervalSeries>())
        {
            for (int i = 0; i < protocol.Centre.Count; i++)
            {
                ModelFigures row = Ratings.Find(protocol.Name, "arousal", upwards[(int)Math.Round(protocol.Y[i])])!;
                Assert.Equal(row["r2"].Pooled, protocol.Centre[i]);
                Assert.Equal(row["r2"].Interval.High, protocol.High[i]);
            }
        }
    }

    [Fact]
    public void Charts_of_what_was_not_run_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ReportCharts.FoldStrip(Ratings, "dominance", "r2"));
        Assert.Throws<ArgumentException>(() => ReportCharts.PredictedAgainstTrue(Ratings, "valence", "svr", "grouped"));
    }

    [Fact]
    public void The_scatter_and_the_plane_hold_every_clip_once()
    {
        PointSeries scatter =
            (PointSeries)ReportCharts.PredictedAgainstTrue(Ratings, "valence", "nearest-3", "grouped").Series[0];
        Chart plane = ReportCharts.ValenceArousalPlane(Ratings, ("valence", "nearest-3"), ("arousal", "nearest-7"), "grouped");

        Assert.Equal(Ratings.Record.Folds.Clips.Order(), scatter.Labels.Select(label => label.Split(':')[0]).Order());
        Assert.Equal(scatter.X, ((PointSeries)plane.Series[0]).X);
        Assert.Equal(scatter.Y, ((PointSeries)plane.Series[1]).X);
        Assert.Equal(0.0, plane.References[0].Intercept);
    }

    [Fact]
    public void Squared_residuals_of_the_groups_add_up_to_the_pooled_error_and_the_worst_comes_first()
    {
        IReadOnlyList<GroupResidual> groups = GroupResidual.WorstFirst(Ratings, "valence", "nearest-3", "grouped");

        double pooled = Ratings.Find("grouped", "valence", "nearest-3")!["mse"].Pooled;
        double sum = groups.Sum(g => g.Clips * g.RootMeanSquaredError * g.RootMeanSquaredError);
        Assert.Equal(pooled, sum / groups.Sum(g => g.Clips), 12);
        Assert.Equal(groups.OrderByDescending(g => g.RootMeanSquaredError), groups);
        Assert.All(groups, g => Assert.Equal(
            g.RootMeanSquaredError * g.RootMeanSquaredError,
            (g.MeanResidual * g.MeanResidual) + (g.Deviation * g.Deviation),
            12));
    }

    [Fact]
    public void Right_predictions_of_the_groups_add_up_to_the_accuracy()
    {
        IReadOnlyList<GroupAccuracy> groups = GroupAccuracy.BestFirst(Classes, "class", "nearest-9", "grouped");

        double accuracy = Classes.Find("grouped", "class", "nearest-9")!["accuracy"].Pooled;
        Assert.Equal(accuracy, (double)groups.Sum(g => g.Right) / groups.Sum(g => g.Predictions), 12);
        Assert.Equal(12, groups.Count);
        Assert.True(groups[0].Share >= groups[^1].Share);
    }

    [Fact]
    public void The_confusion_matrix_has_the_first_class_on_top_and_rows_that_are_true_classes()
    {
        ConfusionMatrix confusion = new(2, [3, 1, 0, 4]);

        Chart counts = ReportCharts.ConfusionMatrix(["calm", "happy"], confusion);
        HeatmapSeries shares =
            (HeatmapSeries)ReportCharts.ConfusionMatrix(["calm", "happy"], confusion, normalised: true).Series[0];

        Assert.Equal(["happy", "calm"], counts.Y.Categories!);
        Assert.Equal(["3", "1"], ((HeatmapSeries)counts.Series[0]).Texts![1]);
        Assert.Equal(["75", "25"], shares.Texts![1]);
        Assert.Equal([0.0, 1.0], shares.Rows[0]);
    }

    [Fact]
    public void Calibration_bins_hold_mean_confidence_and_accuracy()
    {
        // Three predictions at 0.9 of which two are right, two at 0.6 of which one is right; worked by hand.
        PredictionSet set = new([0, 0, 1, 0, 1], [0, 0, 0, 0, 0], [0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.6, 0.4, 0.6, 0.4]);

        Calibration calibration = Calibration.Of(set, 2);

        Assert.Equal([2, 3], calibration.Bins.Select(b => b.Count));
        Assert.Equal([0.5, 2.0 / 3], calibration.Bins.Select(b => b.Accuracy));
        Assert.Equal(((2 * 0.1) + (3 * (0.9 - (2.0 / 3)))) / 5, calibration.ExpectedError, 12);
        Assert.Throws<ArgumentException>(() => Calibration.Of(set with { Probabilities = [] }, 2));
    }

    [Fact]
    public void The_text_report_is_the_one_of_scikit_learn()
    {
        // The example in scikit-learn's documentation of classification_report, with its output.
        ConfusionMatrix confusion = ConfusionMatrix.Of([0, 1, 2, 2, 2], [0, 0, 2, 2, 1], 3);

        string expected = """
                          precision    recall  f1-score   support

                 class 0       0.50      1.00      0.67         1
                 class 1       0.00      0.00      0.00         1
                 class 2       1.00      0.67      0.80         3

                accuracy                           0.60         5
               macro avg       0.50      0.56      0.49         5
            weighted avg       0.70      0.60      0.61         5

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), ClassificationText.Of(["class 0", "class 1", "class 2"], confusion));
    }

    [Fact]
    public void Learning_times_are_means_over_folds_and_the_fastest_is_on_top()
    {
        Chart chart = ReportCharts.LearningTime(
        [
            new(new("p", "t", "slow", 0), 2, 0.1), new(new("p", "t", "slow", 1), 4, 0.1), new(new("p", "t", "fast", 0), 0.5, 0),
        ]);

        Assert.Equal(["slow", "fast"], chart.Y.Categories!);
        Assert.Equal([3, 0.5], ((PointSeries)chart.Series[0]).X);
        Assert.All(((PointSeries)chart.Series[1]).X, seconds => Assert.True(seconds > 0));
    }
}
