using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Trees;

/// <summary>
/// Trees whose classes count differently. Expected probabilities are those of scikit-learn 1.2.1 on the same rows, whatever its
/// seed: <c>DecisionTreeClassifier(class_weight=…)</c>, and <c>GradientBoostingClassifier</c> with
/// <c>compute_sample_weight("balanced", y)</c>.
/// </summary>
public class ClassWeightTests
{
    private const int Count = 60;

    // 23, 27 and 10 rows.
    private static readonly FeatureMatrix Rows = new(
        [
            .. Enumerable.Range(0, Count).SelectMany(
                i => Enumerable.Range(0, 3).Select(j => (float)Math.Sin((1.7 * i * (j + 1)) + j))),
        ],
        Count,
        3);

    private static readonly int[] Labels =
        [.. Enumerable.Range(0, Count).Select(i => i % 6 == 0 ? 2 : Rows[i, 0] + (0.5f * Rows[i, 1]) > 0.3 ? 1 : 0)];

    [Fact]
    public void A_balanced_tree_is_that_of_scikit_learn() => AssertAnswers(
        new DecisionTreeLearner(new DecisionTreeOptions { MaxDepth = 3, ClassWeights = ClassWeights.Balanced }),
        [
            0, 0, 1, 0, 0.822368421053, 0.177631578947, 0.586608730002, 0.045427612088, 0.36796365791,
            1, 0, 0, 0, 0, 1, 0.586608730002, 0.045427612088, 0.36796365791,
        ]);

    [Fact]
    public void Weights_of_ones_own_change_shares_and_not_how_many_rows_a_leaf_needs() => AssertAnswers(
        new DecisionTreeLearner(new DecisionTreeOptions
        {
            MaxDepth = 2,
            MinLeafRows = 13,
            ClassWeights = ClassWeights.Of(1, 0.5, 3),
        }),
        [
            0, 0.302325581395, 0.697674418605, 0, 0.684210526316, 0.315789473684, 0.536585365854, 0.024390243902, 0.439024390244,
            0.8, 0, 0.2, 0, 0.684210526316, 0.315789473684, 0.536585365854, 0.024390243902, 0.439024390244,
        ]);

    [Fact]
    public void Balanced_boosting_of_three_classes_is_that_of_scikit_learn() => AssertAnswers(
        Boosting(),
        [
            0.172597116, 0.166330399, 0.661072485, 0.129768464, 0.668774289, 0.201457248, 0.541057306, 0.31618529, 0.142757405,
            0.657785941, 0.128886818, 0.213327241, 0.153220217, 0.22261187, 0.624167912, 0.527182388, 0.095049152, 0.37776846,
        ]);

    [Fact]
    public void Balanced_boosting_of_two_classes_is_that_of_scikit_learn()
    {
        int[] rare = Array.ConvertAll(Labels, label => label == 2 ? 1 : 0);

        double[] answers = Asked(Boosting().Fit(Rows, rare, 2, seed: 0), 2);

        AssertNear(
            [
                0.337482321, 0.662517679, 0.67509689, 0.32490311, 0.764108857, 0.235891143,
                0.67509689, 0.32490311, 0.35268953, 0.64731047, 0.337482321, 0.662517679,
            ],
            answers);
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("forest")]
    [InlineData("boosting")]
    public void Equal_weights_change_nothing(string name)
    {
        double[] usual = Learner(name, ClassWeights.None).Fit(Rows, Labels, 3, seed: 5).Predict(Rows).Probabilities;
        double[] doubled = Learner(name, ClassWeights.Of(2, 2, 2)).Fit(Rows, Labels, 3, seed: 5).Predict(Rows).Probabilities;

        Assert.All(usual.Zip(doubled), pair => Assert.Equal(pair.First, pair.Second, 12));
    }

    [Fact]
    public void A_whole_weight_is_as_many_copies_of_the_rows_of_the_class()
    {
        int[] copied = [.. Enumerable.Range(0, Count).SelectMany(i => Enumerable.Repeat(i, Labels[i] == 2 ? 3 : 1))];
        DecisionTreeOptions options = new() { MaxDepth = 4 };

        IModel weighed = new DecisionTreeLearner(options with { ClassWeights = ClassWeights.Of(1, 1, 3) })
            .Fit(Rows, Labels, 3, seed: 1);
        IModel repeated = new DecisionTreeLearner(options)
            .Fit(Rows.Select(copied), [.. copied.Select(i => Labels[i])], 3, seed: 1);

        Assert.All(
            weighed.Predict(Rows).Probabilities.Zip(repeated.Predict(Rows).Probabilities),
            pair => Assert.Equal(pair.First, pair.Second, 12));
    }

    [Fact]
    public void Trees_of_a_balanced_forest_that_tell_nothing_apart_find_all_classes_equally_likely()
    {
        FeatureMatrix same = new(new float[Count], Count, 1);

        double[] probabilities = Learner("forest", ClassWeights.Balanced).Fit(same, Labels, 3, seed: 2).Predict(same)
            .Probabilities[..3];

        Assert.All(probabilities, p => Assert.Equal(1.0 / 3, p, 0.05));
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("forest")]
    [InlineData("boosting")]
    public void Weights_that_fit_no_classes_are_refused(string name)
    {
        InvalidInputException ofRatings = Assert.Throws<InvalidInputException>(() => Learner(name, ClassWeights.Balanced)
            .Fit(Rows, [.. Enumerable.Range(0, Count).Select(i => (double)i)], seed: 0));
        InvalidInputException tooFew = Assert.Throws<InvalidInputException>(() => Learner(name, ClassWeights.Of(1, 2))
            .Fit(Rows, Labels, 3, seed: 0));

        Assert.Contains("leave classWeights out", ofRatings.Message, StringComparison.Ordinal);
        Assert.Contains("2 class weights but 3 classes", tooFew.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Boosting_does_not_pretend_to_count_the_rows_of_weighed_leaves()
    {
        GradientBoostingLearner learner = new(new() { MinLeafRows = 3, ClassWeights = ClassWeights.Balanced });

        Assert.Contains(
            "leave minLeafRows at 1",
            Assert.Throws<InvalidInputException>(() => learner.Fit(Rows, Labels, 3, seed: 0)).Message,
            StringComparison.Ordinal);
    }

    private static GradientBoostingLearner Boosting() =>
        new(new() { Rounds = 10, MaxDepth = 2, ClassWeights = ClassWeights.Balanced });

    private static ILearner Learner(string name, ClassWeights weights) => name switch
    {
        "tree" => new DecisionTreeLearner(new() { ClassWeights = weights }),
        "forest" => new RandomForestLearner(new() { Trees = 200, ClassWeights = weights }),
        _ => new GradientBoostingLearner(new() { Rounds = 10, ClassWeights = weights }),
    };

    private static void AssertAnswers(ILearner learner, double[] expected) =>
        AssertNear(expected, Asked(learner.Fit(Rows, Labels, 3, seed: 0), 3));

    private static double[] Asked(IModel model, int classCount)
    {
        double[] all = model.Predict(Rows).Probabilities;
        return [.. new[] { 0, 1, 2, 3, 12, 17 }.SelectMany(i => all[(i * classCount)..((i + 1) * classCount)])];
    }

    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance: 2e-9));
    }
}
