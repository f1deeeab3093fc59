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
            string about = $"{nested.Target}, {nested.Protocol}{synthetic}";
            bool leaky = run.Description.Protocols.First(protocol => protocol.Name == nested.Protocol).Leaks.Count > 0;
            WriteCandidates(terminal.Output, outcome, about);
            WriteFolds(terminal.Output, nested, about);
            WriteScores(terminal.Output, outcome, leaky);
        }

        RunRendering.WriteFolder(terminal, run);
    }

    private static void WriteCandidates(IAnsiConsole console, SearchOutcome outcome, string about)
    {
        ConsoleTable table = new(
            $"{about}: all candidates",
            [
                .. outcome.Table.Best.Settings.Keys.Select(setting => Column.Number(setting)),
                Column.Number($"{outcome.Table.Metric.Title} mean ± std"),
                Column.Number("rank", 1),
                Column.Number("chosen in folds", 2),
            ]);
        ILookup<string, int> chosen = outcome.Nested.Choices.ToLookup(choice => choice.Chosen.ToString(), choice => choice.Fold);
        foreach (SearchCandidate candidate in outcome.Table.Candidates)
        {
            table.Add(
            [
                .. candidate.Settings.Values,
                $"{RunRendering.Number(candidate.Mean)} ± {RunRendering.Number(candidate.Deviation)}",
                candidate.Rank.ToString(CultureInfo.InvariantCulture),
                chosen[candidate.ToString()].Count() is > 0 and int count ? count.ToString(CultureInfo.InvariantCulture) : "",
            ], isBold: candidate.Rank == 1);
        }

        table.Write(console);
    }

    private static void WriteFolds(IAnsiConsole console, SearchFigures nested, string about)
    {
        string title = nested.Nested.Metric.Title;
        ConsoleTable table = new(
            $"{about}: chosen in each fold by {nested.Choices[0].Inner} inside it",
            Column.Number("fold"),
            Column.Text("best candidate"),
            Column.Number($"{title} inside", 2),
            Column.Number($"{title} on\nthe test part", 1));
        foreach (FoldChoice choice in nested.Choices)
        {
            table.Add(
            [
                choice.Fold.ToString(CultureInfo.InvariantCulture),
                choice.Chosen.ToString(),
                RunRendering.Number(choice.Chosen.Mean),
                RunRendering.Number(choice.TestScore),
            ]);
        }

        table.Write(console);
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
            $"Optimistic (best of {outcome.Table.Candidates.Count} candidates on the same folds): {title} "
            + $"{RunRendering.Number(best.Mean)} ± {RunRendering.Number(best.Deviation)}, {Markup.Escape(best.ToString())}; "
            + "do not report it as a result.");
        console.WriteLine();
    }
}
