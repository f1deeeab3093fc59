using SerLab.Core;
using SerLab.Evaluation.CrossValidation;
using SerLab.Training;
using SerLab.Training.Learners;
using SerLab.Training.Preprocessing;
using SerLab.Training.Svm;

namespace SerLab.Evaluation.Search;

/// <summary>Fits all candidates of a batch on training rows and asks them about test rows; one entry per candidate.</summary>
internal delegate IReadOnlyList<(double[] Predicted, double[] Probabilities)> FitBatch(
    TrainingRows training, FeatureMatrix test, int seed, CancellationToken cancellationToken);

/// <summary>Candidates that are fitted together, because they share work.</summary>
/// <param name="Candidates">Their numbers in the search.</param>
/// <param name="Fit">Fits them.</param>
internal sealed record CandidateBatch(int[] Candidates, FitBatch Fit)
{
    /// <summary>
    /// Batches of learners of ratings: support vector regressions with the same preprocessing share the distances between rows, all
    /// others are on their own.
    /// </summary>
    public static IReadOnlyList<CandidateBatch> Of(IReadOnlyList<IRegressionLearner> candidates) =>
        candidates.All(c => c is RegressionPipeline { Learner: SvrLearner })
            ?
            [
                .. candidates.Select((c, i) => (Pipeline: (RegressionPipeline)c, Index: i))
                    .GroupBy(c => string.Join(',', c.Pipeline.Preprocessors.Select(p => p.Name)))
                    .Select(same => SharedDistances([.. same.Select(c => c.Pipeline)], [.. same.Select(c => c.Index)])),
            ]
            : Separate([.. candidates.Select(FoldLearner.Of)]);

    /// <summary>Batches of learners of classes: each on its own.</summary>
    public static IReadOnlyList<CandidateBatch> Of(IReadOnlyList<IClassificationLearner> candidates, int classCount) =>
        Separate([.. candidates.Select(candidate => FoldLearner.Of(candidate, classCount))]);

    private static IReadOnlyList<CandidateBatch> Separate(FoldLearner[] learners) =>
        [.. learners.Select((learner, i) => new CandidateBatch(
            [i], (training, test, seed, cancellation) => [learner.Fit(training, seed, cancellation).Predict(test)]))];

    private static CandidateBatch SharedDistances(RegressionPipeline[] pipelines, int[] candidates)
    {
        IReadOnlyList<IPreprocessor> preprocessors = pipelines[0].Preprocessors;
        SvrOptions[] options = [.. pipelines.Select(pipeline => ((SvrLearner)pipeline.Learner).Options)];
        return new CandidateBatch(candidates, (training, test, _, cancellation) =>
        {
            FeatureMatrix rows = training.Rows;
            foreach (IPreprocessor preprocessor in preprocessors)
            {
                ITransform transform = preprocessor.Fit(rows);
                (rows, test) = (transform.Apply(rows), transform.Apply(test));
            }

            double[][] predictions = SvrGrid.Fit(rows, training.Values, options, cancellation).Predict(test);
            return [.. predictions.Select(predicted => (predicted, Array.Empty<double>()))];
        });
    }
}
