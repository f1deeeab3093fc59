using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Models;
using SerLab.Prediction;

namespace SerLab.Cli.Commands;

/// <summary><c>score</c>: how well a model file does on labelled clips.</summary>
internal static class ScoreCommand
{
    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Argument<string> path = new("MODEL") { Description = "A model file that SerLab wrote, e.g. runs/last/model.onnx." };
        CorpusOptions corpora = new(workbench.Catalogues.Corpora, standsIn: false);
        Option<string?> groups = new("--groups")
        {
            Description = "The kind of group over which intervals are taken, e.g. speaker. Default: the corpus's own.",
            HelpName = "KIND",
        };
        Option<string?> output =
            new("--output", "-o") { Description = "Also write the predictions to a CSV.", HelpName = "FILE" };
        Option<int> threads = CommonOptions.Threads();
        Option<bool> noCache = CommonOptions.NoCache();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<bool> json = CommonOptions.Json();
        Command command = new("score", CommonOptions.WithExamples(
            "Score a model file on all labelled clips of a corpus. Nothing is trained and nothing is held out, so the scores are "
            + "honest only if the model has not learnt from these clips.",
            "score model.onnx --dataset my-clips/labels.csv",
            "score arousal.onnx --dataset emo-soundscapes --data PATH -o predictions.csv"))
        {
            path, groups, output, threads, noCache, quiet, json,
        };
        foreach (Option option in corpora.One)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                bool asJson = parsed.GetValue(json);
                Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) || asJson };
                EmotionModel model = EmotionModel.Load(LastRun.Resolve(parsed.GetValue(path)!));
                Corpus corpus = corpora.Open(parsed, shown);
                CorpusNotes.Write(shown, corpus);
                CorpusScores scores = ProgressDisplay.Run(shown, progress => model.Score(
                    corpus,
                    parsed.GetValue(groups),
                    new Surroundings
                    {
                        Catalogues = workbench.Catalogues,
                        Cache = CommonOptions.Cache(parsed.GetValue(noCache), shown),
                        Threads = RangeCheck.AtLeast(1, parsed.GetValue(threads), "--threads"),
                        Progress = progress,
                    },
                    cancellationToken));
                if (parsed.GetValue(output) is { } file)
                {
                    PredictionForm table = new(IsJson: false, HasWindows: false);
                    PredictionOutput.Run(model, file, TextWriter.Null, table, written =>
                    {
                        written.Write([.. corpus.Clips.Select(clip => clip.Id)], scores.Predictions);
                        return true;
                    });
                }

                ScoreRendering.Write(terminal, model, scores, asJson);
                return ExitCode.Success;
            },
            cancellationToken));
        return command;
    }
}
