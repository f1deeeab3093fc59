using SerLab.Core;
using SerLab.Training.Baselines;
using SerLab.Training.Learners;
using SerLab.Training.Neural;
using SerLab.Training.Neural.Deep;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;
using Xunit;

namespace SerLab.Training.Tests.Contract;

/// <summary>A learner held to the contract, and what it shall predict.</summary>
public sealed record ContractCase(string Name, ILearner Learner, Target Target)
{
    /// <summary>The learner; skips the test that asks for it where it cannot be tried on this machine.</summary>
    public ILearner Learner
    {
        get
        {
            Skip.If(WhyNot is not null, WhyNot);
            return field;
        }
    } = Learner;

    /// <summary>Why the learner cannot be tried on this machine, or nothing.</summary>
    public string? WhyNot { get; init; }

    /// <summary>A rating.</summary>
    public static Target Rating { get; } = Target.Rating("valence");

    /// <summary>One of four classes.</summary>
    public static Target Classes { get; } = Target.Class(["calm", "happy", "sad", "angry"], "emotion");

    public override string ToString() => $"{Name}, {(Target.IsRating ? "ratings" : "classes")}";
}

/// <summary>
/// What every learner promises, whatever it learns (as scikit-learn's check_estimator). The other part of the class lists the
/// learners.
/// </summary>
public partial class LearnerContract
{
    private const int Columns = 6;
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(90, Columns, seed: 1);
    private static readonly double[] Ratings = RandomTables.SmoothTargets(Rows, seed: 2);
    private static readonly int[] Labels = RandomTables.SmoothLabels(Rows, 4, seed: 2);
    private static readonly FeatureMatrix NewRows = RandomTables.Gaussian(33, Columns, seed: 3);
    private static readonly FeatureMatrix NoRows = new([], 0, Columns);
    private static readonly ExampleArrays Series = new([new float[6], new float[9]], ExampleShape.Series(null, 3));

    public static TheoryData<ContractCase> All => [.. Cases];

    public static TheoryData<ContractCase> OfRatings => [.. Cases.Where(learner => learner.Target.IsRating)];

    public static TheoryData<ContractCase> OfClasses => [.. Cases.Where(learner => !learner.Target.IsRating)];

    [SkippableTheory, MemberData(nameof(All))]
    public void It_has_a_short_name(ContractCase given) =>
        Assert.True(given.Learner.Name.Length is > 0 and <= 30 && !given.Learner.Name.Contains(' ', StringComparison.Ordinal));

    [SkippableTheory, MemberData(nameof(All))]
    public void The_same_seed_gives_the_same_bytes(ContractCase given) =>
        AssertSame(Fit(given).Predict(NewRows), Fit(given).Predict(NewRows));

    [SkippableTheory, MemberData(nameof(All))]
    public void It_answers_every_row_and_knows_its_input_and_its_classes(ContractCase given)
    {
        IModel model = Fit(given);

        Assert.Equal(Rows.Shape, model.Input);
        Assert.Equal(given.Target.Classes.Count, model.ClassCount);
        AssertAnswers(model, NewRows);
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void Fitting_alters_neither_rows_nor_targets(ContractCase given)
    {
        FeatureMatrix rows = new(Rows.Values.ToArray(), Rows.Rows, Rows.Columns);
        TrainingSet set = new(rows, given.Target, Values(given));

        given.Learner.Fit(set, seed: 7).Predict(rows);

        Assert.True(rows.Values.SequenceEqual(Rows.Values));
        Assert.True(set.Values.SequenceEqual(Values(given)));
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void The_model_does_not_see_later_changes_of_the_targets(ContractCase given)
    {
        double[] values = Values(given);
        IModel model = given.Learner.Fit(new TrainingSet(Rows, given.Target, values), seed: 7);
        Predictions before = model.Predict(NewRows);

        Array.Fill(values, 1);

        AssertSame(before, model.Predict(NewRows));
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void A_rows_answer_depends_neither_on_order_nor_on_batch(ContractCase given)
    {
        IModel model = Fit(given);
        Predictions together = model.Predict(NewRows);
        int[] order = RandomTables.Shuffled(NewRows.Rows, seed: 4);

        AssertSame(Picked(together, order, model.ClassCount), model.Predict(NewRows.Select(order)));
        Assert.All(order, i => AssertSame(Picked(together, [i], model.ClassCount), model.Predict(NewRows.Select([i]))));
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void Parallel_fits_equal_sequential_ones(ContractCase given)
    {
        Predictions[] sequential = [.. Enumerable.Range(0, 6).Select(FitAndPredict)];
        Predictions[] parallel = new Predictions[6];

        Parallel.For(0, 6, i => parallel[i] = FitAndPredict(i));

        Assert.All(sequential.Zip(parallel), pair => AssertSame(pair.First, pair.Second));

        Predictions FitAndPredict(int i)
        {
            int[] rows = [.. Enumerable.Range(0, Rows.Rows).Where(row => row % 6 != i)];
            return given.Learner.Fit(Set(given).Select(rows), seed: i).Predict(NewRows);
        }
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void Constant_features_tell_nothing_and_do_no_harm(ContractCase given)
    {
        FeatureMatrix constant = new([.. Enumerable.Repeat(0.5f, 40)], 20, 2);
        IModel model = given.Learner.Fit(new TrainingSet(constant, given.Target, Values(given).AsSpan(0, 20)), seed: 7);

        AssertAnswers(model, constant);
        Assert.Single(model.Predict(constant).Values.Distinct());
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void Two_rows_or_one_are_enough(ContractCase given)
    {
        AssertAnswers(given.Learner.Fit(Set(given).Select([0, 1]), seed: 7), NewRows);
        AssertAnswers(given.Learner.Fit(Set(given).Select([0]), seed: 7), NewRows);
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void More_features_than_rows_are_fine(ContractCase given)
    {
        FeatureMatrix wide = RandomTables.Gaussian(8, 40, seed: 5);

        AssertAnswers(given.Learner.Fit(new TrainingSet(wide, given.Target, Values(given).AsSpan(0, 8)), seed: 7), wide);
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void No_rows_to_predict_give_no_answers(ContractCase given) => AssertAnswers(Fit(given), NoRows);

    [SkippableTheory, MemberData(nameof(All))]
    public void Features_that_are_not_finite_are_refused_with_their_place(ContractCase given)
    {
        IModel model = Fit(given);
        foreach (float value in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            AssertRefused("Row 2, feature 3", () => given.Learner.Fit(Set(given).With(With(Rows, 15, value)), seed: 7));
            AssertRefused("Row 1, feature 1", () => model.Predict(With(NewRows, 7, value)));
        }
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void Rows_of_another_width_are_refused(ContractCase given) =>
        AssertRefused("5 features", () => Fit(given).Predict(new FeatureMatrix(new float[5], 1, 5)));

    [SkippableTheory, MemberData(nameof(All))]
    public void Examples_that_are_no_rows_are_refused_with_their_shape_but_by_the_floors(ContractCase given)
    {
        TrainingSet set = new(Series, given.Target, [0, 1]);
        if (given.Learner is MeanLearner or MajorityLearner or StratifiedRandomLearner)
        {
            // Whatever is compared must be held against a floor.
            Assert.Equal(2, given.Learner.Fit(set, seed: 7).Predict(Series).Count);
            return;
        }

        AssertRefused("frames × 3 bands", () => given.Learner.Fit(set, seed: 7));
        AssertRefused("frames × 3 bands", () => Fit(given).Predict(Series));
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void The_other_kind_of_target_is_learnt_or_refused_but_not_mistaken(ContractCase given)
    {
        Target other = given.Target.IsRating ? ContractCase.Classes : ContractCase.Rating;
        TrainingSet set = new(Rows, other, Values(given with { Target = other }));
        IModel? model = null;
        InvalidInputException? refusal = null;
        try
        {
            model = given.Learner.Fit(set, seed: 7);
        }
        catch (InvalidInputException error)
        {
            refusal = error;
        }

        Assert.True(model is null ? refusal!.Message.Contains(other.Name, StringComparison.Ordinal)
            : model.ClassCount == other.Classes.Count);
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void A_weight_of_two_counts_as_the_row_twice_or_weights_are_refused(ContractCase given)
    {
        double[] weights = [.. Enumerable.Range(0, Rows.Rows).Select(row => row % 3 == 0 ? 2.0 : 1.0)];
        int[] twice = [.. Enumerable.Range(0, Rows.Rows), .. Enumerable.Range(0, Rows.Rows).Where(row => row % 3 == 0)];
        Predictions repeated = given.Learner.Fit(Set(given).Select(twice), seed: 7).Predict(NewRows);
        Predictions? weighted = null;
        InvalidInputException? refusal = null;
        try
        {
            TrainingSet set = new(Rows, given.Target, Values(given), [], weights);
            weighted = given.Learner.Fit(set, seed: 7).Predict(NewRows);
        }
        catch (InvalidInputException error)
        {
            refusal = error;
        }

        if (weighted is null)
        {
            Assert.Contains("weights", refusal!.Message, StringComparison.Ordinal);
            return;
        }

        Assert.All(weighted.Values.Zip(repeated.Values), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.All(weighted.Probabilities.Zip(repeated.Probabilities), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void It_answers_the_same_in_other_units_where_it_says_so(ContractCase given)
    {
        TrainingSet other = new(InOtherUnits(Rows), given.Target, Values(given));

        Predictions answers = given.Learner.Fit(other, seed: 7).Predict(InOtherUnits(NewRows));

        // A power that is chosen by the data scales what it bends, but bends what is scaled otherwise.
        bool mayDiffer = given.Learner is Pipeline pipeline && pipeline.Preprocessors.Any(step => step is PowerScaler);
        if (!mayDiffer)
        {
            Assert.Equal(given.Learner.IsScaleFree, Same(Fit(given).Predict(NewRows), answers));
        }

        // By powers of two float32 multiplies exactly.
        static FeatureMatrix InOtherUnits(FeatureMatrix rows) => new(
            [.. rows.Values.ToArray().Select((value, i) => value * MathF.Pow(2, (5 * (i % Columns)) - 12))],
            rows.Rows,
            rows.Columns);
    }

    [SkippableTheory, MemberData(nameof(All))]
    public void A_cancelled_fit_stops(ContractCase given)
    {
        ILearner learner = given.Learner;

        Assert.ThrowsAny<OperationCanceledException>(
            () => learner.Fit(Set(given), seed: 7, new CancellationToken(canceled: true)));
    }

    [SkippableTheory, MemberData(nameof(OfRatings))]
    public void A_constant_rating_is_predicted_everywhere(ContractCase given)
    {
        // Gradient descent only comes near a constant in its few epochs; all others find it.
        double tolerance = given.Learner is MlpLearner or DeepNetworkLearner ? 0.25 : 1e-12;
        double[] constant = [.. Enumerable.Repeat(0.25, Rows.Rows)];

        double[] predictions = given.Learner.Fit(new TrainingSet(Rows, given.Target, constant), seed: 7).Predict(Rows).Values;

        Assert.All(predictions, prediction => Assert.Equal(0.25, prediction, tolerance));
    }

    [SkippableTheory, MemberData(nameof(OfClasses))]
    public void A_class_absent_from_training_is_never_answered(ContractCase given)
    {
        Predictions predictions = FitWhere(given, label => label != 1).Predict(NewRows);

        Assert.DoesNotContain(1, predictions.Labels);
        Assert.All(predictions.Probabilities.Chunk(4), row => Assert.Equal(0, row[1]));
    }

    [SkippableTheory, MemberData(nameof(OfClasses))]
    public void Two_of_four_classes_are_enough(ContractCase given)
    {
        IModel model = FitWhere(given, label => label is 1 or 3);

        AssertAnswers(model, NewRows);
        Assert.All(model.Predict(NewRows).Labels, label => Assert.True(label is 1 or 3));
    }

    [SkippableTheory, MemberData(nameof(OfClasses))]
    public void One_class_only_is_always_answered(ContractCase given)
    {
        double[] values = [.. Enumerable.Repeat(2.0, Rows.Rows)];
        IModel model = given.Learner.Fit(new TrainingSet(Rows, given.Target, values), seed: 7);

        AssertAnswers(model, NewRows);
        Assert.All(model.Predict(NewRows).Labels, label => Assert.Equal(2, label));
    }

    private static IModel Fit(ContractCase given) => given.Learner.Fit(Set(given), seed: 7);

    private static IModel FitWhere(ContractCase given, Predicate<int> isTaken) =>
        given.Learner.Fit(Set(given).Select([.. Enumerable.Range(0, Rows.Rows).Where(row => isTaken(Labels[row]))]), seed: 7);

    private static TrainingSet Set(ContractCase given) => new(Rows, given.Target, Values(given));

    private static double[] Values(ContractCase given) =>
        given.Target.IsRating ? [.. Ratings] : Array.ConvertAll(Labels, label => (double)label);

    private static Predictions Picked(Predictions all, int[] rows, int classes) => new(
        Array.ConvertAll(rows, row => all.Values[row]),
        [.. rows.SelectMany(row => all.Probabilities.AsSpan(row * classes, classes).ToArray())]);

    private static FeatureMatrix With(FeatureMatrix rows, int index, float value)
    {
        float[] values = rows.Values.ToArray();
        values[index] = value;
        return new FeatureMatrix(values, rows.Rows, rows.Columns);
    }

    private static void AssertAnswers(IModel model, FeatureMatrix rows)
    {
        Predictions predictions = model.Predict(rows);
        Assert.Equal(rows.Rows, predictions.Count);
        Assert.Equal(rows.Rows * model.ClassCount, predictions.Probabilities.Length);
        Assert.All(predictions.Values, value => Assert.True(double.IsFinite(value)));
        if (model.ClassCount > 0)
        {
            Assert.All(predictions.Labels, label => Assert.InRange(label, 0, model.ClassCount - 1));
            Assert.All(predictions.Probabilities, p => Assert.InRange(p, 0, 1));
            Assert.All(predictions.Probabilities.Chunk(model.ClassCount), row => Assert.Equal(1, row.Sum(), 12));
        }
    }

    private static void AssertSame(Predictions expected, Predictions actual) => Assert.True(Same(expected, actual));

    private static bool Same(Predictions expected, Predictions actual) =>
        expected.Values.AsSpan().SequenceEqual(actual.Values)
        && expected.Probabilities.AsSpan().SequenceEqual(actual.Probabilities);

    private static void AssertRefused(string words, Func<object> action) =>
        Assert.Contains(words, Assert.Throws<InvalidInputException>(action).Message, StringComparison.Ordinal);
}
