using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Neural;
using Xunit;

namespace SerLab.Training.Tests.Contract;

/// <summary>What every regression learner promises, whatever it learns (as scikit-learn's check_estimator). A new one is added to
/// <see cref="Learners"/> and has nothing else to do.</summary>
public partial class RegressionLearnerContract
{
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(80, 6, seed: 1);
    private static readonly double[] Targets = RandomTables.SmoothTargets(Rows, seed: 2);
    private static readonly FeatureMatrix NewRows = RandomTables.Gaussian(33, 6, seed: 3);

    [Theory, MemberData(nameof(Learners))]
    public void It_has_a_short_name(string what, IRegressionLearner learner) =>
        Assert.True(learner.Name.Length is > 0 and <= 30 && !learner.Name.Contains(' ', StringComparison.Ordinal), what);

    [Theory, MemberData(nameof(Learners))]
    public void The_same_seed_gives_the_same_bytes(string what, IRegressionLearner learner)
    {
        double[] first = learner.Fit(Rows, Targets, seed: 7).Predict(NewRows);
        double[] second = learner.Fit(Rows, Targets, seed: 7).Predict(NewRows);

        Assert.True(first.AsSpan().SequenceEqual(second), what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void Predictions_are_finite_one_per_row_and_know_their_width(string what, IRegressionLearner learner)
    {
        IRegressionModel model = learner.Fit(Rows, Targets, seed: 7);
        double[] predictions = model.Predict(NewRows);

        Assert.Equal(Rows.Columns, model.FeatureCount);
        Assert.Equal(NewRows.Rows, predictions.Length);
        Assert.True(predictions.All(double.IsFinite), what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void Fitting_alters_neither_rows_nor_targets(string what, IRegressionLearner learner)
    {
        FeatureMatrix rows = new(Rows.Values.ToArray(), Rows.Rows, Rows.Columns);
        double[] targets = [.. Targets];

        _ = learner.Fit(rows, targets, seed: 7).Predict(rows);

        Assert.True(rows.Values.SequenceEqual(Rows.Values), what);
        Assert.Equal(Targets, targets);
    }

    [Theory, MemberData(nameof(Learners))]
    public void The_model_does_not_see_later_changes_of_the_targets(string what, IRegressionLearner learner)
    {
        double[] targets = [.. Targets];
        IRegressionModel model = learner.Fit(Rows, targets, seed: 7);
        double[] before = model.Predict(NewRows);

        Array.Fill(targets, 1000);

        Assert.True(before.AsSpan().SequenceEqual(model.Predict(NewRows)), what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void A_rows_prediction_depends_neither_on_order_nor_on_batch(string what, IRegressionLearner learner)
    {
        IRegressionModel model = learner.Fit(Rows, Targets, seed: 7);
        double[] together = model.Predict(NewRows);
        int[] order = RandomTables.Shuffled(NewRows.Rows, seed: 4);

        double[] shuffled = model.Predict(NewRows.Select(order));

        Assert.All(order.Index(), entry => Assert.Equal(together[entry.Item], shuffled[entry.Index]));
        Assert.All(Enumerable.Range(0, NewRows.Rows), i =>
            Assert.True(together[i] == model.Predict(NewRows.Select([i]))[0], what));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Parallel_fits_equal_sequential_ones(string what, IRegressionLearner learner)
    {
        double[][] sequential = [.. Enumerable.Range(0, 6).Select(FitAndPredict)];
        double[][] parallel = new double[6][];

        Parallel.For(0, 6, i => parallel[i] = FitAndPredict(i));

        Assert.True(sequential.Zip(parallel).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), what);

        double[] FitAndPredict(int i)
        {
            int[] rows = [.. Enumerable.Range(0, Rows.Rows).Where(row => row % 6 != i)];
            return learner.Fit(Rows.Select(rows), Array.ConvertAll(rows, row => Targets[row]), seed: i).Predict(NewRows);
        }
    }

    [Theory, MemberData(nameof(Learners))]
    public void A_constant_target_is_predicted_everywhere(string what, IRegressionLearner learner)
    {
        // Gradient descent only comes near a constant in its few epochs; all others find it.
        double tolerance = learner is MlpRegressor ? 0.25 : 1e-12;
        double[] constant = [.. Enumerable.Repeat(0.25, Rows.Rows)];

        double[] predictions = learner.Fit(Rows, constant, seed: 7).Predict(Rows);

        Assert.All(predictions, p => Assert.True(Math.Abs(p - 0.25) < tolerance, $"{what} predicts {p}"));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Constant_features_tell_nothing_and_do_no_harm(string what, IRegressionLearner learner)
    {
        FeatureMatrix constant = new([.. Enumerable.Repeat(0.5f, 40)], 20, 2);

        double[] predictions = learner.Fit(constant, Targets.AsSpan(0, 20), seed: 7).Predict(constant);

        Assert.True(predictions.All(p => double.IsFinite(p) && p == predictions[0]), what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void One_training_row_is_enough(string what, IRegressionLearner learner)
    {
        double[] predictions = learner.Fit(Rows.Select([0]), Targets.AsSpan(0, 1), seed: 7).Predict(NewRows);

        Assert.True(predictions.All(double.IsFinite), what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void More_features_than_rows_are_fine(string what, IRegressionLearner learner)
    {
        FeatureMatrix wide = RandomTables.Gaussian(8, 40, seed: 5);

        double[] predictions = learner.Fit(wide, Targets.AsSpan(0, 8), seed: 7).Predict(wide);

        Assert.True(predictions.All(double.IsFinite), what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void No_rows_to_predict_give_no_predictions(string what, IRegressionLearner learner) =>
        Assert.True(learner.Fit(Rows, Targets, seed: 7).Predict(new FeatureMatrix([], 0, 6)).Length == 0, what);

    [Theory, MemberData(nameof(Learners))]
    public void Bad_training_input_is_refused_with_its_place(string what, IRegressionLearner learner)
    {
        AssertRefused(learner, new FeatureMatrix([], 0, 6), [], "no training rows", what);
        AssertRefused(learner, Rows, Targets[..79], "80 rows but 79", what);
        AssertRefused(learner, With(Rows, 15, float.NaN), Targets, "Row 2, feature 3", what);
        AssertRefused(learner, With(Rows, 15, float.NegativeInfinity), Targets, "Row 2, feature 3", what);
        AssertRefused(learner, Rows, [.. Targets[..5], double.NaN, .. Targets[6..]], "row 5", what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void Bad_rows_to_predict_are_refused_with_their_place(string what, IRegressionLearner learner)
    {
        IRegressionModel model = learner.Fit(Rows, Targets, seed: 7);

        InvalidInputException width = Assert.Throws<InvalidInputException>(() => model.Predict(new FeatureMatrix(new float[5], 1, 5)));
        InvalidInputException finite = Assert.Throws<InvalidInputException>(() => model.Predict(With(NewRows, 7, float.NaN)));

        Assert.True(width.Message.Contains("5 features", StringComparison.Ordinal), what);
        Assert.True(finite.Message.Contains("Row 1, feature 1", StringComparison.Ordinal), what);
    }

    [Theory, MemberData(nameof(Learners))]
    public void A_cancelled_fit_stops(string what, IRegressionLearner learner)
    {
        OperationCanceledException? stopped = null;
        try
        {
            learner.Fit(Rows, Targets, seed: 7, new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException error)
        {
            stopped = error;
        }

        Assert.True(stopped is not null, what);
    }

    private static FeatureMatrix With(FeatureMatrix rows, int index, float value)
    {
        float[] values = rows.Values.ToArray();
        values[index] = value;
        return new FeatureMatrix(values, rows.Rows, rows.Columns);
    }

    private static void AssertRefused(
        IRegressionLearner learner, FeatureMatrix rows, double[] targets, string place, string what)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => learner.Fit(rows, targets, seed: 7));
        Assert.True(error.Message.Contains(place, StringComparison.Ordinal), $"{what}: {error.Message}");
    }
}
