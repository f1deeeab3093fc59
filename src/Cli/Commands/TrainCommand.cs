using System.CommandLine;
using SerLab.Cli.Rendering;
using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Synthetic;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Protocols;
using SerLab.Features.Waveform;
using SerLab.Reports;
using SerLab.Training.Catalogue;

namespace SerLab.Cli.Commands;

/// <summary><c>train</c>: compares models on a corpus by cross-validation.</summary>
internal static class TrainCommand
{
    private const string Best = "best";

    private const string None = "none";

    private const string Waveform = "waveform";

    public static Command Create(Terminal terminal, Workbench workbench)
    {
        LearnerCatalogue catalogue = workbench.Catalogue;
        Option<string?> dataset = new("--dataset")
        {
            Description = "A corpus by name (data list), or your own: a CSV, a corpus.yaml, a folder with one. "
                + "Default: what --data holds, Emo-Soundscapes if it is there, else the built-in synthetic soundscapes.",
            HelpName = "NAME|PATH",
        };
        Option<string> data = CommonOptions.Data();
        Option<string?> features = new("--features")
        {
            Description = "A feature set (meyda74, librosa180, librosa360; emo122 and emo74 for Emo-Soundscapes). Default: the corpus's own.",
            HelpName = "SET",
        };
        Option<string[]> models = CommonOptions.Names(
            "--models",
            $"Models to compare. For ratings: {Names(catalogue.Regression)} (default: "
            + $"{string.Join(",", catalogue.DefaultRegression)}). For classes: {Names(catalogue.Classification)} (default: "
            + $"{string.Join(",", catalogue.DefaultClassification)}).");
        Option<string[]> targets = CommonOptions.Names("--targets", "Ratings to predict, e.g. arousal. Default: all.");
        Option<string[]> protocols = CommonOptions.Names(
            "--protocols",
            $"How models are judged: {string.Join(", ", ProtocolCatalogue.Names)}. Default: random, and grouped where clips have groups.");
        Option<int> folds = new("--kfold", "-k")
        {
            Description = "Number of folds.",
            HelpName = "K",
            DefaultValueFactory = _ => 10,
        };
        Option<string?> groups = new("--groups")
        {
            Description = "What must not cross folds, e.g. speaker or location. Default: the corpus's own kind of group.",
            HelpName = "KIND",
        };
        Option<int> seed = new("--seed") { Description = "Same seed, same bytes.", HelpName = "N", DefaultValueFactory = _ => 0 };
        Option<string[]> settings = new("--set")
        {
            Description = "Changes a setting of a model, e.g. svr.C=10 or mlp.scaler=minmax.",
            HelpName = "MODEL.SETTING=VALUE",
            DefaultValueFactory = _ => [],
        };
        Option<string> export = new("--export")
        {
            Description = "The model to hand to apps as model.onnx in the run folder: a name, 'best' or 'none'.",
            HelpName = "MODEL",
            DefaultValueFactory = _ => Best,
        };
        Option<string> input = new Option<string>("--input")
        {
            Description = "What the exported model takes: features; or waveform, which writes model-waveform.onnx too, for apps that "
                + "have samples and no audio library.",
            HelpName = "features|waveform",
            DefaultValueFactory = _ => "features",
        }.AcceptOnlyFromAmong("features", Waveform);
        Option<int> threads = CommonOptions.Threads();
        Option<string> runs = CommonOptions.Runs();
        Option<bool> noCache = CommonOptions.NoCache();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<bool> json = CommonOptions.Json();
        Command command = new("train", CommonOptions.WithExamples(
            "Compare models on a corpus by cross-validation: a table, and a run folder with every prediction behind it.",
            "train --kfold 10",
            "train --dataset isd --data PATH/isd --models svr,forest,mean",
            "train --dataset my-clips/corpus.yaml --groups speaker --set svr.C=10"))
        {
            dataset, data, features, models, targets, protocols, folds, groups, seed, settings, export, input, threads,
            runs, noCache, quiet, json,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) || parsed.GetValue(json) };
                int foldCount = RangeCheck.AtLeast(2, parsed.GetValue(folds), "--kfold");
                int seedValue = RangeCheck.AtLeast(0, parsed.GetValue(seed), "--seed");
                int threadCount = RangeCheck.AtLeast(1, parsed.GetValue(threads), "--threads");
                Corpus corpus = OpenCorpus(shown, parsed.GetValue(dataset), parsed.GetValue(data)!, parsed.GetResult(data)?.Implicit ?? true);
                CorpusNotes.Write(shown, corpus);
                string[] named = parsed.GetValue(models)!;
                IReadOnlyList<string> defaults =
                    corpus.Targets.Count > 0 ? catalogue.DefaultRegression : catalogue.DefaultClassification;
                Experiment experiment = new()
                {
                    Name = corpus.Name,
                    FeatureSet = parsed.GetValue(features),
                    Learners = ModelSettings.Apply(named.Length > 0 ? named : defaults, parsed.GetValue(settings)!),
                    Targets = parsed.GetValue(targets)!,
                    Protocols = parsed.GetValue(protocols)!,
                    Group = parsed.GetValue(groups),
                    Folds = foldCount,
                    Seed = seedValue,
                };
                string exported = parsed.GetValue(export)!;
                bool waveform = parsed.GetValue(input) == Waveform;
                CheckExport(exported, waveform, experiment);
                ExperimentOutcome outcome = ProgressDisplay.Run(shown, progress => ExperimentRunner.Run(
                    experiment,
                    corpus,
                    new ExperimentSurroundings
                    {
                        Catalogue = catalogue,
                        Cache = parsed.GetValue(noCache) ? null : new FeatureCache(),
                        Threads = threadCount,
                        RunsFolder = parsed.GetValue(runs),
                        Documents = [HtmlReport.Document],
                        CommandLine = CommandText.Reproducing(workbench.Invocation, parsed, export, input, threads, runs, noCache, quiet, json),
                        Progress = progress,
                    },
                    cancellationToken));
                RunRendering.Write(shown, outcome.Run, parsed.GetValue(json));
                if (exported != None)
                {
                    Export(shown, corpus, experiment, outcome, exported, waveform, catalogue, cancellationToken);
                }

                return ExitCode.Success;
            },
            cancellationToken));
        return command;
    }

    private static void CheckExport(string exported, bool waveform, Experiment experiment)
    {
        string[] known = [.. experiment.Learners.Select(learner => learner.Name), Best, None];
        if (!known.Contains(exported))
        {
            throw NearestName.Unknown("model to export", exported, known);
        }

        if (waveform && exported == None)
        {
            throw new UsageException("--input waveform says what the exported model takes; --export none exports no model.");
        }

        // Said before the work, where it is known by then.
        if (waveform && experiment.FeatureSet is { } set && !WaveformFeatures.Exportable.Contains(set))
        {
            throw new InvalidInputException(
                $"The features '{set}' cannot be computed inside a model file; --input waveform goes with "
                + $"{string.Join(", ", WaveformFeatures.Exportable)}.");
        }
    }

    private static void Export(
        Terminal terminal,
        Corpus corpus,
        Experiment experiment,
        ExperimentOutcome outcome,
        string exported,
        bool waveform,
        LearnerCatalogue catalogue,
        CancellationToken cancellationToken)
    {
        string model = exported == Best ? ModelExport.BestModel(outcome.Run) : exported;
        IReadOnlyList<string> paths = ModelExport.Write(
            corpus,
            outcome,
            experiment.Learners.First(learner => learner.Name == model),
            outcome.Run.Folder!,
            waveform,
            catalogue,
            cancellationToken);
        foreach (string path in paths)
        {
            terminal.Note($"{model}, trained on all clips, for apps: {path}");
        }
    }

    private static string Names<TLearner>(IEnumerable<LearnerDefinition<TLearner>> definitions) =>
        string.Join(",", definitions.Select(definition => definition.Name));

    /// <summary>The corpus that was named, else Emo-Soundscapes where it lies under the data folder, else the synthetic one.</summary>
    internal static Corpus OpenCorpus(Terminal terminal, string? name, string data, bool dataIsDefault)
    {
        if (name is not null || !dataIsDefault || CorpusLibrary.HasEmoSoundscapes(data))
        {
            return CorpusLibrary.Load(name, data);
        }

        terminal.Note($"Emo-Soundscapes is not in '{data}' (see 'data get emo-soundscapes'): using the built-in SYNTHETIC soundscapes.");
        return SyntheticSoundscapes.Create();
    }
}
