using System.Text.Json.Serialization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Running;
using SerLab.Training.Learners;
using SerLab.Training.Search;

namespace SerLab.Evaluation.Experiments;

/// <summary>A run of searched models, and what the same searches would have claimed without nesting.</summary>
/// <param name="Outcome">The run: in every fold the settings were chosen without a look at its test clips.</param>
/// <param name="Searches">One per target, model and protocol.</param>
public sealed record SearchedExperiment(ExperimentOutcome Outcome, IReadOnlyList<SearchOutcome> Searches);

/// <summary>A search with and without nesting.</summary>
/// <param name="Nested">What was chosen in each fold without its test clips, and the scores there: the figures to report.</param>
/// <param name="Table">
/// Every candidate scored on the protocol's own folds. The score of its best one is optimistic: the same test clips chose it.
/// </param>
public sealed record SearchOutcome(SearchFigures Nested, SearchTable Table)
{
    /// <summary>Name of the target.</summary>
    [JsonIgnore]
    public string Target => Nested.Target;

    /// <summary>Name of the protocol.</summary>
    [JsonIgnore]
    public string Protocol => Nested.Protocol;

    /// <summary>The best candidate's mean score, chosen and scored on the same test clips.</summary>
    public double Optimistic => Table.Best.Mean;

    /// <summary>How much that flatters, see <see cref="ProtocolOptimism.Of"/>.</summary>
    public double Optimism => ProtocolOptimism.Of(Table.Metric, Optimistic, Nested.Nested.Mean);
}

/// <summary>Runs an experiment of searched models, and scores all their candidates on the folds of its protocols.</summary>
public static class SearchRunner
{
    /// <summary>Runs an experiment with at most one feature set, and one seed.</summary>
    /// <param name="experiment">What is searched and how it is judged.</param>
    /// <param name="corpus">The clips and their labels.</param>
    /// <param name="surroundings">
    /// Catalogues, cache, threads and run folder; by default SerLab's own, and nothing is kept.
    /// </param>
    /// <param name="handover">Adds to the run folder, as <see cref="ExperimentRunner"/> does.</param>
    /// <param name="cancellationToken">Stops the work; what was finished is kept where there is a run folder.</param>
    /// <exception cref="InvalidInputException">
    /// The experiment names something that does not exist or does not fit the corpus.
    /// </exception>
    public static SearchedExperiment Run(
        Experiment experiment,
        Corpus corpus,
        Surroundings? surroundings = null,
        Action<ExperimentOutcome>? handover = null,
        CancellationToken cancellationToken = default)
    {
        surroundings ??= new Surroundings();
        PlannedRun planned = ExperimentRunner.Plan(experiment, corpus, surroundings, cancellationToken);
        ExperimentOutcome outcome = ExperimentRunner.Run(planned, surroundings, handover, cancellationToken);
        SearchLearner[] learners = [.. planned.CreateLearners(surroundings.Catalogues).OfType<SearchLearner>()];
        return new SearchedExperiment(outcome,
        [
            .. from target in planned.Targets
               from learner in learners
               from protocol in planned.Protocols
               let nested = outcome.Run.Figures.Searches.First(
                   s => s.Protocol == protocol.Name && s.Target == target.Target.Name && s.Model == learner.Name)
               select new SearchOutcome(
                   nested, Score(learner, outcome.Examples, target, protocol, planned.Seed, surroundings, cancellationToken)),
        ]);
    }

    private static SearchTable Score(
        SearchLearner learner,
        Examples examples,
        TargetValues target,
        Protocol protocol,
        int seed,
        Surroundings surroundings,
        CancellationToken cancellationToken)
    {
        TrainingSet all = new(protocol.Preprocess(examples), target.Target, target.Values, [.. protocol.InnerGroups]);
        FoldScheme scheme = protocol.SchemeFor(learner.Name);
        return learner.Score(
            all, scheme.Folds, scheme.Description, seed, surroundings.Threads, surroundings.Progress, cancellationToken);
    }
}
