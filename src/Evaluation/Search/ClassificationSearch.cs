using SerLab.Core;
using SerLab.Evaluation.CrossValidation;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Search;

/// <inheritdoc cref="RegressionSearch"/>
public sealed class ClassificationSearch : IGroupAwareClassificationLearner
{
    /// <summary>The metric that is chosen by unless another is named.</summary>
    public const string DefaultMetric = "uar";

    private readonly SearchSpecification specification;
    private readonly IReadOnlyDictionary<string, string>[] settings;
    private readonly IClassificationLearner[] candidates;
    private readonly ClassificationScorer scorer;
    private readonly Metric metric;

    /// <summary>Makes all candidates, so that a wrong name or value shows at once.</summary>
    /// <param name="specification">What to try.</param>
    /// <param name="classes">The names of the classes in their order, at least two.</param>
    /// <exception cref="InvalidInputException">A setting, value or metric does not exist.</exception>
    public ClassificationSearch(SearchSpecification specification, IReadOnlyList<string> classes)
    {
        this.specification = OptionsValidation.Check(specification);
        settings = [.. specification.Candidates()];
        candidates = [.. settings.Select(s => specification.Catalogue.CreateClassification(specification.Apply(s)))];
        scorer = new ClassificationScorer(classes);
        metric = CandidateScores.MetricOf(scorer, specification.Metric ?? DefaultMetric);
    }

    /// <inheritdoc/>
    public string Name => specification.Learner.Name;

    /// <inheritdoc/>
    public IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default) =>
        FitGrouped(rows, labels, classCount, [], seed, cancellationToken);

    /// <inheritdoc/>
    public IClassificationModel FitGrouped(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, ReadOnlySpan<int> groups, int seed,
        CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, labels, classCount);
        TrainingInput.CheckGroups(rows, groups);
        int[] classes = labels.ToArray();
        TrainingRows training = new(rows, Array.ConvertAll(classes, label => (double)label), groups.ToArray());
        (IReadOnlyList<Fold> folds, string description) =
            InnerFolds.Split(rows.Rows, classes, training.Groups, specification.Folds, specification.Seed);
        SearchTable table = Score(training, classCount, folds, description, seed, threads: 1, progress: null, cancellationToken);
        IClassificationModel best =
            candidates[table.BestIndex].FitGrouped(rows, labels, classCount, groups, seed, cancellationToken);
        return new ClassificationSearchModel(best, table);
    }

    internal SearchTable Score(
        TrainingRows training, int classCount, IReadOnlyList<Fold> folds, string description, int seed, int threads,
        IProgress<WorkProgress>? progress, CancellationToken cancellationToken) => SearchTable.Of(
            metric, description, settings, CandidateScores.Compute(
                CandidateBatch.Of(candidates, classCount), training, folds, scorer, metric, seed, threads, progress,
                cancellationToken));
}

/// <summary>The model of the best candidate.</summary>
/// <param name="Best">The model, fitted on all training rows.</param>
/// <param name="Search">The candidates with their inner scores.</param>
public sealed record ClassificationSearchModel(IClassificationModel Best, SearchTable Search) : IClassificationModel, ISearched
{
    /// <inheritdoc/>
    public int FeatureCount => Best.FeatureCount;

    /// <inheritdoc/>
    public int ClassCount => Best.ClassCount;

    /// <inheritdoc/>
    public double[] PredictProbabilities(FeatureMatrix rows) => Best.PredictProbabilities(rows);

    /// <inheritdoc/>
    public int[] PredictLabels(FeatureMatrix rows) => Best.PredictLabels(rows);

    /// <inheritdoc/>
    public OnnxClasses AddTo(OnnxGraph graph, OnnxValue rows) => Best.AddTo(graph, rows);
}
