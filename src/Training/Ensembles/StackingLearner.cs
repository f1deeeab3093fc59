using SerLab.Core;
using SerLab.Training.Baselines;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;
using SerLab.Training.Splitting;

namespace SerLab.Training.Ensembles;

/// <summary>
/// Stacking (Wolpert 1992; Breiman 1996): each member predicts every training example after learning from the inner folds without
/// it; a meta-learner learns from these predictions alone, and all members are fitted again on all examples. For ratings the
/// meta-learner is a ridge regression (α 1, on standardised predictions, so that the unit of the target does not matter); for
/// classes a logistic regression on the members' probabilities, or the decision function of a support vector classifier without
/// calibration, as in scikit-learn's StackingClassifier (two classes need only the second's).
/// </summary>
public sealed class StackingLearner : IDividingLearner
{
    private readonly int folds;

    /// <summary>Creates the learner.</summary>
    /// <param name="members">
    /// The models to stack, at least one; with their preprocessing, which is then fitted in the inner folds.
    /// </param>
    /// <param name="folds">Number of inner folds, at least 2; fewer are used where there are fewer examples or groups.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no member, or there are fewer than two folds.</exception>
    public StackingLearner(IReadOnlyList<ILearner> members, int folds = 5)
    {
        ArgumentOutOfRangeException.ThrowIfZero(members.Count, nameof(members));
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        Members = members;
        this.folds = folds;
    }

    /// <inheritdoc/>
    public string Name => "stacking";

    /// <inheritdoc/>
    public bool IsScaleFree => Members.All(member => member.IsScaleFree);

    /// <inheritdoc/>
    public void RequireShape(ExampleShape shape, Target target)
    {
        foreach (ILearner member in Members)
        {
            member.RequireShape(shape, target);
        }
    }

    /// <summary>The models that are stacked.</summary>
    public IReadOnlyList<ILearner> Members { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// Where there is one example or one class only, members cannot be weighed: the mean of ratings, or that class.
    /// </remarks>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.CheckFinite(set.Examples);
        TrainingInput.RequireUnweighted(set, Name);
        cancellationToken.ThrowIfCancellationRequested();
        if (!set.Target.IsRating && set.Labels.Distinct().Count() == 1)
        {
            return new MajorityLearner().Fit(set, seed, cancellationToken);
        }

        IReadOnlyList<Fold> inner = InnerFolds.Of(set, folds, seed);
        IModel meta = inner.Count < 2
            ? new LinearModel([.. Members.Select(_ => 1.0 / Members.Count)], 0)
            : MetaLearner(set.Target).Fit(set.With(OutOfFold(set, inner, seed, cancellationToken)), seed, cancellationToken);
        return new StackingModel(
            set.Examples.Shape,
            [.. Members.Select((member, m) => member.Fit(set, SeedOf(seed, m), cancellationToken))],
            meta);
    }

    private static ILearner MetaLearner(Target target) => target.IsRating
        ? new Pipeline("ridge", [new StandardScaler()], new RidgeLearner())
        : new LogisticRegressionLearner();

    /// <summary>What every member says of every training example, after a fit on the folds that the example is not in.</summary>
    private FeatureMatrix OutOfFold(TrainingSet set, IReadOnlyList<Fold> inner, int seed, CancellationToken cancellationToken)
    {
        int each = StackingModel.ScoresPerMember(set.Target.Classes.Count);
        int width = Members.Count * each;
        float[] values = new float[set.Count * width];
        foreach (Fold fold in inner)
        {
            FoldData data = new(set, fold);
            for (int m = 0; m < Members.Count; m++)
            {
                double[] scores = StackingModel.Telling(
                    data.FitAndScore(Members[m], SeedOf(seed, m, fold.Index), cancellationToken), set.Target.Classes.Count);
                StackingModel.Place(scores, each, m, row => fold.Test[row], values, width);
            }
        }

        return new FeatureMatrix(values, set.Count, width);
    }

    // A fit on all examples has no fold.
    private int SeedOf(int seed, int member, int fold = -1) =>
        SeededRandom.Derive(seed, $"stacking/{member}/{Members[member].Name}", fold);
}
