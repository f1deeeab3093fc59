using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <summary>Who is predicted well and who badly: a score for every group, and for the parts that a corpus knows of.</summary>
internal static class GroupSection
{
    private const int Shown = 100;

    public static void Write(ReportPage page, RunFigures run, Target target, string model, string protocol)
    {
        RunFolds folds = run.Record.Folds;
        (string Kind, IReadOnlyList<string> Values)[] kinds =
        [
            .. folds.GroupKind is { } groups ? [(groups, folds.Groups)] : Array.Empty<(string, IReadOnlyList<string>)>(),
            .. folds.Attributes.Select(attribute => (attribute.Key, attribute.Value)),
        ];
        if (kinds.Length == 0 || target.IsReconstruction)
        {
            return;
        }

        page.Details($"Scores by {string.Join(", ", kinds.Select(part => part.Kind))}");
        foreach ((string kind, IReadOnlyList<string> values) in kinds)
        {
            Table(page, run, target, (model, protocol), kind, values);
        }

        page.EndDetails();
    }

    private static void Table(
        ReportPage page,
        RunFigures run,
        Target target,
        (string Model, string Protocol) of,
        string kind,
        IReadOnlyList<string> values)
    {
        (int[] clips, PredictionSet set) = run.OutOfFold(of.Protocol, target.Name, of.Model);
        string[] shown = target.IsRating ? ["rmse", "mae"] : ["accuracy", "uar"];
        IReadOnlyList<Metric> metrics = target.Scorer.Metrics;
        int[] columns = [.. shown.Select(name => metrics.Index().First(m => m.Item.Name == name).Index)];
        (string Name, int Clips, double[] Scores)[] rows =
        [
            .. Enumerable.Range(0, clips.Length).GroupBy(i => values[clips[i]])
                .Select(group => (group.Key, group.Count(), target.Scorer.Score(set.Select([.. group]))))
                .OrderBy(row => metrics[columns[0]].HigherIsBetter ? row.Item3[columns[0]] : -row.Item3[columns[0]])
                .ThenBy(row => row.Key, StringComparer.Ordinal),
        ];
        string most = rows.Length > Shown ? $", the worst {Shown} of {Figure.Count(rows.Length)}" : "";
        page.Table(
            $"{of.Model} under {of.Protocol} by {kind}, the worst first{most}",
            [kind, "predictions", .. columns.Select(column => (Cell)metrics[column].Title)],
            rows.Take(Shown).Select(row => (IReadOnlyList<Cell>)
                [row.Name, Figure.Count(row.Clips), .. columns.Select(column => (Cell)Figure.Text(row.Scores[column]))]));
    }
}
