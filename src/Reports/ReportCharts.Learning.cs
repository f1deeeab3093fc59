using SerLab.Evaluation.Records;
using SerLab.Reports.Charts;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <content>Charts of how models learnt.</content>
public static partial class ReportCharts
{
    /// <summary>
    /// Loss after every epoch in every fold, on the training clips and, where some were held out, on those, with the epoch that
    /// was kept.
    /// </summary>
    /// <param name="title">What the chart says.</param>
    /// <param name="folds">The folds of one model, target and protocol.</param>
    public static Chart LearningCurves(string title, IReadOnlyList<FoldLearning> folds)
    {
        (int Fold, LearningCurve Curve)[] all =
            [.. from fold in folds from curve in fold.Curves select (fold.Task.Fold, curve)];
        (int Fold, LearningCurve Curve)[] judged = [.. all.Where(one => one.Curve.HeldOutLosses.Count > 0)];
        return new Chart
        {
            Title = title,
            X = new Axis { Title = "epoch" },
            Y = new Axis { Title = "loss" },
            Series =
            [
                .. all.Select(one => Line("training", one.Curve.Losses)),
                .. judged.Select(one => Line("held out", one.Curve.HeldOutLosses)),
                .. judged.Select(one => Kept(one.Fold, one.Curve)),
            ],
        };
    }

    private static PointSeries Kept(int fold, LearningCurve curve)
    {
        int best = curve.BestEpoch;
        return new PointSeries("kept", [best + 1], [curve.HeldOutLosses[best]])
        {
            Labels = [$"fold {fold}, epoch {best + 1}: score {Figure.Text(curve.HeldOutScores[best])}"],
        };
    }

    private static LineSeries Line(string name, IReadOnlyList<double> losses) =>
        new(name, [.. Enumerable.Range(1, losses.Count).Select(epoch => (double)epoch)], losses);
}
