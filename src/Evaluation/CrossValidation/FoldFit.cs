using SerLab.Datasets.Tables;
using SerLab.Features.Errors;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.CrossValidation;

/// <summary>A fitted model as cross-validation sees it: it predicts test rows.</summary>
/// <param name="rows">The test rows.</param>
/// <returns>One value per row and, for classes, row-major probabilities (else empty).</returns>
internal delegate (double[] Predicted, double[] Probabilities) FittedModel(FeatureMatrix rows);

/// <summary>The one difference between cross-validating ratings and classes: how a learner is fitted and asked.</summary>
/// <param name="Name">Name of the learner.</param>
/// <param name="Fit">Fits training rows and their values with a seed.</param>
internal sealed record FoldLearner(string Name, Func<FeatureMatrix, double[], int, CancellationToken, FittedModel> Fit)
{
    public static FoldLearner Of(IRegressionLearner learner) => new(learner.Name, (rows, targets, seed, cancellation) =>
    {
        IRegressionModel model = learner.Fit(rows, targets, seed, cancellation);
        return test => (model.Predict(test), []);
    });

    public static FoldLearner Of(IClassificationLearner learner, int classCount) =>
        new(learner.Name, (rows, labels, seed, cancellation) =>
        {
            IClassificationModel model =
                learner.Fit(rows, Array.ConvertAll(labels, label => (int)label), classCount, seed, cancellation);
            return test =>
                (Array.ConvertAll(model.PredictLabels(test), label => (double)label), model.PredictProbabilities(test));
        });

    /// <summary>The error of a set of learners that cannot be told apart.</summary>
    public static void RequireDistinctNames(IReadOnlyList<FoldLearner> learners)
    {
        if (learners.Count == 0)
        {
            throw new InvalidInputException("There is no model to compare; name at least one.");
        }

        if (learners.GroupBy(l => l.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidInputException($"Two models are called '{twice.Key}'; give each a name of its own.");
        }
    }
}
