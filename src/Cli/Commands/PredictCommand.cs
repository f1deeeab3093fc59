using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Records;
using SerLab.Features.Audio;
using SerLab.Models;
using SerLab.Prediction;

namespace SerLab.Cli.Commands;

/// <summary><c>predict</c>: emotions of sounds, by a model file, without a native runtime.</summary>
internal static class PredictCommand
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Argument<string> path = new("MODEL") { Description = "A model file that SerLab wrote, e.g. runs/last/model.onnx." };
        Argument<string[]> clips = new("CLIPS")
        {
            Description = "Sound files, folders with everything below them, and patterns such as 'clips/*.wav'.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> table = new("--table")
        {
            Description = "A CSV with a row of features per clip, for a model that learnt from such a table. Without CLIPS, all "
                + "its rows are answered.",
            HelpName = "FILE",
        };
        Option<bool> csv = new("--csv") { Description = "Write a line per clip, with the clip in the first column (default)." };
        Option<bool> json = CommonOptions.Json();
        Option<string?> output =
            new("--output", "-o") { Description = "The file to write. Default: standard output.", HelpName = "FILE" };
        Option<double?> window = new("--window")
        {
            Description = "Answer along each sound: a row for every window of this many seconds, with its start and end.",
            HelpName = "SECONDS",
        };
        Option<double?> hop = new("--hop")
        {
            Description = "Seconds from the start of one window to the next. Default: the length of a window.",
            HelpName = "SECONDS",
        };
        Option<bool> watch = new("--watch") { Description = "Keep predicting sounds that are added, until Ctrl+C." };
        Option<int> threads = CommonOptions.Threads();
        Option<bool> noCache = CommonOptions.NoCache();
        Option<bool> quiet = CommonOptions.Quiet();
        Command command = new("predict", CommonOptions.WithExamples(
            "Predict the emotion of sounds. A sound that cannot be read is reported and skipped, and the exit code is then 1.\n\n"
            + "With --window, a recording of any length is read in one pass. If the last whole window does not end with the "
            + "recording, one more is added that does; a sound shorter than a window gets one row.",
            "predict runs/last/model.onnx clips -o emotions.csv",
            "predict model.onnx lecture.flac --window 6 --hop 1 -o curve.csv",
            "predict model.onnx 'effects/*.wav' --json",
            "predict model.onnx incoming --watch",
            "predict model.onnx --table features-of-new-clips.csv"))
        {
            path, clips, table, csv, json, output, window, hop, watch, threads, noCache, quiet,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                if (parsed.GetValue(json) && (parsed.GetValue(csv) || parsed.GetValue(watch)))
                {
                    throw new UsageException("--json writes a single document, so it cannot be combined with --csv or --watch.");
                }

                if (parsed.GetValue(table) is null && parsed.GetValue(clips)!.Length == 0)
                {
                    throw new UsageException("There is nothing to predict: name sounds, or a table of features with --table.");
                }

                if (parsed.GetValue(table) is not null && (parsed.GetValue(window) is not null || parsed.GetValue(watch)))
                {
                    throw new UsageException("--table has rows for whole clips, so neither --window nor --watch fits it.");
                }

                RecordingWindows? windows = Windows(parsed.GetValue(window), parsed.GetValue(hop));
                Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) };
                EmotionModel model = EmotionModel.Load(LastRun.Resolve(parsed.GetValue(path)!));
                FeaturesForModel? given = parsed.GetValue(table) is { } file
                    ? FeaturesForModel.Of(model, workbench.Catalogues.FeatureSets, file)
                    : null;
                foreach (string note in given?.Notes ?? [])
                {
                    shown.Note(note);
                }

                ClipPredictor predictor = ClipPredictor.Of(
                    model,
                    given?.Sets ?? workbench.Catalogues.FeatureSets,
                    new ExtractionOptions
                    {
                        Threads = RangeCheck.AtLeast(1, parsed.GetValue(threads), "--threads"),
                        Cache = CommonOptions.Cache(parsed.GetValue(noCache), shown),
                    });
                PredictionRun run = new(predictor, windows, cancellationToken);
                bool complete = PredictionOutput.Run(
                    model,
                    parsed.GetValue(output),
                    shown.Output.Profile.Out.Writer,
                    new PredictionForm(parsed.GetValue(json), windows is not null),
                    written => parsed.GetValue(watch)
                        ? Watch(shown, run, parsed.GetValue(clips)!, written, cancellationToken)
                        : run.On(shown, ClipsOf(parsed.GetValue(clips)!, given), written));
                return complete ? ExitCode.Success : ExitCode.Failed;
            },
            cancellationToken));
        return command;
    }

    private static IReadOnlyList<Clip> ClipsOf(string[] paths, FeaturesForModel? given) =>
        paths.Length > 0 || given is null ? ClipFiles.Find(paths) : given.Clips;

    private static RecordingWindows? Windows(double? window, double? hop)
    {
        if (window is null)
        {
            return hop is null ? null : throw new UsageException("--hop says how far apart windows are; give --window as well.");
        }

        return new RecordingWindows(
            RangeCheck.AtLeast(RecordingWindows.Shortest, window.Value, "--window"),
            RangeCheck.AtLeast(RecordingWindows.Shortest, hop ?? window.Value, "--hop"));
    }

    // Polled, not notified: notifications are lost on network drives, and a file that is still being copied must be tried again.
    private static bool Watch(
        Terminal terminal,
        PredictionRun run,
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
                complete &= run.On(terminal with { Quiet = true }, ready, output);
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
