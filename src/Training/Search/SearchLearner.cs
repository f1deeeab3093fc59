using SerLab.Core;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Training.Search;

/// <summary>One way to set a learner that a search tries.</summary>
/// <param name="Settings">What distinguishes it from the others, by name.</param>
/// <param name="Learner">The learner with these settings.</param>
public sealed record Candidate(IReadOnlyDictionary<string, string> Settings, ILearner Learner);

/// <summary>
/// A learner whose settings are chosen while it is fitted: every candidate is scored on inner folds of the training examples, and
/// the best one is fitted on all of them. Nothing of the choice looks at a test example, so its score in a cross-validation is
/// honest.
/// </summary>
public sealed class SearchLearner : IDividingLearner
{
    private readonly IReadOnlyList<Candidate> candidates;
    private readonly Target target;
    private readonly Metric metric;
    private readonly int folds;

    /// <summary>Creates the learner.</summary>
    /// <param name="name">Short name for tables and files.</param>
    /// <param name="candidates">What is tried, in order; of equally good ones the first is chosen.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="metric">Name of the metric to choose by; none: the target's headline metric.</param>
    /// <param name="folds">Number of inner folds, at least 2; default 5.</param>
    /// <exception cref="UnknownNameException">The target has no such metric.</exception>
    public SearchLearner(
        string name, IReadOnlyList<Candidate> candidates, Target target, string? metric = null, int folds = 5)
    {
        ArgumentOutOfRangeException.ThrowIfZero(candidates.Count, nameof(candidates));
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        Name = name;
        this.candidates = candidates;
        this.target = target;
        this.metric = metric is null ? target.Scorer.Headline : MetricOf(target, metric);
        this.folds = folds;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsScaleFree => candidates.All(candidate => candidate.Learner.IsScaleFree);

    /// <inheritdoc/>
    public void RequireShape(ExampleShape shape, Target target)
    {
        foreach (Candidate candidate in candidates)
        {
            candidate.Learner.RequireShape(shape, target);
        }
    }

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.CheckFinite(set.Examples);
        IReadOnlyList<Fold> inner = InnerFolds.Of(set, folds, seed);
        if (inner.Count < 2)
        {
            throw new InvalidInputException($"The search for '{Name}' divides its training rows in two, but there is only one.");
        }

        SearchTable table = Score(set, inner, InnerFolds.Describe(set, inner), seed, cancellationToken: cancellationToken);
        return new SearchedModel(candidates[table.BestIndex].Learner.Fit(set, seed, cancellationToken), table);
    }

    /// <summary>
    /// Scores every candidate on given folds. Where these folds also judge, the score of the best candidate is optimistic: the
    /// same test examples chose it.
    /// </summary>
    /// <param name="set">The examples that the folds divide.</param>
    /// <param name="division">The folds.</param>
    /// <param name="description">The folds in words.</param>
    /// <param name="seed">Seed of the fits; all candidates get the same.</param>
    /// <param name="threads">Number of folds at the same time, at least 1; the scores do not depend on it.</param>
    /// <param name="progress">Told after every fold, or none.</param>
    /// <param name="cancellationToken">Stops between and within fits.</param>
    public SearchTable Score(
        TrainingSet set,
        IReadOnlyList<Fold> division,
        string description,
        int seed,
        int threads = 1,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        int place = target.Scorer.Metrics.ToList().IndexOf(metric);
        ILearner[] learners = [.. candidates.Select(candidate => candidate.Learner)];
        double[][] scores = [.. candidates.Select(_ => new double[division.Count])];
        int done = 0;
        progress?.Report(new WorkProgress("searching", done, division.Count));
        ParallelWork.For(
            division.Count,
            threads,
            index =>
            {
                FoldData data = new(set, division[index]);
                IReadOnlyList<Predictions> answers =
                    data.FitAndPredictAll(learners, SeededRandom.Derive(seed, "search", index), cancellationToken);
                for (int c = 0; c < scores.Length; c++)
                {
                    scores[c][index] = Array.TrueForAll(answers[c].Values, double.IsFinite)
                        ? target.Scorer.Score(new PredictionSet(data.Truth, answers[c].Values, answers[c].Probabilities))[place]
                        : double.NaN;
                }

                progress?.Report(new WorkProgress("searching", Interlocked.Increment(ref done), division.Count));
            },
            cancellationToken);
        return SearchTable.Of(metric, description, [.. candidates.Select(candidate => candidate.Settings)], scores);
    }

    private static Metric MetricOf(Target target, string name) =>
        target.Scorer.Metrics.FirstOrDefault(metric => metric.Name == name)
        ?? throw NearestName.Unknown("metric", name, target.Scorer.Metrics.Select(metric => metric.Name));
}
