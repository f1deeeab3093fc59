using SerLab.Evaluation.Records;
using SerLab.Training.Conformal;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Figures;

/// <summary>Measures intervals and sets: each group is left out once while the others calibrate.</summary>
internal static class CoverageBuilder
{
    /// <summary>The coverage of one model; none where a target has no intervals, or no group can be left out.</summary>
    /// <param name="record">The record of the run.</param>
    /// <param name="cell">The predictions of the model, in order of the folds.</param>
    public static CoverageFigures? Build(RunRecord record, FoldPrediction[] cell)
    {
        FoldTask task = cell[0].Task;
        Target target = record.Description.TargetOf(task.Target);
        PredictionSet all = PredictionSet.Join([.. cell.Select(fold => fold.Predictions)]);
        int[] groups = [.. cell.SelectMany(fold => fold.Clips).Select(clip => record.Folds.GroupNumbers[clip])];
        if (groups.Distinct().Take(2).Count() < 2 || ConformalRule.Of(target, all, groups) is not { } rule)
        {
            return null;
        }

        bool[] held = new bool[all.Count];
        double[] widths = new double[all.Count];
        foreach (int[] part in GroupParts.Of(groups))
        {
            int[] rest = GroupParts.Rest(all.Count, part);
            IConformalRule without = ConformalRule.Of(target, all.Select(rest), Array.ConvertAll(rest, i => groups[i]))!;
            foreach (int i in part)
            {
                held[i] = without.Covers(all, i);
                widths[i] = without.WidthAt(all, i);
            }
        }

        Dictionary<int, string> names = cell.SelectMany(fold => fold.Clips).Distinct()
            .GroupBy(clip => record.Folds.GroupNumbers[clip]).ToDictionary(g => g.Key, g => record.Folds.Groups[g.First()]);
        return new CoverageFigures(
            task.Protocol,
            task.Target,
            task.Model,
            held.Average(isHeld => isHeld ? 1.0 : 0),
            widths.Average(),
            rule.IsReached,
            [
                .. Enumerable.Range(0, all.Count).GroupBy(i => groups[i])
                    .Select(g => new GroupCoverage(
                        names[g.Key], g.Count(), g.Average(i => held[i] ? 1.0 : 0), g.Average(i => widths[i])))
                    .OrderBy(g => g.Coverage).ThenBy(g => g.Group, StringComparer.Ordinal),
            ]);
    }
}
