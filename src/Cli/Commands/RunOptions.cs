using System.CommandLine;
using System.Globalization;
using System.Runtime.ExceptionServices;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Descriptions;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Running;
using SerLab.Features.FeatureSets;
using SerLab.Reports;
using SerLab.Training.Catalogue;
using SerLab.Training.Search;

namespace SerLab.Cli.Commands;

/// <summary>
/// The options of commands that make one run: on what, of what, how it is judged, where it goes and what is handed to apps.
/// </summary>
internal sealed class RunOptions
{
    private readonly Workbench workbench;
    private readonly CorpusOptions corpus;
    private readonly Option<string?> features;
    private readonly Option<string[]> protocols;
    private readonly Option<string?> groups = new("--groups")
    {
        Description = "The kind of group that must not cross folds, e.g. speaker or location. Default: the corpus's own.",
        HelpName = "KIND",
    };

    private readonly Option<int?> folds = new("--kfold", "-k")
    {
        Description = "Number of folds. Default: 10, or fewer where there are fewer groups, or fewer clips of the rarest class.",
        HelpName = "K",
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "Seed of folds and fits; the same seed gives the same bytes.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string[]> settings = new("--set")
    {
        Description = "Change a setting of a model, e.g. svr.C=10, mlp.scaler=minmax, svc.resampler=smote or "
            + "mlp.calibration=temperature. May be given several times.",
        HelpName = "MODEL.SETTING=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> noTwins = new("--no-twins")
    {
        Description = "Do not listen for twins, that is, for one recording under two names, which must stay in one fold.",
    };

    private readonly ExportOptions export;
    private readonly Option<int> threads = CommonOptions.Threads();
    private readonly Option<string> runs = CommonOptions.Runs();
    private readonly Option<bool> noCache = CommonOptions.NoCache();
    private readonly Option<bool> quiet = CommonOptions.Quiet();
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly PlanOption plan;

    /// <param name="workbench">What can be named.</param>
    /// <param name="defaultProtocols">What is judged by unless protocols are named, in words.</param>
    public RunOptions(Workbench workbench, string defaultProtocols)
    {
        this.workbench = workbench;
        corpus = new CorpusOptions(workbench.Catalogues.Corpora);
        export = new ExportOptions();
        plan = new PlanOption(workbench);
        features = new Option<string?>("--features")
        {
            Description = $"A feature set: {string.Join(", ", workbench.Catalogues.FeatureSets.Names)}; emo122 and emo74 for "
                + "Emo-Soundscapes. A set may name the part of each sound it hears, as in logmel64@3s, or a sample rate, as in "
                + "meyda74@16000Hz; a plus joins several. Or a YAML file that describes frozen ONNX networks, or a CSV with a "
                + "row of features per clip. Default: the corpus's own set.",
            HelpName = "SET",
        };
        protocols = CommonOptions.Names(
            "--protocols",
            $"How models are judged: {string.Join(", ", workbench.Catalogues.Protocols.Names)}; or one of these with the kind of "
                + "group whose clips are scaled together, e.g. grouped(scaled-by-speaker), which uses unlabelled test clips. "
                + $"Default: {defaultProtocols}.");
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] own = [features, protocols, folds, groups, seed, settings, noTwins];
        foreach (Option option in (Option[])[.. corpus.All, .. own, .. Indifferent])
        {
            command.Add(option);
        }
    }

    // They change no figure.
    private Option[] Indifferent => [.. export.All, .. Local];

    // They are of one process alone, so that a plan does not keep them.
    private Option[] Local => [threads, runs, noCache, quiet, json, plan.Option];

    /// <summary>Checks the values and opens the corpus.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where results and messages go.</param>
    /// <param name="models">Names of the models; none: the defaults for what the corpus's labels are.</param>
    /// <param name="search">What is chosen anew in every fold, or none.</param>
    /// <param name="indifferent">Further options that change no figure.</param>
    public RunSetup Read(
        ParseResult parsed,
        Terminal terminal,
        IReadOnlyList<string> models,
        SearchSpecification? search = null,
        params Option[] indifferent)
    {
        bool asJson = parsed.GetValue(json);
        Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) || asJson };
        int? foldCount = parsed.GetValue(folds) is { } asked ? RangeCheck.AtLeast(2, asked, "--kfold") : null;
        int seedValue = RangeCheck.AtLeast(0, parsed.GetValue(seed), "--seed");
        Catalogues catalogues = workbench.Catalogues;
        string? set = parsed.GetValue(features);
        if (set is not null)
        {
            (Catalogue<FeatureSet> sets, set) = EmbeddingFile.Resolve(catalogues.FeatureSets, set);
            catalogues = catalogues with { FeatureSets = sets };
            FeatureNotes.Write(shown, sets.Entries.Except(workbench.Catalogues.FeatureSets.Entries));
        }

        Surroundings surroundings = new()
        {
            Catalogues = catalogues,
            Cache = CommonOptions.Cache(parsed.GetValue(noCache), shown),
            Threads = RangeCheck.AtLeast(1, parsed.GetValue(threads), "--threads"),
            RunsFolder = parsed.GetValue(runs),
            Documents = [HtmlReport.Document],
            CommandLine = CommandText.Reproducing(workbench.Invocation, parsed, [.. Indifferent, .. indifferent]),
        };
        IReadOnlyList<LearnerSpecification> learners = LearnerSpecification.Defaults(models);
        catalogues.RequireKnown(learners, parsed.GetValue(protocols)!);
        Corpus opened = corpus.OpenBoth(parsed, shown);
        CorpusNotes.Write(shown, opened);
        if (learners.Count == 0)
        {
            learners = LearnerSpecification.Defaults(
                opened.Targets.Count > 0 ? catalogues.Learners.DefaultsOfRatings : catalogues.Learners.DefaultsOfClasses);
        }

        IReadOnlyList<ModelSetting> changes = [.. parsed.GetValue(settings)!.Select(ModelSetting.Parse)];
        ModelSetting.RequireKnown(changes, learners);
        Experiment experiment = new()
        {
            Name = opened.Name,
            FeatureSets = set is null ? [] : [set],
            Learners = ModelSetting.Apply(learners.Select(learner => learner with { Search = search }), changes),
            Protocols = parsed.GetValue(protocols)!,
            Group = parsed.GetValue(groups),
            FindTwins = !parsed.GetValue(noTwins),
            Folds = foldCount ?? FoldsOf(opened, parsed.GetValue(groups), shown),
            Seeds = [seedValue],
        };
        ModelHandover handover = export.Read(parsed, experiment, catalogues.FeatureSets);
        return new RunSetup(
            shown, asJson, opened, experiment, plan.Uniting(surroundings), handover, plan.Read(parsed, Local));
    }

    private static int FoldsOf(Corpus corpus, string? group, Terminal terminal)
    {
        int folds = UsualFolds.Of(corpus, group);
        if (folds < UsualFolds.Most)
        {
            terminal.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"  {folds} folds, since there are no more groups, or no more clips of the rarest class; --kfold changes that."));
        }

        return folds;
    }
}

/// <summary>What a command that makes one run was asked for.</summary>
/// <param name="Terminal">Where results and messages go.</param>
/// <param name="Json">Whether results go there as JSON.</param>
/// <param name="Corpus">The corpus.</param>
/// <param name="Experiment">What is compared and how it is judged.</param>
/// <param name="Surroundings">Where and how fast.</param>
/// <param name="Export">What is handed to apps.</param>
/// <param name="Sharing">Whether several processes do the work, and which part of it is this one's.</param>
internal sealed record RunSetup(
    Terminal Terminal,
    bool Json,
    Corpus Corpus,
    Experiment Experiment,
    Surroundings Surroundings,
    ModelHandover Export,
    PlanSharing Sharing)
{
    /// <summary>Plans the work or does a share of it, where that is what was asked for.</summary>
    /// <param name="experiment">What is compared and how it is judged.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Whether it was: nothing remains to be done.</returns>
    public bool IsShared(Experiment experiment, CancellationToken cancellationToken) => Sharing.Takes(
        Terminal,
        Surroundings,
        around => ExperimentRunner.Prepare(experiment, Corpus, around, cancellationToken),
        cancellationToken);

    /// <summary>Does the work in these surroundings, drawing what it reports, and hands over the best model.</summary>
    /// <param name="work">Runs the experiment, given where and how fast, and what adds the model to the run folder.</param>
    /// <param name="show">Shows its figures, which are there even where no model can be written.</param>
    /// <param name="cancellationToken">Stops the fit of the model.</param>
    /// <exception cref="InvalidInputException">A model that was asked for cannot be written.</exception>
    public T Run<T>(
        Func<Surroundings, Action<ExperimentOutcome>, T> work, Action<T> show, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> notes = [];
        InvalidInputException? failure = null;
        void HandOver(ExperimentOutcome outcome)
        {
            try
            {
                notes = Export.Write(this, outcome, cancellationToken);
            }
            catch (InvalidInputException error) when (!error.IsOfDisk)
            {
                failure = error;
            }
        }

        T outcome = ProgressDisplay.Run(Terminal, progress => work(Surroundings with { Progress = progress }, HandOver));
        show(outcome);
        if (failure is not null && Export.IsRequired)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        if (failure is not null)
        {
            Terminal.Warning(
                $"No model is exported, but the run is complete. {failure.Message.TrimEnd('.')}. --export NAME exports another "
                + "model, --export none exports none.");
        }

        foreach (string note in notes)
        {
            Terminal.Note(note);
        }

        return outcome;
    }
}
