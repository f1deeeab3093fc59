using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Running;
using SerLab.Training.Catalogue;

namespace SerLab;

/// <summary>Comparing models on a corpus.</summary>
public static class CorpusComparison
{
    /// <summary>Compares models by cross-validation, with features kept in the user's cache.</summary>
    /// <param name="corpus">The clips and their labels.</param>
    /// <param name="models">Names of the models, with their default settings; none: the usual ones for the target.</param>
    /// <param name="protocols">Names of the protocols; none: random, and grouped where the corpus has groups.</param>
    /// <param name="features">Id of the feature set; none: the corpus's own.</param>
    /// <param name="folds">Number of folds, 2 to 1,000; none: <see cref="UsualFolds"/>.</param>
    /// <param name="seed">Seed of folds and fits; default 0.</param>
    /// <exception cref="Core.InvalidInputException">A name does not exist or does not fit the corpus.</exception>
    public static Study Compare(
        this Corpus corpus,
        IReadOnlyList<string>? models = null,
        IReadOnlyList<string>? protocols = null,
        string? features = null,
        int? folds = null,
        int seed = 0) => corpus.Compare(new Experiment
        {
            Name = corpus.Name,
            Learners = LearnerSpecification.Defaults([.. models ?? []]),
            Protocols = protocols ?? [],
            FeatureSets = features is null ? [] : [features],
            Folds = folds ?? UsualFolds.Of(corpus),
            Seeds = [seed],
        });

    /// <summary>Runs an experiment on a corpus.</summary>
    /// <param name="corpus">The clips and their labels.</param>
    /// <param name="experiment">What is compared and how it is judged.</param>
    /// <param name="surroundings">
    /// Catalogues, cache, threads and run folder; by default the user's cache, and nothing is written.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="Core.InvalidInputException">
    /// The experiment names something that does not exist or does not fit the corpus.
    /// </exception>
    public static Study Compare(
        this Corpus corpus, Experiment experiment, Surroundings? surroundings = null,
        CancellationToken cancellationToken = default)
    {
        surroundings ??= new Surroundings { Cache = new FeatureCache() };
        return new Study(
            corpus, experiment, surroundings, ExperimentRunner.Run(experiment, corpus, surroundings, null, cancellationToken));
    }
}
