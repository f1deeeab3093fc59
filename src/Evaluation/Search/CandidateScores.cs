using SerLab.Core;
using SerLab.Evaluation.CrossValidation;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Search;

/// <summary>Scores every candidate of a search on every fold.</summary>
internal static class CandidateScores
{
    /// <summary>
    /// The scores, element [candidate][fold]. All candidates see the same folds and seeds; nothing depends on the number of threads.
    /// </summary>
    public static double[][] Compute(
        IReadOnlyList<CandidateBatch> batches,
        TrainingRows rows,
        IReadOnlyList<Fold> folds,
        IScorer scorer,
        Metric metric,
        int seed,
        int threads,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        int place = scorer.Metrics.ToList().IndexOf(metric);
        double[][] scores = [.. Enumerable.Range(0, batches.Sum(b => b.Candidates.Length)).Select(_ => new double[folds.Count])];
        int done = 0;
        progress?.Report(new WorkProgress("searching", done, (long)scores.Length * folds.Count));
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, batches.Count * folds.Count, options, job =>
            {
                CandidateBatch batch = batches[job % batches.Count];
                int index = job / batches.Count;
                Fold fold = folds[index];
                IReadOnlyList<(double[] Predicted, double[] Probabilities)> answers = batch.Fit(
                    rows.Select(fold.Train),
                    rows.Rows.Select(fold.Test),
                    SeededRandom.Derive(seed, "search", index),
                    cancellationToken);
                double[] truth = Array.ConvertAll(fold.Test, row => rows.Values[row]);
                for (int i = 0; i < batch.Candidates.Length; i++)
                {
                    PredictionSet predictions = new(truth, answers[i].Predicted, answers[i].Probabilities);
                    scores[batch.Candidates[i]][index] = Array.TrueForAll(answers[i].Predicted, double.IsFinite)
                        ? scorer.Score(predictions)[place]
                        : double.NaN;
                }

                int now = Interlocked.Add(ref done, batch.Candidates.Length);
                progress?.Report(new WorkProgress("searching", now, (long)scores.Length * folds.Count));
            });
        }
        catch (AggregateException error) when (error.InnerExceptions.OfType<InvalidInputException>().FirstOrDefault() is { } first)
        {
            throw new InvalidInputException(first.Message, error);
        }

        return scores;
    }

    /// <summary>The metric of a name among those of a scorer.</summary>
    /// <exception cref="UnknownNameException">There is no such metric.</exception>
    public static Metric MetricOf(IScorer scorer, string name) =>
        scorer.Metrics.FirstOrDefault(m => m.Name == name)
        ?? throw NearestName.Unknown("metric", name, scorer.Metrics.Select(m => m.Name));
}
