using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Tables;
using SerLab.Features.FeatureSets;

namespace SerLab.Cli.Commands;

/// <summary><c>extract</c>: turns sounds into a table of features.</summary>
internal static class ExtractCommand
{
    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Argument<string[]> clips = new("CLIPS")
        {
            Description = "Sound files, folders (searched through) and patterns such as 'clips/*.wav'.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> features = new("--features")
        {
            Description = $"The feature set: {string.Join(", ", workbench.Catalogues.FeatureSets.Names)}.",
            HelpName = "SET",
            DefaultValueFactory = _ => workbench.Catalogues.FeatureSets.Names.First(),
        };
        Option<string?> output = new("--output", "-o")
        {
            Description = "The CSV to write: first column the clip, then one per feature. Default: standard output.",
            HelpName = "FILE",
        };
        Option<int> threads = CommonOptions.Threads();
        Option<bool> noCache = CommonOptions.NoCache();
        Option<bool> quiet = CommonOptions.Quiet();
        Command command = new("extract", CommonOptions.WithExamples(
            "Turn sounds into a table of features. A sound that cannot be read is reported and skipped, and the exit code is 1.",
            "extract clips -o features.csv",
            "extract 'clips/*.wav' --features librosa180 --no-cache"))
        {
            clips, features, output, threads, noCache, quiet,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) };
                FeatureSet set = workbench.Catalogues.FeatureSets.Get(parsed.GetValue(features)!);
                IReadOnlyList<Clip> sounds = ClipFiles.Find(parsed.GetValue(clips)!);
                ExtractionOptions options = new()
                {
                    Threads = RangeCheck.AtLeast(1, parsed.GetValue(threads), "--threads"),
                    Cache = parsed.GetValue(noCache) ? null : new FeatureCache(),
                };
                IReadOnlyList<ClipFeatures> extracted = ProgressDisplay.Run(
                    shown, progress => FeatureExtractor.ExtractEach(sounds, set, options, progress, cancellationToken));
                ClipFeatures[] good = [.. extracted.Where(clip => clip.Succeeded)];
                FeatureTable table = new(
                    [.. good.Select(clip => clip.ClipId)],
                    set.Names,
                    FeatureMatrix.FromRows([.. good.Select(clip => clip.Values!)], set.Names.Count));
                if (parsed.GetValue(output) is { } path)
                {
                    FeatureTableCsv.Write(table, path);
                    shown.Note($"{good.Length} clips × {set.Names.Count} features ({set.Key}) -> {path}");
                }
                else
                {
                    FeatureTableCsv.Write(table, shown.Output.Profile.Out.Writer);
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
