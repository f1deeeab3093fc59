using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Preprocessing;

namespace SerLab.Training.Ensembles;

/// <summary>
/// Stacking (Wolpert 1992; Breiman 1996): each member predicts every training row after learning from the inner folds without it; a
/// ridge regression (α 1, on standardised predictions, so that the unit of the target does not matter) learns from these predictions
/// alone, and all members are fitted again on all rows. Inner folds keep groups whole where groups are given, else rows are shuffled.
/// </summary>
public sealed class StackingRegressor : IGroupAwareRegressionLearner
{
    private readonly int folds;

    /// <summary>Creates the learner.</summary>
    /// <param name="members">The models to stack, at least one; with their preprocessing, which is then fitted in the inner folds.</param>
    /// <param name="folds">Number of inner folds, at least 2; fewer are used where there are fewer rows or groups.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no member, or there are fewer than two folds.</exception>
    public StackingRegressor(IReadOnlyList<IRegressionLearner> members, int folds = 5)
    {
        ArgumentOutOfRangeException.ThrowIfZero(members.Count, nameof(members));
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        Members = members;
        this.folds = folds;
    }

    /// <inheritdoc/>
    public string Name => "stacking";

    /// <summary>The models that are stacked.</summary>
    public IReadOnlyList<IRegressionLearner> Members { get; }

    /// <inheritdoc/>
    public IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default) =>
        FitGrouped(rows, targets, [], seed, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Where there is one row only, the prediction is the mean of the members'.</remarks>
    public IRegressionModel FitGrouped(
        FeatureMatrix rows, ReadOnlySpan<double> targets, ReadOnlySpan<int> groups, int seed,
        CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, targets);
        TrainingInput.CheckGroups(rows, groups);
        cancellationToken.ThrowIfCancellationRequested();
        double[] values = targets.ToArray();
        int[] givenGroups = groups.ToArray();
        string[] names = [.. Members.Select(member => member.Name)];
        (int[] foldOf, int count) = InnerFolds.Deal(new int[rows.Rows], groups, folds, seed);
        int[] all = [.. Enumerable.Range(0, rows.Rows)];
        IRegressionModel top = count < 2
            ? new LinearModel([.. Members.Select(_ => 1.0 / Members.Count)], 0)
            : FitTop(OutOfFold.Answers(foldOf, count, names, 1, seed, (m, training, test, memberSeed) =>
                Fit(Members[m], training, memberSeed).Predict(rows.Select(test))));
        return new StackingRegressionModel(
            rows.Columns, [.. Members.Select((member, m) => Fit(member, all, OutOfFold.SeedOf(seed, m, member.Name)))], top);

        IRegressionModel FitTop(FeatureMatrix answers) =>
            new RegressionPipeline("ridge", [new StandardScaler()], new RidgeRegressor()).Fit(answers, values, seed, cancellationToken);

        IRegressionModel Fit(IRegressionLearner member, int[] training, int memberSeed) => member.FitGrouped(
            rows.Select(training),
            Array.ConvertAll(training, row => values[row]),
            givenGroups.Length == 0 ? [] : Array.ConvertAll(training, row => givenGroups[row]),
            memberSeed,
            cancellationToken);
    }
}

/// <summary>A fitted stacking of models of ratings.</summary>
/// <param name="FeatureCount">Number of features a row must have.</param>
/// <param name="Members">The models, fitted on all training rows.</param>
/// <param name="Top">The model of the members' predictions, side by side.</param>
public sealed record StackingRegressionModel(int FeatureCount, IReadOnlyList<IRegressionModel> Members, IRegressionModel Top)
    : IRegressionModel
{
    /// <inheritdoc/>
    public double[] Predict(FeatureMatrix rows)
    {
        TrainingInput.CheckPrediction(rows, FeatureCount);
        return Top.Predict(OutOfFold.Join([.. Members.Select(member => member.Predict(rows))], rows.Rows, 1));
    }

    /// <inheritdoc/>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue rows) => Top.AddTo(
        graph, graph.Apply("Concat", [.. Members.Select(member => member.AddTo(graph, rows))], OnnxAttribute.Of("axis", 1L)));
}
