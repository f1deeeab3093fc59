using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Cli.Prediction;
using SerLab.Cli.Rendering;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Records;
using SerLab.Models;

namespace SerLab.Cli.Commands;

/// <summary><c>predict</c>: emotions of sounds, by a model file, without a native runtime.</summary>
internal static class PredictCommand
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Argument<string> path = new("MODEL") { Description = "A model file of SerLab's, e.g. runs/last/model.onnx." };
        Argument<string[]> clips = new("CLIPS")
        {
            Description = "Sound files, folders (searched through) and patterns such as 'clips/*.wav'.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> csv = new("--csv") { Description = "One line per clip, the clip first (default)." };
        Option<bool> json = CommonOptions.Json();
        Option<string?> output =
            new("--output", "-o") { Description = "Where to write. Default: standard output.", HelpName = "FILE" };
        Option<bool> watch = new("--watch") { Description = "Keep predicting sounds that appear later, until Ctrl+C." };
        Option<int> threads = CommonOptions.Threads();
        Option<bool> noCache = CommonOptions.NoCache();
        Option<bool> quiet = CommonOptions.Quiet();
        Command command = new("predict", CommonOptions.WithExamples(
            "Predict the emotion of sounds. A sound that cannot be read is reported and skipped, and the exit code is then 1.",
            "predict runs/last/model.onnx clips -o emotions.csv",
            "predict model.onnx 'effects/*.wav' --json",
            "predict model.onnx incoming --watch"))
        {
            path, clips, csv, json, output, watch, threads, noCache, quiet,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                if (parsed.GetValue(json) && (parsed.GetValue(csv) || parsed.GetValue(watch)))
                {
                    throw new UsageException("--json is one document: it goes neither with --csv nor with --watch.");
                }

                Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) };
                EmotionModel model = EmotionModel.Load(LastRun.Resolve(parsed.GetValue(path)!));
                ClipPredictor predictor = ClipPredictor.Of(
                    model,
                    workbench.Catalogues.FeatureSets,
                    new ExtractionOptions
                    {
                        Threads = RangeCheck.AtLeast(1, parsed.GetValue(threads), "--threads"),
                        Cache = parsed.GetValue(noCache) ? null : new FeatureCache(),
                        RequiredSampleRate = model.Description.SampleRate,
                    });
                bool complete = PredictionOutput.Run(
                    model,
                    parsed.GetValue(output),
                    shown.Output.Profile.Out.Writer,
                    parsed.GetValue(json),
                    written => parsed.GetValue(watch)
                        ? Watch(shown, predictor, parsed.GetValue(clips)!, written, cancellationToken)
                        : predictor.Run(shown, ClipFiles.Find(parsed.GetValue(clips)!), written, cancellationToken));
                return complete ? ExitCode.Success : ExitCode.Failed;
            },
            cancellationToken));
        return command;
    }

    // Polled, not notified: notifications are lost on network drives, and a file that is still being copied must be tried again.
    private static bool Watch(
        Terminal terminal,
        ClipPredictor predictor,
        IReadOnlyList<string> paths,
        PredictionOutput output,
        CancellationToken cancellationToken)
    {
        HashSet<string> done = [];
        Dictionary<string, long> growing = [];
        terminal.Note("Watching; Ctrl+C ends.");
        bool complete = true;
        do
        {
            List<Clip> ready = [];
            foreach (Clip clip in FindExisting(paths).Where(clip => !done.Contains(clip.Id)))
            {
                long length = new FileInfo(clip.Audio!.Name).Length;
                if (growing.TryGetValue(clip.Id, out long before) && before == length)
                {
                    ready.Add(clip);
                }

                growing[clip.Id] = length;
            }

            if (ready.Count > 0)
            {
                complete &= predictor.Run(terminal with { Quiet = true }, ready, output, cancellationToken);
                output.Flush();
                done.UnionWith(ready.Select(clip => clip.Id));
            }
        }
        while (!cancellationToken.WaitHandle.WaitOne(WatchInterval));
        return complete;
    }

    private static IReadOnlyList<Clip> FindExisting(IReadOnlyList<string> paths)
    {
        try
        {
            return ClipFiles.Find(paths);
        }
        catch (InvalidInputException)
        {
            // An empty folder is nothing wrong while one waits for sounds to arrive.
            return [];
        }
    }
}
