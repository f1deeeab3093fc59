using System.Globalization;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Statistics;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Figures;

/// <summary>A point of a learning curve: how good a model is that learnt from a part of the training clips.</summary>
/// <param name="Percent">How much it learnt from; 100 is all.</param>
/// <param name="Groups">Number of groups that it learnt from, mean over folds and draws.</param>
/// <param name="Clips">Number of clips that it learnt from, mean over folds and draws.</param>
/// <param name="Pooled">The metric of all its out-of-fold predictions.</param>
/// <param name="Interval">95 % interval over groups.</param>
public sealed record SizePoint(int Percent, double Groups, double Clips, double Pooled, ConfidenceInterval Interval);

/// <summary>
/// How good a model is by how much it learnt from: the same clips are tested in the same folds, of the training parts a share is
/// learnt from.
/// </summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Unit">What there was less of.</param>
/// <param name="Metric">The headline metric of the target.</param>
/// <param name="Points">The smallest share first, and all of it last where that was run.</param>
/// <param name="Doubling">
/// What the step from half of it to all of it gave, above zero where it was better, with its paired 95 % interval over groups;
/// none where one of the two was not run.
/// </param>
public sealed record SizeCurve(
    string Target,
    string Model,
    TrainingUnit Unit,
    Metric Metric,
    IReadOnlyList<SizePoint> Points,
    SizeGain? Doubling)
{
    /// <summary>
    /// Of a curve with fewer clips: how much better half of the clips of every group are to learn from than all clips of half of
    /// the groups, with its paired interval; none where one of the two was not run.
    /// </summary>
    public SizeGain? OverFewerGroups { get; init; }

    /// <summary>The share from which the last doubling starts.</summary>
    internal const int Half = 50;
}

/// <summary>What more to learn from gave.</summary>
/// <param name="Gain">How much better the metric became.</param>
/// <param name="Interval">95 % interval over groups, each left out of both figures at once.</param>
public sealed record SizeGain(double Gain, ConfidenceInterval Interval)
{
    /// <summary>What it shows, in a few words.</summary>
    internal string Verdict => Interval.Low > 0 ? "helped" : Interval.High < 0 ? "did harm" : "is not shown to help";

    /// <summary>How one part to learn from stands beside another, in a few words.</summary>
    internal string Comparison => Interval.Low > 0 ? "are better to learn from than"
        : Interval.High < 0 ? "are worse to learn from than"
        : "are not shown to be better than";

    /// <summary>The figures in words.</summary>
    internal string Text(string metric) => double.IsNaN(Interval.Low)
        ? string.Create(CultureInfo.InvariantCulture, $"{metric} {Gain:+0.000;−0.000;0.000}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{metric} {Gain:+0.000;−0.000;0.000} [{Interval.Low:0.000;−0.000}, {Interval.High:0.000;−0.000}]");
}
