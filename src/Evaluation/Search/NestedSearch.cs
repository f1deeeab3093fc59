using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using SerLab.Evaluation.CrossValidation;
using SerLab.Evaluation.Protocols;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Search;

/// <summary>What came of a search under one protocol for one target.</summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Leaks">What the protocol's folds let through.</param>
/// <param name="Table">
/// Every candidate scored on the protocol's folds. The score of its best one is optimistic: the same test clips chose it.
/// </param>
/// <param name="Folds">What was chosen in each fold without looking at its test part, and how that did on the test part.</param>
public sealed record SearchOutcome(
    string Protocol, string Target, IReadOnlyList<Leak> Leaks, SearchTable Table, IReadOnlyList<NestedFold> Folds)
{
    /// <summary>Mean test score of what was chosen without the test clips: the figure to report.</summary>
    public double Nested => Folds.Average(fold => fold.TestScore);

    /// <summary>Population standard deviation of the test scores.</summary>
    public double NestedDeviation => SplitMath.Deviation([.. Folds.Select(fold => fold.TestScore)]);

    /// <summary>The best candidate's mean score, chosen and scored on the same test clips.</summary>
    public double Optimistic => Table.Best.Mean;
}

/// <summary>One fold of a nested cross-validation.</summary>
/// <param name="Fold">Index of the fold.</param>
/// <param name="Chosen">The best candidate of the inner folds, with its inner scores.</param>
/// <param name="TestScore">The score of its model on the fold's test part.</param>
/// <param name="Inner">All candidates on the inner folds.</param>
public sealed record NestedFold(int Fold, SearchCandidate Chosen, double TestScore, SearchTable Inner);

/// <summary>
/// Nested cross-validation of a search, with what it would have claimed without nesting beside it. Deterministic for any number of
/// threads.
/// </summary>
public static class NestedSearch
{
    /// <summary>Searches for settings of a learner of ratings, for one target.</summary>
    /// <param name="corpus">The clips.</param>
    /// <param name="features">Their features; rows are found by clip id.</param>
    /// <param name="specification">What to try.</param>
    /// <param name="target">Name of the rating.</param>
    /// <param name="protocol">How the search is judged; inner folds keep groups whole unless its rule is <see cref="GroupRule.None"/>.</param>
    /// <param name="options">Seed, threads, progress; none: the defaults.</param>
    /// <param name="cancellationToken">Stops between fits.</param>
    /// <exception cref="InvalidInputException">A name does not exist, or rows cannot be divided.</exception>
    public static SearchOutcome Run(
        Corpus corpus, FeatureTable features, SearchSpecification specification, string target, Protocol protocol,
        CrossValidationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CrossValidationOptions();
        RegressionSearch search = new(specification);
        return Run(
            corpus, features, TargetColumn.Rating(corpus, target), FoldLearner.Of(search), protocol, options,
            (rows, scheme) => search.Score(
                rows, scheme.Folds, scheme.Description, options.Seed, options.Threads, options.Progress, cancellationToken),
            cancellationToken);
    }

    /// <summary>Searches for settings of a learner of classes.</summary>
    /// <inheritdoc cref="Run(Corpus, FeatureTable, SearchSpecification, string, Protocol, CrossValidationOptions, CancellationToken)"/>
    public static SearchOutcome Run(
        Corpus corpus, FeatureTable features, SearchSpecification specification, Protocol protocol,
        CrossValidationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CrossValidationOptions();
        TargetColumn target = TargetColumn.Class(corpus);
        ClassificationSearch search = new(specification, corpus.Classes);
        return Run(
            corpus, features, target, FoldLearner.Of(search, corpus.Classes.Count), protocol, options,
            (rows, scheme) => search.Score(
                rows, corpus.Classes.Count, scheme.Folds, scheme.Description, options.Seed, options.Threads, options.Progress,
                cancellationToken),
            cancellationToken);
    }

    private static SearchOutcome Run(
        Corpus corpus, FeatureTable features, TargetColumn target, FoldLearner learner, Protocol protocol,
        CrossValidationOptions options, Func<TrainingRows, FoldScheme, SearchTable> score, CancellationToken cancellationToken)
    {
        FeatureMatrix rows = FeatureRows.Align(corpus, features);
        FoldScheme scheme = protocol.SchemeFor(learner.Name);
        int[] groups = protocol.Rule == GroupRule.None ? [] : [.. protocol.Groups.Numbers];
        SearchTable table = score(new TrainingRows(FeatureRows.Preprocess(rows, protocol), target.Values, groups), scheme);
        CrossValidationResult nested = CrossValidator.Run(rows, [learner], [target], [protocol], options, cancellationToken);
        IScorer scorer = target.Scorer;
        int place = scorer.Metrics.Select(m => m.Name).ToList().IndexOf(table.Metric.Name);
        return new SearchOutcome(
            protocol.Name, target.Name, LeakDetector.Find(corpus, rows, protocol, [learner.Name]), table,
            [.. nested.Predictions.Zip(nested.Searches).Select(fold => new NestedFold(
                fold.First.Fold, fold.Second.Table.Best, scorer.Score(fold.First.Predictions)[place], fold.Second.Table))]);
    }
}
