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
            console.WriteCaution("OTHER DATA, NO VERDICT", $": {reason}");
        }

        foreach (var same in reproduction.Leaks.GroupBy(leak => (leak.Protocol, leak.Leak.Sentence)))
        {
            string sets = string.Join(", ", same.Select(ReproductionText.Where).Distinct());
            console.WriteLeak($" in {same.Key.Protocol} ({sets}): {same.Key.Sentence}");
        }

        IEnumerable<string> changes = reproduction.Overrides.Select(change => $"Changed on the command line: {change}");
        foreach (string note in changes.Concat(reproduction.Notes))
        {
            console.WriteLine($"note: {note}");
        }

        foreach (var table in reproduction.Figures.GroupBy(f => (f.Part, f.FeatureSet, f.Target)))
        {
            console.WriteLine();
            TableOf(table.Key.Part, table.Key.FeatureSet, table.Key.Target, reproduction, [.. table]).Write(console);
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
                console.WriteLine($"  {sentence}");
            }
        }

        if (series.Folder is { } folder)
        {
            console.WriteLine($"\nEvery prediction behind these figures, and {SeriesFolder.Text}: {folder}");
        }
    }

    private static ConsoleTable TableOf(
        string part, string featureSet, string target, Reproduction reproduction, SeriesFigure[] figures)
    {
        string synthetic = reproduction.Corpus.IsSynthetic ? " (SYNTHETIC corpus)" : "";
        string title = string.Join(", ", new[] { part, featureSet }.Where(text => text.Length > 0));
        bool isCompared = figures.Any(f => f.Published is not null);
        bool isOptimistic = figures.Any(f => f.Optimism is not null);
        bool isPlaced = figures.Any(f => f.Place is not null);
        Column[] optimism = isOptimistic ? [Column.Number("optimism", 4)] : [];
        Column[] theirs = isCompared
            ? [Column.Number("published", 1), Column.Number("difference\n/ std", 5), Column.Text("verdict", 2)]
            : [];
        Column[] place = isPlaced ? [Column.Text("published among ours", 6)] : [];
        ConsoleTable table = new(
            $"{target}{synthetic}: {title}",
            [
                Column.Text("learner"),
                Column.Text("protocol"),
                Column.Text("metric"),
                Column.Number("ours,\nmean ± std"),
                Column.Number("ours, pooled\n[95 % interval]", 3),
                .. optimism,
                .. theirs,
                .. place,
            ])
        {
            Elsewhere = SeriesFolder.Text,
        };
        foreach (var row in figures.GroupBy(f => (f.Learner, f.Protocol))
            .OrderBy(row => Array.FindIndex(figures, f => f.Learner == row.Key.Learner)))
        {
            foreach (SeriesFigure f in row)
            {
                bool isFirst = f == row.First();
                string[] published =
                [
                    ReproductionText.Published(f.Published),
                    ReproductionText.Difference(f.Comparison),
                    ReproductionText.Word(f.Comparison),
                ];
                table.Add(
                [
                    isFirst ? f.Learner : "",
                    isFirst ? f.Protocol : "",
                    f.Metric,
                    $"{ReproductionText.Number(f.Mean)} ± {ReproductionText.Number(f.Std)}",
                    ReproductionText.Pooled(f),
                    .. optimism.Select(_ => ReproductionText.Optimism(f.Optimism)),
                    .. isCompared ? published : [],
                    .. place.Select(_ => ReproductionText.Place(f.Place)),
                ]);
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
                console.WriteLine($"  {ReproductionText.Describe(figure)}");
            }
        }

        foreach (string note in reproduction.Figures.Select(f => f.Note).OfType<string>().Distinct())
        {
            console.WriteLine($"note: {note}");
        }

        console.WriteLine($"Published: {source}");
    }
}
