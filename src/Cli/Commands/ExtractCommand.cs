using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Descriptions;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Sharing;
using SerLab.Features.FeatureSets;

namespace SerLab.Cli.Commands;

/// <summary><c>extract</c>: turns sounds into a table of features.</summary>
internal static class ExtractCommand
{
    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Argument<string[]> clips = new("CLIPS")
        {
            Description = "Sound files, folders with everything below them, and patterns such as 'clips/*.wav'.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> features = new("--features")
        {
            Description = $"The feature set: {string.Join(", ", workbench.Catalogues.FeatureSets.Names)}. SET@3s hears three "
                + "seconds around the middle of every sound, SET@10-15s those from second 10 to 15, SET@16000Hz every sound at "
                + "that rate.",
            HelpName = "SET",
            DefaultValueFactory = _ => workbench.Catalogues.FeatureSets.Names.First(),
        };
        Option<string?> path = new("--output", "-o")
        {
            Description = "Where to write: a CSV with a row per clip (default: to standard output), a NumPy array of all clips "
                + "(.npy), or a folder with an array per clip.",
            HelpName = "PATH",
        };
        Option<int> threads = CommonOptions.Threads();
        Option<bool> noCache = CommonOptions.NoCache();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<int?> task = new("--task")
        {
            Description = "Number of the share of clips to process, from 0; their features go into the cache and nowhere else.",
            HelpName = "I",
        };
        Option<int?> of = new("--of")
        {
            Description = "Number of shares. In a Slurm job array or an indexed Kubernetes job, --task is not needed.",
            HelpName = "N",
        };
        Command command = new("extract", CommonOptions.WithExamples(
            "Compute features of sounds. Writes tables, images or series. A sound that cannot be read is reported and skipped, "
                + "and the exit code is then 1.",
            "extract clips -o features.csv",
            "extract 'clips/*.wav' --features librosa180 --no-cache",
            "extract clips --features logmel64 -o images",
            "extract clips --features logmel64@3s -o images.npy",
            "extract clips --task 3 --of 8"))
        {
            clips, features, path, threads, noCache, quiet, task, of,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) };
                (Catalogue<FeatureSet> sets, string name) =
                    EmbeddingFile.Resolve(workbench.Catalogues.FeatureSets, parsed.GetValue(features)!);
                FeatureSet set = sets.GetSet(name);
                WorkShare? share = (parsed.GetValue(task) ?? parsed.GetValue(of)) is null
                    ? null
                    : ShareOfProcess.Read(parsed.GetValue(task), parsed.GetValue(of), Environment.GetEnvironmentVariable);
                if (share is not null && (parsed.GetValue(path) is not null || parsed.GetValue(noCache)))
                {
                    throw new UsageException(
                        "A share goes into the cache, without --output and --no-cache; extract without a share writes all at the "
                        + "end.");
                }

                FeatureOutput? output = share is null ? new FeatureOutput(set, parsed.GetValue(path)) : null;
                IReadOnlyList<Clip> all = ClipFiles.Find(parsed.GetValue(clips)!);
                IReadOnlyList<Clip> sounds = share?.In(all, clip => new FileInfo(clip.Id).Length) ?? all;
                ExtractionOptions options = new()
                {
                    Threads = RangeCheck.AtLeast(1, parsed.GetValue(threads), "--threads"),
                    Cache = CommonOptions.Cache(parsed.GetValue(noCache), shown),
                };
                IReadOnlyList<ClipFeatures> extracted = ProgressDisplay.Run(
                    shown, progress => FeatureExtractor.ExtractEach(sounds, set, options, progress, cancellationToken));
                ClipFeatures[] good = [.. extracted.Where(clip => clip.Succeeded)];
                if (share is { } part)
                {
                    shown.Note($"Share {part.Index} of {part.Of}: the features of {good.Length} clips are in the cache.");
                }
                else if (good.Length > 0)
                {
                    output!.Write(good, shown);
                }

                foreach (ClipFeatures failed in extracted.Where(clip => !clip.Succeeded))
                {
                    shown.Error(failed.Error!.Message);
                }

                return good.Length == extracted.Count ? ExitCode.Success : ExitCode.Failed;
            },
            cancellationToken));
        return command;
    }
}
