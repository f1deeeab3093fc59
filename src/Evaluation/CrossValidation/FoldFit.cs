using SerLab.Core;
using SerLab.Evaluation.Search;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.CrossValidation;

/// <summary>What a learner is given in a fold.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Values">One value per row: the rating, or the number of the class.</param>
/// <param name="Groups">The group of every row where no group may cross folds; else empty.</param>
internal sealed record TrainingRows(FeatureMatrix Rows, double[] Values, int[] Groups)
{
    public TrainingRows Select(int[] rows) => new(
        Rows.Select(rows),
        Array.ConvertAll(rows, row => Values[row]),
        Groups.Length == 0 ? [] : Array.ConvertAll(rows, row => Groups[row]));
}

/// <summary>A fitted model as cross-validation sees it.</summary>
/// <param name="Predict">Gives one value per row and, for classes, row-major probabilities (else none).</param>
/// <param name="Search">The candidates it was chosen from, where it was.</param>
internal sealed record FittedModel(Func<FeatureMatrix, (double[] Predicted, double[] Probabilities)> Predict, SearchTable? Search);

/// <summary>The one difference between cross-validating ratings and classes: how a learner is fitted and asked.</summary>
/// <param name="Name">Name of the learner.</param>
/// <param name="Fit">Fits training rows with a seed.</param>
internal sealed record FoldLearner(string Name, Func<TrainingRows, int, CancellationToken, FittedModel> Fit)
{
    public static FoldLearner Of(IRegressionLearner learner) => new(learner.Name, (training, seed, cancellation) =>
    {
        IRegressionModel model = learner.FitGrouped(training.Rows, training.Values, training.Groups, seed, cancellation);
        return new FittedModel(test => (model.Predict(test), []), (model as ISearched)?.Search);
    });

    public static FoldLearner Of(IClassificationLearner learner, int classCount) => new(learner.Name, (training, seed, cancellation) =>
    {
        int[] labels = Array.ConvertAll(training.Values, label => (int)label);
        IClassificationModel model =
            learner.FitGrouped(training.Rows, labels, classCount, training.Groups, seed, cancellation);
        return new FittedModel(
            test => (Array.ConvertAll(model.PredictLabels(test), label => (double)label), model.PredictProbabilities(test)),
            (model as ISearched)?.Search);
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
