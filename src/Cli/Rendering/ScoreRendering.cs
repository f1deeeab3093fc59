using SerLab.Cli.Hosting;
using SerLab.Evaluation.Records;
using SerLab.Models;
using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>The scores of a model file as a person reads them, or as JSON.</summary>
internal static class ScoreRendering
{
    public static void Write(Terminal terminal, EmotionModel model, CorpusScores scores, bool json)
    {
        if (json)
        {
            terminal.Output.Profile.Out.Writer.Write(
                RecordJson.Text(
                    new { model.Description.Name, model.Description.Learner, scores.IsTrainingCorpus, scores.Targets }));
            return;
        }

        IAnsiConsole console = terminal.Output;
        string trained = Markup.Escape(model.Description.Corpus);
        console.MarkupLine(scores.IsTrainingCorpus == true
            ? $"[yellow]LEAK[/]: the model was trained on {trained}: these are scores of training clips."
            : $"[grey]note[/] Trained on: {trained}. If these clips were among them, the scores are of training clips.");
        foreach (TargetScores target in scores.Targets)
        {
            Table table = new Table { Border = TableBorder.Rounded }
                .Title($"[bold]{Markup.Escape(target.Target)}[/], {target.Clips} clips")
                .AddColumn("metric")
                .AddColumn(new TableColumn("all clips [[95 % interval]]").RightAligned());
            foreach (ScoredMetric score in target.Metrics)
            {
                table.AddRow(
                    Markup.Escape(score.Metric.Title),
                    Markup.Escape($"{RunRendering.Number(score.Value)} [{RunRendering.Number(score.Interval.Low)}, "
                        + $"{RunRendering.Number(score.Interval.High)}]"));
            }

            console.Write(table);
        }
    }
}
