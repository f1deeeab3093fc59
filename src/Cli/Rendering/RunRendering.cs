using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SerLab.Evaluation.Comparisons;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Runs;
using SerLab.Reports;
using SerLab.Training.Metrics;
using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>A finished run as a person reads it, or as JSON.</summary>
internal static class RunRendering
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Write(Terminal terminal, CompletedRun run, bool json)
    {
        if (json)
        {
            terminal.Output.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(
                new { run.Folder, run.Description, run.Comparison.Rows, run.Comparison.Gaps, run.Comparison.Tests }, Json));
            return;
        }

        WriteLeaks(terminal.Output, run.Description.Protocols);
        foreach (string target in run.Description.Targets.Select(t => t.Name))
        {
            WriteTarget(terminal.Output, run, target);
        }

        if (run.ResumedFolds > 0)
        {
            terminal.Note($"{run.ResumedFolds} folds were finished by an earlier start of this run.");
        }

        if (run.Folder is { } folder)
        {
            terminal.Output.WriteLine($"Every prediction behind these figures: {folder}");
            terminal.Output.WriteLine($"Report: {Path.Combine(folder, HtmlReport.FileName)}");
        }
    }

    // Before any figure: whoever reads only the first line knows which figures flatter.
    private static void WriteLeaks(IAnsiConsole console, IEnumerable<ProtocolDescription> protocols)
    {
        foreach (ProtocolDescription protocol in protocols)
        {
            foreach (Leak leak in protocol.Leaks)
            {
                console.MarkupLine($"[yellow]LEAK[/] in {Markup.Escape(protocol.Name)}: {Markup.Escape(leak.Sentence)}");
            }
        }
    }

    private static void WriteTarget(IAnsiConsole console, CompletedRun run, string target)
    {
        string synthetic = run.Description.Corpus.IsSynthetic ? " (SYNTHETIC corpus)" : "";
        (Metric main, Metric second) = MainMetrics(run, target);
        Table table = new Table { Border = TableBorder.Rounded }
            .Title($"[bold]{Markup.Escape(target)}[/]{synthetic}: {Markup.Escape(run.Description.Features.Set)}, "
                + $"{run.Description.Corpus.Clips} clips")
            .AddColumn("model")
            .AddColumn("protocol")
            .AddColumn(new TableColumn($"{main.Title} mean ± std").RightAligned())
            .AddColumn(new TableColumn($"{main.Title} pooled [[95 % interval]]").RightAligned())
            .AddColumn(new TableColumn($"{second.Title} mean ± std").RightAligned())
            .AddColumn(new TableColumn($"{second.Title} pooled").RightAligned())
            .AddColumn(new TableColumn("gap").RightAligned());
        string[] protocols = [.. run.Description.Protocols.Select(p => p.Name)];
        foreach (string model in run.Description.Models)
        {
            foreach (string protocol in protocols)
            {
                if (run.Comparison.Find(protocol, target, model) is { } row)
                {
                    MetricSummary first = row[main.Name];
                    table.AddRow(
                        protocol == protocols[0] ? $"[bold]{Markup.Escape(model)}[/]" : "",
                        Markup.Escape(protocol),
                        Spread(first),
                        Markup.Escape($"{Number(first.Pooled)} [{Number(first.Interval.Low)}, {Number(first.Interval.High)}]"),
                        Spread(row[second.Name]),
                        Number(row[second.Name].Pooled),
                        Gap(run.Comparison, row, main));
                }
            }
        }

        console.Write(table);
    }

    private static (Metric Main, Metric Second) MainMetrics(CompletedRun run, string target)
    {
        ComparisonRow row = run.Comparison.Rows.First(r => r.Target == target);
        bool isRating = run.Description.Targets.First(t => t.Name == target).Classes.Count == 0;
        return isRating ? (row["r2"].Metric, row["mse"].Metric) : (row["accuracy"].Metric, row["uar"].Metric);
    }

    private static string Gap(Comparison comparison, ComparisonRow row, Metric metric)
    {
        ProtocolGap? gap = comparison.Gaps.FirstOrDefault(g =>
            g.Target == row.Target && g.Model == row.Model && g.Honest == row.Protocol && g.Metric.Name == metric.Name);
        return gap is null || !double.IsFinite(gap.Flattery) ? "" : (-gap.Flattery).ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);
    }

    private static string Spread(MetricSummary metric) => $"{Number(metric.Mean)} ± {Number(metric.Deviation)}";

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "n/a";
}
