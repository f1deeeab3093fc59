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
        string trained = model.Description.Corpus;
        if (scores.IsTrainingCorpus == true)
        {
            console.WriteLeak($": the model was trained on {trained}: these are scores of training clips.");
        }
        else
        {
            console.WriteLine($"Trained on: {trained}. If these clips were among them, the scores are of training clips.");
        }

        foreach (TargetScores target in scores.Targets)
        {
            ConsoleTable table = new(
                $"{target.Target}, {target.Clips} clips",
                Column.Text("metric"),
                Column.Number("all clips [95 % interval]"));
            foreach (ScoredMetric score in target.Metrics)
            {
                table.Add(
                [
                    score.Metric.Title,
                    $"{RunRendering.Number(score.Value)} [{RunRendering.Number(score.Interval.Low)}, "
                        + $"{RunRendering.Number(score.Interval.High)}]",
                ]);
            }

            console.WriteLine();
            table.Write(console);
        }
    }
}
