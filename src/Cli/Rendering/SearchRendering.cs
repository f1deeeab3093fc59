using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Training.Search;
using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>
/// Prints a search: leaks, all candidates, what each fold chose, and the nested score beside the optimistic one.
/// </summary>
internal static class SearchRendering
{
    public static void Write(Terminal terminal, SearchedExperiment searched, bool json)
    {
        CompletedRun run = searched.Outcome.Run;
        if (json)
        {
            terminal.Output.Profile.Out.Writer.Write(RecordJson.Text(new { run.Folder, searched.Searches }));
            return;
        }

        RunRendering.WriteLeaks(terminal.Output, run.Description.Protocols);
        foreach (SearchOutcome outcome in searched.Searches)
        {
            SearchFigures nested = outcome.Nested;
            string synthetic = run.Description.Corpus.IsSynthetic ? " (SYNTHETIC corpus)" : "";
            string about = $"[bold]{Markup.Escape($"{nested.Target}, {nested.Protocol}")}[/]{synthetic}";
            bool leaky = run.Description.Protocols.First(protocol => protocol.Name == nested.Protocol).Leaks.Count > 0;
            WriteCandidates(terminal.Output, outcome, about);
            WriteFolds(terminal.Output, nested, about);
            WriteScores(terminal.Output, outcome, leaky);
        }

        RunRendering.WriteFolder(terminal, run);
    }

    private static void WriteCandidates(IAnsiConsole console, SearchOutcome outcome, string about)
    {
        Table table = new Table { Border = TableBorder.Rounded }.Title($"{about}: all candidates");
        foreach (string setting in outcome.Table.Best.Settings.Keys)
        {
            table.AddColumn(new TableColumn(Markup.Escape(setting)).RightAligned());
        }

        table.AddColumn(new TableColumn($"{Markup.Escape(outcome.Table.Metric.Title)} mean ± std").RightAligned())
            .AddColumn(new TableColumn("rank").RightAligned())
            .AddColumn(new TableColumn("chosen in folds").RightAligned());
        ILookup<string, int> chosen = outcome.Nested.Choices.ToLookup(choice => choice.Chosen.ToString(), choice => choice.Fold);
        foreach (SearchCandidate candidate in outcome.Table.Candidates)
        {
            string style = candidate.Rank == 1 ? "bold" : "default";
            string[] cells =
            [
                .. candidate.Settings.Values,
                $"{RunRendering.Number(candidate.Mean)} ± {RunRendering.Number(candidate.Deviation)}",
                candidate.Rank.ToString(CultureInfo.InvariantCulture),
                chosen[candidate.ToString()].Count() is > 0 and int count ? count.ToString(CultureInfo.InvariantCulture) : "",
            ];
            table.AddRow([.. cells.Select(cell => $"[{style}]{Markup.Escape(cell)}[/]")]);
        }

        console.Write(table);
    }

    private static void WriteFolds(IAnsiConsole console, SearchFigures nested, string about)
    {
        string title = Markup.Escape(nested.Nested.Metric.Title);
        Table table = new Table { Border = TableBorder.Rounded }
            .Title($"{about}: chosen in each fold by {Markup.Escape(nested.Choices[0].Inner)} inside it")
            .AddColumn(new TableColumn("fold").RightAligned())
            .AddColumn("best candidate")
            .AddColumn(new TableColumn($"{title} inside").RightAligned())
            .AddColumn(new TableColumn($"{title} on the test part").RightAligned());
        foreach (FoldChoice choice in nested.Choices)
        {
            table.AddRow(
                choice.Fold.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(choice.Chosen.ToString()),
                RunRendering.Number(choice.Chosen.Mean),
                RunRendering.Number(choice.TestScore));
        }

        console.Write(table);
    }

    private static void WriteScores(IAnsiConsole console, SearchOutcome outcome, bool leaky)
    {
        MetricSummary nested = outcome.Nested.Nested;
        SearchCandidate best = outcome.Table.Best;
        string title = Markup.Escape(nested.Metric.Title);
        string caveat = leaky ? ", but leaky, see above" : "";
        console.MarkupLine(
            $"Nested{caveat} (each fold's model was chosen without its test clips): {title} "
            + $"[bold]{RunRendering.Number(nested.Mean)}[/] ± {RunRendering.Number(nested.Std)}");
        console.MarkupLine(
            $"Optimistic (best of {outcome.Table.Candidates.Count} candidates on these very folds): {title} "
            + $"{RunRendering.Number(best.Mean)} ± {RunRendering.Number(best.Deviation)}, {Markup.Escape(best.ToString())}; "
            + "do not report it as a result.");
        console.WriteLine();
    }
}
