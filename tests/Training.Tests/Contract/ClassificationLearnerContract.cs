using SerLab.Core;
using SerLab.Training.Learners;
using Xunit;

namespace SerLab.Training.Tests.Contract;

/// <summary>What every classification learner promises, whatever it learns. A new one is added to <see cref="Learners"/> and has
/// nothing else to do.</summary>
public partial class ClassificationLearnerContract
{
    private const int Classes = 4;
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(90, 6, seed: 1);
    private static readonly int[] Labels = RandomTables.SmoothLabels(Rows, Classes, seed: 2);
    private static readonly FeatureMatrix NewRows = RandomTables.Gaussian(33, 6, seed: 3);

    [Theory, MemberData(nameof(Learners))]
    public void It_has_a_short_name(string what, IClassificationLearner learner) =>
        Assert.True(learner.Name.Length is > 0 and <= 30 && !learner.Name.Contains(' ', StringComparison.Ordinal), what);

    [Theory, MemberData(nameof(Learners))]
    public void The_same_seed_gives_the_same_bytes(string what, IClassificationLearner learner)
    {
        IClassificationModel first = learner.Fit(Rows, Labels, Classes, seed: 7);
        IClassificationModel second = learner.Fit(Rows, Labels, Classes, seed: 7);

        Assert.True(first.PredictProbabilities(NewRows).AsSpan().SequenceEqual(second.PredictProbabilities(NewRows)), what);
        Assert.Equal(first.PredictLabels(NewRows), second.PredictLabels(NewRows));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Probabilities_sum_to_one_and_labels_are_classes(string what, IClassificationLearner learner)
    {
        IClassificationModel model = learner.Fit(Rows, Labels, Classes, seed: 7);

        AssertProbabilities(model, NewRows, what);
        Assert.Equal(Rows.Columns, model.FeatureCount);
        Assert.Equal(Classes, model.ClassCount);
    }

    [Theory, MemberData(nameof(Learners))]
    public void Fitting_alters_neither_rows_nor_labels(string what, IClassificationLearner learner)
    {
        FeatureMatrix rows = new(Rows.Values.ToArray(), Rows.Rows, Rows.Columns);
        int[] labels = [.. Labels];

        _ = learner.Fit(rows, labels, Classes, seed: 7).PredictLabels(rows);

        Assert.True(rows.Values.SequenceEqual(Rows.Values), what);
        Assert.Equal(Labels, labels);
    }

    [Theory, MemberData(nameof(Learners))]
    public void The_model_does_not_see_later_changes_of_the_labels(string what, IClassificationLearner learner)
    {
        int[] labels = [.. Labels];
        IClassificationModel model = learner.Fit(Rows, labels, Classes, seed: 7);
        double[] before = model.PredictProbabilities(NewRows);

        Array.Fill(labels, 1);

        Assert.True(before.AsSpan().SequenceEqual(model.PredictProbabilities(NewRows)), what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void A_rows_answer_depends_neither_on_order_nor_on_batch(string what, IClassificationLearner learner)
    {
        IClassificationModel model = learner.Fit(Rows, Labels, Classes, seed: 7);
        double[] together = model.PredictProbabilities(NewRows);
        int[] labels = model.PredictLabels(NewRows);
        int[] order = RandomTables.Shuffled(NewRows.Rows, seed: 4);

        Assert.Equal(Array.ConvertAll(order, i => labels[i]), model.PredictLabels(NewRows.Select(order)));
        Assert.All(Enumerable.Range(0, NewRows.Rows), i =>
        {
            FeatureMatrix alone = NewRows.Select([i]);
            Assert.Equal(together[(i * Classes)..((i + 1) * Classes)], model.PredictProbabilities(alone));
            Assert.True(labels[i] == model.PredictLabels(alone)[0], what);
        });
    }

    [Theory, MemberData(nameof(Learners))]
    public void Parallel_fits_equal_sequential_ones(string what, IClassificationLearner learner)
    {
        double[][] sequential = [.. Enumerable.Range(0, 6).Select(FitAndPredict)];
        double[][] parallel = new double[6][];

        Parallel.For(0, 6, i => parallel[i] = FitAndPredict(i));

        Assert.True(sequential.Zip(parallel).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), what);

        double[] FitAndPredict(int i)
        {
            int[] rows = [.. Enumerable.Range(0, Rows.Rows).Where(row => row % 6 != i)];
            return learner.Fit(Rows.Select(rows), Array.ConvertAll(rows, row => Labels[row]), Classes, seed: i)
                .PredictProbabilities(NewRows);
        }
    }

    [Theory, MemberData(nameof(Learners))]
    public void A_class_absent_from_training_is_never_answered(string what, IClassificationLearner learner)
    {
        int[] rows = [.. Enumerable.Range(0, Rows.Rows).Where(row => Labels[row] != 1)];
        IClassificationModel model = learner.Fit(
            Rows.Select(rows), Array.ConvertAll(rows, row => Labels[row]), Classes, seed: 7);

        AssertProbabilities(model, NewRows, what);
        Assert.DoesNotContain(1, model.PredictLabels(NewRows));
        double[] probabilities = model.PredictProbabilities(NewRows);
        Assert.All(Enumerable.Range(0, NewRows.Rows), i => Assert.Equal(0, probabilities[(i * Classes) + 1]));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Two_of_four_classes_are_enough(string what, IClassificationLearner learner)
    {
        int[] rows = [.. Enumerable.Range(0, Rows.Rows).Where(row => Labels[row] is 1 or 3)];
        IClassificationModel model = learner.Fit(
            Rows.Select(rows), Array.ConvertAll(rows, row => Labels[row]), Classes, seed: 7);

        AssertProbabilities(model, NewRows, what);
        Assert.All(model.PredictLabels(NewRows), label => Assert.True(label is 1 or 3));
    }

    [Theory, MemberData(nameof(Learners))]
    public void One_class_only_is_always_answered(string what, IClassificationLearner learner)
    {
        IClassificationModel model = learner.Fit(Rows, [.. Enumerable.Repeat(2, Rows.Rows)], Classes, seed: 7);

        AssertProbabilities(model, NewRows, what);
        Assert.All(model.PredictLabels(NewRows), label => Assert.Equal(2, label));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Two_rows_or_one_are_enough(string what, IClassificationLearner learner)
    {
        AssertProbabilities(learner.Fit(Rows.Select([0, 1]), [3, 0], Classes, seed: 7), NewRows, what);
        AssertProbabilities(learner.Fit(Rows.Select([0]), [3], Classes, seed: 7), NewRows, what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void Constant_features_tell_nothing_and_do_no_harm(string what, IClassificationLearner learner)
    {
        FeatureMatrix constant = new([.. Enumerable.Repeat(0.5f, 40)], 20, 2);
        IClassificationModel model = learner.Fit(constant, Labels.AsSpan(0, 20), Classes, seed: 7);

        AssertProbabilities(model, constant, what);
        Assert.Single(model.PredictLabels(constant).Distinct());
    }

    [Theory, MemberData(nameof(Learners))]
    public void More_features_than_rows_are_fine(string what, IClassificationLearner learner)
    {
        FeatureMatrix wide = RandomTables.Gaussian(8, 40, seed: 5);

        AssertProbabilities(learner.Fit(wide, [0, 1, 2, 3, 0, 1, 2, 3], Classes, seed: 7), wide, what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void No_rows_to_predict_give_no_answers(string what, IClassificationLearner learner)
    {
        IClassificationModel model = learner.Fit(Rows, Labels, Classes, seed: 7);

        Assert.True(model.PredictLabels(new FeatureMatrix([], 0, 6)).Length == 0, what);
        Assert.True(model.PredictProbabilities(new FeatureMatrix([], 0, 6)).Length == 0, what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void Bad_training_input_is_refused_with_its_place(string what, IClassificationLearner learner)
    {
        AssertRefused(learner, new FeatureMatrix([], 0, 6), [], "no training rows", what);
        AssertRefused(learner, Rows, Labels[..89], "90 rows but 89", what);
        AssertRefused(learner, With(Rows, 15, float.NaN), Labels, "Row 2, feature 3", what);
        AssertRefused(learner, With(Rows, 15, float.PositiveInfinity), Labels, "Row 2, feature 3", what);
        AssertRefused(learner, Rows, [.. Labels[..5], Classes, .. Labels[6..]], "Row 5 has class 4", what);
        AssertRefused(learner, Rows, [.. Labels[..5], -1, .. Labels[6..]], "Row 5 has class -1", what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void Bad_rows_to_predict_are_refused_with_their_place(string what, IClassificationLearner learner)
    {
        IClassificationModel model = learner.Fit(Rows, Labels, Classes, seed: 7);
        FeatureMatrix narrow = new(new float[5], 1, 5);
        FeatureMatrix holed = With(NewRows, 7, float.NaN);

        foreach (Func<FeatureMatrix, object> predict in new Func<FeatureMatrix, object>[] { model.PredictLabels, model.PredictProbabilities })
        {
            string width = Assert.Throws<InvalidInputException>(() => predict(narrow)).Message;
            string finite = Assert.Throws<InvalidInputException>(() => predict(holed)).Message;
            Assert.True(width.Contains("5 features", StringComparison.Ordinal), what);
            Assert.True(finite.Contains("Row 1, feature 1", StringComparison.Ordinal), what);
        }
    }

    [Theory, MemberData(nameof(Learners))]
    public void A_cancelled_fit_stops(string what, IClassificationLearner learner)
    {
        OperationCanceledException? stopped = null;
        try
        {
            learner.Fit(Rows, Labels, Classes, seed: 7, new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException error)
        {
            stopped = error;
        }

        Assert.True(stopped is not null, what);
    }

    private static void AssertProbabilities(IClassificationModel model, FeatureMatrix rows, string what)
    {
        double[] probabilities = model.PredictProbabilities(rows);
        int[] labels = model.PredictLabels(rows);
        Assert.Equal(rows.Rows * model.ClassCount, probabilities.Length);
        Assert.Equal(rows.Rows, labels.Length);
        Assert.True(probabilities.All(p => p is >= 0 and <= 1), what);
        Assert.All(probabilities.Chunk(model.ClassCount), row => Assert.Equal(1, row.Sum(), 12));
        Assert.All(labels, label => Assert.InRange(label, 0, model.ClassCount - 1));
    }

    private static FeatureMatrix With(FeatureMatrix rows, int index, float value)
    {
        float[] values = rows.Values.ToArray();
        values[index] = value;
        return new FeatureMatrix(values, rows.Rows, rows.Columns);
    }

    private static void AssertRefused(
        IClassificationLearner learner, FeatureMatrix rows, int[] labels, string place, string what)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => learner.Fit(rows, labels, Classes, seed: 7));
        Assert.True(error.Message.Contains(place, StringComparison.Ordinal), $"{what}: {error.Message}");
    }
}
