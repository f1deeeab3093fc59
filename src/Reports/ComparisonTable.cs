using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>The tables that compare models: one metric under all protocols side by side, and all metrics.</summary>
internal static class ComparisonTable
{
    private const double Level = 0.05;

    // After the model, the protocol that counts and the leaky one.
    private const int OptimismColumn = 3;

    public static void Write(ReportPage page, RunFigures run, Target target, string metric)
    {
        RecordedProtocol headline = run.HeadlineProtocol;
        RecordedProtocol? leaky = run.LeakyProtocol;
        RecordedProtocol[] protocols =
        [
            .. run.Description.Protocols.Where(p => p.UsesTestClips == headline.UsesTestClips)
                .OrderBy(p => p == headline ? 0 : p == leaky ? 1 : 2),
        ];
        IReadOnlyList<ModelFigures> ranked = run.Ranked(target.Name, headline.Name);
        string title = ranked[0][metric].Metric.Title;
        List<Cell> header =
        [
            "model",
            .. protocols.Select(p => new Cell(p.Name, p.Leaks.Count > 0 ? "LEAKS" : "", p.Leaks.Count > 0 ? "leaks" : "")),
        ];
        if (leaky is not null)
        {
            header.Insert(OptimismColumn, new Cell("optimism", $"{leaky.Name} − {headline.Name}, on the clips that both test"));
        }

        Dictionary<string, string> best = protocols.ToDictionary(p => p.Name, p => Best(run, target.Name, p.Name, metric));
        page.Table($"{title} of {target.Name}", header, ranked.Select(row =>
        {
            List<Cell> cells =
            [
                row.Model,
                .. protocols.Select(p => run.Find(p.Name, target.Name, row.Model) is { } there
                    ? CellOf(run, there, metric, best[p.Name])
                    : new Cell("not run")),
            ];
            if (leaky is not null)
            {
                cells.Insert(OptimismColumn, run.OptimismOf(row, metric) is { } optimism
                    ? new Cell(Figure.Signed(optimism.Optimism), Class: "optimism")
                    : new Cell("n/a"));
            }

            return (IReadOnlyList<Cell>)cells;
        }));
    }

    public static void WriteAllMetrics(ReportPage page, RunFigures run, Target target)
    {
        foreach (RecordedProtocol protocol in run.Description.Protocols)
        {
            IReadOnlyList<ModelFigures> rows = run.Ranked(target.Name, protocol.Name);
            MetricSummary[] shown = [.. rows[0].Metrics.Where(m => !m.Metric.Name.Contains('['))];
            page.Table(
                $"All metrics of {target.Name} under {protocol.Name}",
                [protocol.Name, .. shown.Select(m => (Cell)m.Metric.Title)],
                rows.Select(row => (IReadOnlyList<Cell>)
                [
                    row.Model,
                    .. shown.Select(m => row[m.Metric.Name]).Select(m => new Cell(
                        Figure.Text(m.Pooled),
                        $"{Figure.Text(m.Interval)}\n{Figure.MeanAndStd(m.Mean, m.Std)}{Undefined(m)}")),
                ]));
        }
    }

    private static string Best(RunFigures run, string target, string protocol, string metric) =>
        run.Ranked(target, protocol, metric).FirstOrDefault(row => !double.IsNaN(row[metric].Pooled))?.Model ?? "";

    private static Cell CellOf(RunFigures run, ModelFigures row, string metric, string best)
    {
        MetricSummary m = row[metric];
        PairedTest? test = run.Tests.FirstOrDefault(t => t.Protocol == row.Protocol && t.Target == row.Target
            && t.Metric == metric && t.Test == PairedTest.CorrectedT && t.IsOf(best, row.Model));
        string mark = test is { HolmPValue: >= Level } ? "≈ " : "";
        return new Cell(
            $"{mark}{Figure.Text(m.Pooled)}",
            $"{Figure.Text(m.Interval)}\n{Figure.MeanAndStd(m.Mean, m.Std)}{Undefined(m)}",
            row.Model == best ? "best" : "");
    }

    private static string Undefined(MetricSummary metric) => metric.DefinedFolds == metric.Folds.Count
        ? ""
        : $" ({metric.DefinedFolds} of {metric.Folds.Count} folds)";
}
