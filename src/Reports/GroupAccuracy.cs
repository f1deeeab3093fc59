using SerLab.Evaluation.Figures;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <summary>How many clips of one group are given the right class.</summary>
/// <param name="Group">Name of the group, e.g. a speaker.</param>
/// <param name="Predictions">Number of predictions of its clips.</param>
/// <param name="Right">Number of those that are right.</param>
internal sealed record GroupAccuracy(string Group, int Predictions, int Right)
{
    /// <summary>Share of right predictions.</summary>
    public double Share => (double)Right / Predictions;

    /// <summary>All groups, the best first.</summary>
    /// <param name="run">The run.</param>
    /// <param name="target">The classes.</param>
    /// <param name="model">The model.</param>
    /// <param name="protocol">The protocol.</param>
    public static IReadOnlyList<GroupAccuracy> BestFirst(RunFigures run, string target, string model, string protocol)
    {
        (int[] clips, PredictionSet set) = run.OutOfFold(protocol, target, model);
        return
        [
            .. Enumerable.Range(0, clips.Length).GroupBy(i => run.Record.Folds.Groups[clips[i]])
                .Select(g => new GroupAccuracy(g.Key, g.Count(), g.Count(i => set.Truth[i] == set.Predicted[i])))
                .OrderByDescending(g => g.Share).ThenBy(g => g.Group, StringComparer.Ordinal),
        ];
    }
}
