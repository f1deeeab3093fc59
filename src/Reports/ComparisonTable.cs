using SerLab.Evaluation.Comparisons;
using SerLab.Evaluation.Runs;

namespace SerLab.Reports;

/// <summary>The tables that compare models: one metric under all protocols side by side, and all metrics.</summary>
internal static class ComparisonTable
{
    private const double Level = 0.05;

    // After the model, the protocol that counts and the naive one.
    private const int GapColumn = 3;

    public static void Write(ReportPage page, RunFolderContents run, TargetDescription target, string metric)
    {
        ProtocolDescription headline = run.HeadlineProtocol;
        ProtocolDescription? naive = run.NaiveProtocol;
        ProtocolDescription[] protocols =
        [
            .. run.Description.Protocols.OrderBy(p => p == headline ? 0 : p == naive ? 1 : 2),
        ];
        IReadOnlyList<ComparisonRow> ranked = run.Ranked(target, headline);
        string title = ranked[0][metric].Metric.Title;
        List<Cell> header =
        [
            "model",
            .. protocols.Select(p => new Cell(p.Name, p.Leaks.Count > 0 ? "LEAKS" : "", p.Leaks.Count > 0 ? "leaks" : "")),
        ];
        if (naive is not null)
        {
            header.Insert(GapColumn, new Cell("gap", $"{naive.Name} − {headline.Name}"));
        }

        Dictionary<string, string> best = protocols.ToDictionary(p => p.Name, p => Best(run, target, p, metric));
        page.Table($"{title} of {target.Name}", header, ranked.Select(row =>
        {
            List<Cell> cells =
            [
                row.Model,
                .. protocols.Select(p => run.Comparison.Find(p.Name, target.Name, row.Model) is { } there
                    ? CellOf(run.Comparison, there, metric, best[p.Name])
                    : new Cell("not run")),
            ];
            if (naive is not null)
            {
                cells.Insert(GapColumn, Gap(run, target.Name, row.Model, metric, naive.Name, headline.Name));
            }

            return (IReadOnlyList<Cell>)cells;
        }));
    }

    public static void WriteAllMetrics(ReportPage page, RunFolderContents run, TargetDescription target)
    {
        foreach (ProtocolDescription protocol in run.Description.Protocols)
        {
            IReadOnlyList<ComparisonRow> rows = run.Ranked(target, protocol);
            MetricSummary[] shown = [.. rows[0].Metrics.Where(m => !m.Metric.Name.Contains('['))];
            page.Table(
                $"All metrics of {target.Name} under {protocol.Name}",
                [protocol.Name, .. shown.Select(m => (Cell)m.Metric.Title)],
                rows.Select(row => (IReadOnlyList<Cell>)
                [
                    row.Model,
                    .. shown.Select(m => row[m.Metric.Name]).Select(m => new Cell(
                        Figure.Text(m.Pooled),
                        $"{Figure.Text(m.Interval)}\n{Figure.MeanAndDeviation(m.Mean, m.Deviation)}{Undefined(m)}")),
                ]));
        }
    }

    private static string Best(RunFolderContents run, TargetDescription target, ProtocolDescription protocol, string metric) =>
        run.Ranked(target, protocol).Where(r => !double.IsNaN(r[metric].Pooled))
            .OrderByDescending(r => r[metric].Pooled).FirstOrDefault()?.Model ?? "";

    private static Cell CellOf(Comparison comparison, ComparisonRow row, string metric, string best)
    {
        MetricSummary m = row[metric];
        PairedTest? test = comparison.Tests.FirstOrDefault(t => t.Protocol == row.Protocol && t.Target == row.Target
            && t.Metric == metric && t.Test == "corrected_t"
            && ((t.First == best && t.Second == row.Model) || (t.First == row.Model && t.Second == best)));
        string mark = test is { HolmPValue: >= Level } ? "≈ " : "";
        return new Cell(
            $"{mark}{Figure.Text(m.Pooled)}",
            $"{Figure.Text(m.Interval)}\n{Figure.MeanAndDeviation(m.Mean, m.Deviation)}{Undefined(m)}",
            row.Model == best ? "best" : "");
    }

    private static string Undefined(MetricSummary metric) => metric.DefinedFolds == metric.Folds.Count
        ? ""
        : $" ({metric.DefinedFolds} of {metric.Folds.Count} folds)";

    private static Cell Gap(RunFolderContents run, string target, string model, string metric, string naive, string headline) =>
        run.Comparison.Gaps.FirstOrDefault(g => g.Target == target && g.Model == model && g.Metric.Name == metric
            && g.Naive == naive && g.Honest == headline) is { } gap
            ? new Cell(Figure.Signed(gap.NaiveValue - gap.HonestValue), Class: "gap")
            : new Cell("n/a");
}
