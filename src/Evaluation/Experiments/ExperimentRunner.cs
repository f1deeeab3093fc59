using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Running;
using SerLab.Features.FeatureSets;

namespace SerLab.Evaluation.Experiments;

/// <summary>An experiment's outcome.</summary>
/// <param name="Run">The finished run.</param>
/// <param name="Corpus">
/// The clips that may be learnt from, the first of those that took part, with the labels that were predicted.
/// </param>
/// <param name="Examples">What the models learnt from: example i is of clip i.</param>
/// <param name="FeatureNames">Names along the examples' last axis.</param>
/// <param name="FeatureSet">The set they were extracted with; none where the corpus shipped them.</param>
/// <param name="SampleRates">The sample rates of the sounds in Hz; empty where no sound was heard for the features.</param>
public sealed record ExperimentOutcome(
    CompletedRun Run,
    Corpus Corpus,
    Examples Examples,
    IReadOnlyList<string> FeatureNames,
    FeatureSet? FeatureSet,
    IReadOnlyList<int> SampleRates);

/// <summary>
/// Runs an experiment from corpus to figures: finds what it names in the catalogues, gets the features and runs it.
/// </summary>
public static class ExperimentRunner
{
    /// <summary>What the only run of a plan is called.</summary>
    internal const string SingleRun = "run";

    /// <summary>Runs an experiment with at most one feature set, and one seed.</summary>
    /// <param name="experiment">What is compared and how it is judged.</param>
    /// <param name="corpus">The clips and their labels.</param>
    /// <param name="surroundings">
    /// Catalogues, cache, threads and run folder; by default SerLab's own, and nothing is kept.
    /// </param>
    /// <param name="handover">
    /// Adds to the run folder what belongs to the finished run, such as a model; stopped meanwhile, the run is resumed there.
    /// </param>
    /// <param name="cancellationToken">Stops the work; what was finished is kept where there is a run folder.</param>
    /// <exception cref="InvalidInputException">
    /// The experiment names something that does not exist or does not fit the corpus.
    /// </exception>
    public static ExperimentOutcome Run(
        Experiment experiment,
        Corpus corpus,
        Surroundings? surroundings = null,
        Action<ExperimentOutcome>? handover = null,
        CancellationToken cancellationToken = default)
    {
        surroundings ??= new Surroundings();
        return Run(Plan(experiment, corpus, surroundings, cancellationToken), surroundings, handover, cancellationToken);
    }

    /// <summary>The runs that the same experiment is, ready to be planned or worked on by several processes: one.</summary>
    /// <param name="experiment">What is compared and how it is judged.</param>
    /// <param name="corpus">The clips and their labels.</param>
    /// <param name="surroundings">The catalogues, the cache and threads.</param>
    /// <param name="cancellationToken">Stops the search for twins.</param>
    /// <exception cref="InvalidInputException">
    /// The experiment names something that does not exist or does not fit the corpus.
    /// </exception>
    public static IReadOnlyList<PreparedRun> Prepare(
        Experiment experiment, Corpus corpus, Surroundings surroundings, CancellationToken cancellationToken = default) =>
        [new PreparedRun(SingleRun, Plan(experiment, corpus, surroundings, cancellationToken))];

    internal static PlannedRun Plan(
        Experiment experiment, Corpus corpus, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (experiment.FeatureSets.Count > 1 || experiment.Seeds.Count != 1)
        {
            throw new InvalidInputException(
                $"'{experiment.Name}' names {experiment.FeatureSets.Count} feature sets and {experiment.Seeds.Count} seeds, but "
                + $"one run has one of each; run them with {nameof(SeriesRunner)}.");
        }

        // Divided before anything is heard, so that what cannot be is told at once; and anew where there are twins.
        PlannedRun planned = Divided(corpus with { Twins = null });
        ExperimentFeatures.RequireComparable(planned.Corpus, planned.FeatureSet, surroundings.Catalogues);
        Corpus heard = experiment.FindTwins ? Listening.To(corpus, surroundings, cancellationToken) : corpus;
        try
        {
            return heard.Twins is null ? planned : Divided(heard);
        }
        catch (InvalidInputException error) when (heard.Twins is { Pairs: [var twin, ..] pairs })
        {
            throw new InvalidInputException(
                $"{error.Message} The corpus names enough of them, but "
                + string.Create(CultureInfo.InvariantCulture, $"{pairs.Count:N0} {(pairs.Count == 1 ? "pair" : "pairs")} ")
                + $"of clips sound the same, such as '{twin.First}' and '{twin.Second}', "
                + "and such twins must stay in one fold. Correct the labels, or remove duplicates: '--protocols random' counts "
                + "them and lists them in twins.m3u8, to be heard. --no-twins divides as if there were none.",
                error);
        }

        PlannedRun Divided(Corpus all)
        {
            Corpus clips = PlannedRun.Narrowed(all, experiment);
            PlannedRun run = PlannedRun.Of(experiment, clips, surroundings.Catalogues);
            ClipGroups groups = ClipGroups.Of(clips, experiment.Group);
            return run with
            {
                Protocols = [.. run.ProtocolNames(groups).Select(name => run.Divide(name, groups, surroundings.Catalogues))],
            };
        }
    }

    internal static ExperimentOutcome Run(
        PlannedRun planned,
        Surroundings surroundings,
        Action<ExperimentOutcome>? handover,
        CancellationToken cancellationToken)
    {
        if (surroundings.Journals is { } journals)
        {
            surroundings = surroundings with { Journals = Path.Combine(journals, SingleRun) };
        }

        ExperimentFeatures features = ExperimentFeatures.Of(planned.Corpus, planned.FeatureSet, surroundings, cancellationToken);
        // The clips that nothing is learnt from are the last ones.
        Corpus learntFrom = CorpusSubset.OfTraining(planned.Corpus);
        Examples examples = learntFrom == planned.Corpus
            ? features.Examples
            : features.Examples.Select([.. Enumerable.Range(0, learntFrom.Clips.Count)]);
        ExperimentOutcome Outcome(CompletedRun run) =>
            new(run, learntFrom, examples, features.Names, features.Set, features.SampleRates);
        Surroundings own = surroundings with { Handover = run => handover?.Invoke(Outcome(run)) };
        return Outcome(planned.Run(features, own, cancellationToken));
    }
}
