using SerLab.Cli.Hosting;
using SerLab.Evaluation.Experiments;
using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>A finished series as a person reads it, or as JSON.</summary>
internal static class ReproductionRendering
{
    public static void Write(Terminal terminal, CompletedSeries series, bool json)
    {
        Reproduction reproduction = series.Reproduction;
        if (json)
        {
            terminal.Output.Profile.Out.Writer.Write(SeriesFiles.ToJson(reproduction));
            return;
        }

        IAnsiConsole console = terminal.Output;
        if (reproduction.NotComparable is { } reason)
        {
            console.MarkupLine($"[yellow]OTHER DATA, NO VERDICT[/]: {Markup.Escape(reason)}");
        }

        foreach (var same in reproduction.Leaks.GroupBy(leak => (leak.Protocol, leak.Leak.Sentence)))
        {
            string sets = string.Join(", ", same.Select(ReproductionText.Where).Distinct());
            string where = Markup.Escape($"{same.Key.Protocol} ({sets})");
            console.MarkupLine($"[yellow]LEAK[/] in {where}: {Markup.Escape(same.Key.Sentence)}");
        }

        IEnumerable<string> changes = reproduction.Overrides.Select(change => $"Changed on the command line: {change}");
        foreach (string note in changes.Concat(reproduction.Notes))
        {
            console.MarkupLine($"[grey]note[/] {Markup.Escape(note)}");
        }

        foreach (var table in reproduction.Figures.GroupBy(f => (f.Part, f.FeatureSet, f.Target)))
        {
            console.Write(TableOf(table.Key.Part, table.Key.FeatureSet, table.Key.Target, reproduction, [.. table]));
        }

        if (reproduction.Figures.Any(f => f.Comparison is not null))
        {
            console.WriteLine(ReproductionText.VerdictRule);
        }

        WritePublished(console, reproduction);
        foreach (Finding finding in reproduction.Findings)
        {
            console.MarkupLine($"\n[bold]{Markup.Escape(finding.Title)}[/]");
            foreach (string sentence in finding.Sentences)
            {
                console.MarkupLine($"  {Markup.Escape(sentence)}");
            }
        }

        if (series.Folder is { } folder)
        {
            console.WriteLine($"\nEvery prediction behind these figures, and {SeriesFolder.Text}: {folder}");
        }
    }

    private static Table TableOf(
        string part, string featureSet, string target, Reproduction reproduction, SeriesFigure[] figures)
    {
        string synthetic = reproduction.Corpus.IsSynthetic ? " (SYNTHETIC corpus)" : "";
        string title = string.Join(", ", new[] { part, featureSet }.Where(text => text.Length > 0));
        bool isCompared = figures.Any(f => f.Published is not null);
        bool isOptimistic = figures.Any(f => f.Optimism is not null);
        bool isPlaced = figures.Any(f => f.Place is not null);
        Table table = new Table { Border = TableBorder.Rounded }
            .Title($"[bold]{Markup.Escape(target)}[/]{synthetic}: {Markup.Escape(title)}")
            .AddColumn("learner")
            .AddColumn("protocol")
            .AddColumn("metric")
            .AddColumn(new TableColumn("ours, mean ± std").RightAligned())
            .AddColumn(new TableColumn("ours, pooled [[95 % interval]]").RightAligned());
        if (isOptimistic)
        {
            table.AddColumn(new TableColumn("optimism").RightAligned());
        }

        if (isCompared)
        {
            table.AddColumn(new TableColumn("published").RightAligned())
                .AddColumn(new TableColumn("difference / std").RightAligned())
                .AddColumn("verdict");
        }

        if (isPlaced)
        {
            table.AddColumn("published among ours");
        }

        foreach (var row in figures.GroupBy(f => (f.Learner, f.Protocol))
            .OrderBy(row => Array.FindIndex(figures, f => f.Learner == row.Key.Learner)))
        {
            foreach (SeriesFigure f in row)
            {
                bool isFirst = f == row.First();
                string[] ours =
                [
                    isFirst ? f.Learner : "",
                    isFirst ? f.Protocol : "",
                    f.Metric,
                    $"{ReproductionText.Number(f.Mean)} ± {ReproductionText.Number(f.Std)}",
                    ReproductionText.Pooled(f),
                ];
                string[] theirs =
                [
                    ReproductionText.Published(f.Published),
                    ReproductionText.Difference(f.Comparison),
                    ReproductionText.Word(f.Comparison),
                ];
                string[] optimism = isOptimistic ? [ReproductionText.Optimism(f.Optimism)] : [];
                string[] place = isPlaced ? [ReproductionText.Place(f.Place)] : [];
                table.AddRow([.. ours.Concat(optimism).Concat(isCompared ? theirs : []).Concat(place).Select(Markup.Escape)]);
            }
        }

        return table;
    }

    private static void WritePublished(IAnsiConsole console, Reproduction reproduction)
    {
        if (reproduction.Source is not { } source)
        {
            return;
        }

        if (reproduction.Figures.All(f => f.Published is null))
        {
            console.MarkupLine("\n[bold]Published, of other data[/]");
            foreach (PublishedFigure figure in reproduction.Published)
            {
                console.MarkupLine($"  {Markup.Escape(ReproductionText.Describe(figure))}");
            }
        }

        foreach (string note in reproduction.Figures.Select(f => f.Note).OfType<string>().Distinct())
        {
            console.MarkupLine($"[grey]note[/] {Markup.Escape(note)}");
        }

        console.MarkupLine($"[grey]Published:[/] {Markup.Escape(source)}");
    }
}
