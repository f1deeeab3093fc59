using SerLab.Evaluation.Figures;

namespace SerLab.Reports;

/// <summary>How well the clips of one group are predicted.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Clips">Number of its clips.</param>
/// <param name="RootMeanSquaredError">Root of the mean squared residual.</param>
/// <param name="MeanResidual">Mean of prediction minus truth: above zero the group is rated too high.</param>
/// <param name="Deviation">Population standard deviation of the residuals.</param>
internal sealed record GroupResidual(string Group, int Clips, double RootMeanSquaredError, double MeanResidual, double Deviation)
{
    /// <summary>Groups with fewer clips say little; they are left out where at least three larger ones remain.</summary>
    public const int FewestClips = 5;

    /// <summary>All groups that have enough clips, the worst predicted first.</summary>
    /// <param name="run">The run.</param>
    /// <param name="target">A rating.</param>
    /// <param name="model">The model.</param>
    /// <param name="protocol">The protocol.</param>
    public static IReadOnlyList<GroupResidual> WorstFirst(RunFigures run, string target, string model, string protocol)
    {
        GroupResidual[] groups =
        [
            .. ClipOutcome.Of(run, target, model, protocol).GroupBy(c => run.Record.Folds.Groups[c.Clip]).Select(g =>
            {
                double mean = g.Average(c => c.Residual);
                return new GroupResidual(
                    g.Key,
                    g.Count(),
                    Math.Sqrt(g.Average(c => c.Residual * c.Residual)),
                    mean,
                    Math.Sqrt(g.Average(c => (c.Residual - mean) * (c.Residual - mean))));
            }),
        ];
        GroupResidual[] large = Array.FindAll(groups, g => g.Clips >= FewestClips);
        return
        [
            .. (large.Length >= 3 ? large : groups).OrderByDescending(g => g.RootMeanSquaredError)
                .ThenBy(g => g.Group, StringComparer.Ordinal),
        ];
    }
}
