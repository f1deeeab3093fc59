using SerLab.Core;
using SerLab.Evaluation.CrossValidation;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Search;

/// <summary>
/// A learner that first chooses its settings: every candidate is scored on inner folds of the training rows, the best is fitted on all
/// of them. Inside a cross-validation no test clip has a part in the choice (nested cross-validation; Varma and Simon 2006), and the
/// inner folds keep groups whole where the outer ones do.
/// </summary>
public sealed class RegressionSearch : IGroupAwareRegressionLearner
{
    /// <summary>The metric that is chosen by unless another is named.</summary>
    public const string DefaultMetric = "r2";

    private readonly SearchSpecification specification;
    private readonly IReadOnlyDictionary<string, string>[] settings;
    private readonly IRegressionLearner[] candidates;
    private readonly Metric metric;

    /// <summary>Makes all candidates, so that a wrong name or value shows at once.</summary>
    /// <param name="specification">What to try.</param>
    /// <exception cref="InvalidInputException">A setting, value or metric does not exist.</exception>
    public RegressionSearch(SearchSpecification specification)
    {
        this.specification = OptionsValidation.Check(specification);
        settings = [.. specification.Candidates()];
        candidates = [.. settings.Select(s => specification.Catalogue.CreateRegression(specification.Apply(s)))];
        metric = CandidateScores.MetricOf(new RegressionScorer(), specification.Metric ?? DefaultMetric);
    }

    /// <inheritdoc/>
    public string Name => specification.Learner.Name;

    /// <inheritdoc/>
    public IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default) =>
        FitGrouped(rows, targets, [], seed, cancellationToken);

    /// <inheritdoc/>
    public IRegressionModel FitGrouped(
        FeatureMatrix rows, ReadOnlySpan<double> targets, ReadOnlySpan<int> groups, int seed,
        CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, targets);
        TrainingInput.CheckGroups(rows, groups);
        TrainingRows training = new(rows, targets.ToArray(), groups.ToArray());
        (IReadOnlyList<Fold> folds, string description) =
            InnerFolds.Split(rows.Rows, labels: null, training.Groups, specification.Folds, specification.Seed);
        SearchTable table = Score(training, folds, description, seed, threads: 1, progress: null, cancellationToken);
        IRegressionModel best = candidates[table.BestIndex].FitGrouped(rows, targets, groups, seed, cancellationToken);
        return new RegressionSearchModel(best, table);
    }

    internal SearchTable Score(
        TrainingRows training, IReadOnlyList<Fold> folds, string description, int seed, int threads,
        IProgress<WorkProgress>? progress, CancellationToken cancellationToken) => SearchTable.Of(
            metric, description, settings, CandidateScores.Compute(
                CandidateBatch.Of(candidates), training, folds, new RegressionScorer(), metric, seed, threads, progress,
                cancellationToken));
}

/// <summary>The model of the best candidate.</summary>
/// <param name="Best">The model, fitted on all training rows.</param>
/// <param name="Search">The candidates with their inner scores.</param>
public sealed record RegressionSearchModel(IRegressionModel Best, SearchTable Search) : IRegressionModel, ISearched
{
    /// <inheritdoc/>
    public int FeatureCount => Best.FeatureCount;

    /// <inheritdoc/>
    public double[] Predict(FeatureMatrix rows) => Best.Predict(rows);

    /// <inheritdoc/>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue rows) => Best.AddTo(graph, rows);
}
