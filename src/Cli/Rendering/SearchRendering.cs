using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Search;
using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>Prints a search: leaks, all candidates, what each fold chose, and the honest score beside the flattering one.</summary>
internal static class SearchRendering
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Write(Terminal terminal, IReadOnlyList<SearchOutcome> outcomes, bool isSynthetic, bool json)
    {
        if (json)
        {
            terminal.Output.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(outcomes, Json));
            return;
        }

        foreach (SearchOutcome outcome in outcomes)
        {
            foreach (Leak leak in outcome.Leaks)
            {
                terminal.Output.MarkupLine($"[yellow]LEAK[/] in {Markup.Escape(outcome.Protocol)}: {Markup.Escape(leak.Sentence)}");
            }

            string about = $"{outcome.Target}, {outcome.Protocol}{(isSynthetic ? " (SYNTHETIC corpus)" : "")}";
            WriteCandidates(terminal.Output, outcome, about);
            WriteFolds(terminal.Output, outcome, about);
            WriteScores(terminal.Output, outcome);
        }
    }

    private static void WriteCandidates(IAnsiConsole console, SearchOutcome outcome, string about)
    {
        Table table = new Table { Border = TableBorder.Rounded }.Title($"[bold]{Markup.Escape(about)}[/]: all candidates");
        foreach (string setting in outcome.Table.Best.Settings.Keys)
        {
            table.AddColumn(new TableColumn(Markup.Escape(setting)).RightAligned());
        }

        table.AddColumn(new TableColumn($"{Markup.Escape(outcome.Table.Metric.Title)} mean ± std").RightAligned())
            .AddColumn(new TableColumn("rank").RightAligned())
            .AddColumn(new TableColumn("chosen in folds").RightAligned());
        ILookup<string, int> chosen = outcome.Folds.ToLookup(fold => fold.Chosen.ToString(), fold => fold.Fold);
        foreach (SearchCandidate candidate in outcome.Table.Candidates)
        {
            string style = candidate.Rank == 1 ? "bold" : "default";
            string[] cells =
            [
                .. candidate.Settings.Values, $"{Number(candidate.Mean)} ± {Number(candidate.Deviation)}",
                candidate.Rank.ToString(CultureInfo.InvariantCulture),
                chosen[candidate.ToString()].Count() is > 0 and int count ? count.ToString(CultureInfo.InvariantCulture) : "",
            ];
            table.AddRow([.. cells.Select(cell => $"[{style}]{Markup.Escape(cell)}[/]")]);
        }

        console.Write(table);
    }

    private static void WriteFolds(IAnsiConsole console, SearchOutcome outcome, string about)
    {
        string title = Markup.Escape(outcome.Table.Metric.Title);
        Table table = new Table { Border = TableBorder.Rounded }
            .Title($"[bold]{Markup.Escape(about)}[/]: chosen in each fold by {Markup.Escape(outcome.Folds[0].Inner.Folds)} inside it")
            .AddColumn(new TableColumn("fold").RightAligned())
            .AddColumn("best candidate")
            .AddColumn(new TableColumn($"{title} inside").RightAligned())
            .AddColumn(new TableColumn($"{title} on the test part").RightAligned());
        foreach (NestedFold fold in outcome.Folds)
        {
            table.AddRow(
                fold.Fold.ToString(CultureInfo.InvariantCulture), Markup.Escape(fold.Chosen.ToString()), Number(fold.Chosen.Mean),
                Number(fold.TestScore));
        }

        console.Write(table);
    }

    private static void WriteScores(IAnsiConsole console, SearchOutcome outcome)
    {
        string title = Markup.Escape(outcome.Table.Metric.Title);
        console.MarkupLine(
            $"{(outcome.Leaks.Count == 0 ? "Honest" : "Leaky, see above, but at least nested")} (each fold's model was chosen without its test clips): {title} [bold]{Number(outcome.Nested)}[/] ± {Number(outcome.NestedDeviation)}");
        console.MarkupLine(
            $"Flattering (best of {outcome.Table.Candidates.Count} candidates on these very folds): {title} {Number(outcome.Optimistic)} ± "
            + $"{Number(outcome.Table.Best.Deviation)}, {Markup.Escape(outcome.Table.Best.ToString())}; do not report it as a result.");
        console.WriteLine();
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "n/a";
}
