using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Baselines;
using SerLab.Training.Learners;
using SerLab.Training.Linear;

namespace SerLab.Training.Ensembles;

/// <summary>
/// Stacking (Wolpert 1992) as scikit-learn's StackingClassifier does it: each member says, for every training row, what it makes of the
/// row after learning from the inner folds without it; a logistic regression learns from these answers alone, and all members are
/// fitted again on all rows. Answers are probabilities, of a support vector classifier without calibration its decision function; two
/// classes need only the second's. Inner folds keep groups whole where groups are given, else they are stratified by class.
/// </summary>
public sealed class StackingClassifier : IGroupAwareClassificationLearner
{
    private readonly int folds;

    /// <summary>Creates the learner.</summary>
    /// <param name="members">The models to stack, at least one; with their preprocessing, which is then fitted in the inner folds.</param>
    /// <param name="folds">Number of inner folds, at least 2; fewer are used where there are fewer rows or groups.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no member, or there are fewer than two folds.</exception>
    public StackingClassifier(IReadOnlyList<IClassificationLearner> members, int folds = 5)
    {
        ArgumentOutOfRangeException.ThrowIfZero(members.Count, nameof(members));
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        Members = members;
        this.folds = folds;
    }

    /// <inheritdoc/>
    public string Name => "stacking";

    /// <summary>The models that are stacked.</summary>
    public IReadOnlyList<IClassificationLearner> Members { get; }

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
        cancellationToken.ThrowIfCancellationRequested();
        int[] classes = labels.ToArray();
        if (classes.Distinct().Count() == 1)
        {
            return new ConstantClassificationModel(rows.Columns, ClassProbabilities.Shares(labels, classCount));
        }

        int[] givenGroups = groups.ToArray();
        string[] names = [.. Members.Select(member => member.Name)];
        (int[] foldOf, int count) = InnerFolds.Deal(labels, groups, folds, seed);
        FeatureMatrix answers = OutOfFold.Answers(
            foldOf, count, names, StackingClassificationModel.AnswersPerMember(classCount), seed, (m, training, test, memberSeed) =>
        {
            IClassificationModel model = Fit(Members[m], training, memberSeed);
            return StackingClassificationModel.Ask(model, rows.Select(test));
        });
        IClassificationModel top = new LogisticRegressionClassifier().Fit(answers, labels, classCount, seed, cancellationToken);
        int[] all = [.. Enumerable.Range(0, rows.Rows)];
        return new StackingClassificationModel(
            rows.Columns, [.. Members.Select((member, m) => Fit(member, all, OutOfFold.SeedOf(seed, m, member.Name)))], top);

        IClassificationModel Fit(IClassificationLearner member, int[] training, int memberSeed) => member.FitGrouped(
            rows.Select(training),
            Array.ConvertAll(training, row => classes[row]),
            classCount,
            givenGroups.Length == 0 ? [] : Array.ConvertAll(training, row => givenGroups[row]),
            memberSeed,
            cancellationToken);
    }
}

/// <summary>A fitted stacking of models of classes.</summary>
/// <param name="FeatureCount">Number of features a row must have.</param>
/// <param name="Members">The models, fitted on all training rows.</param>
/// <param name="Top">The model of the members' answers, side by side.</param>
public sealed record StackingClassificationModel(int FeatureCount, IReadOnlyList<IClassificationModel> Members, IClassificationModel Top)
    : IClassificationModel
{
    /// <inheritdoc/>
    public int ClassCount => Top.ClassCount;

    /// <inheritdoc/>
    public double[] PredictProbabilities(FeatureMatrix rows) => Top.PredictProbabilities(Answers(rows));

    /// <inheritdoc/>
    public int[] PredictLabels(FeatureMatrix rows) => Top.PredictLabels(Answers(rows));

    /// <inheritdoc/>
    public OnnxClasses AddTo(OnnxGraph graph, OnnxValue rows)
    {
        OnnxValue[] answers = [.. Members.Select(member => ClassScores.AddTo(member, graph, rows))];
        if (ClassCount == 2)
        {
            OnnxValue second = graph.Constant([0, 1], 2, 1);
            answers = Array.ConvertAll(answers, answer => graph.MatrixProduct(answer, second));
        }

        return Top.AddTo(graph, graph.Apply("Concat", answers, OnnxAttribute.Of("axis", 1L)));
    }

    /// <summary>The answers of two classes mirror each other.</summary>
    internal static int AnswersPerMember(int classCount) => classCount == 2 ? 1 : classCount;

    internal static double[] Ask(IClassificationModel member, FeatureMatrix rows)
    {
        double[] scores = ClassScores.Of(member, rows);
        return member.ClassCount == 2 ? [.. scores.Where((_, i) => i % 2 == 1)] : scores;
    }

    private FeatureMatrix Answers(FeatureMatrix rows)
    {
        TrainingInput.CheckPrediction(rows, FeatureCount);
        return OutOfFold.Join([.. Members.Select(member => Ask(member, rows))], rows.Rows, AnswersPerMember(ClassCount));
    }
}
