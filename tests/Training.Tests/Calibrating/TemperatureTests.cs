using SerLab.Core;
using SerLab.Training.Calibrating;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Calibrating;

public sealed class TemperatureTests
{
    private static readonly Target Classes = Target.Class(["a", "b", "c"]);

    [Theory]
    [InlineData(0.9, 60)]
    [InlineData(0.9, 95)]
    [InlineData(0.6, 80)]
    public void Of_two_classes_the_probability_becomes_the_share_that_is_right(double probability, int rightOfHundred)
    {
        PredictionSet set = new(
            [.. Enumerable.Range(0, 100).Select(i => i < rightOfHundred ? 0.0 : 1.0)],
            new double[100],
            [.. Enumerable.Range(0, 100).SelectMany(_ => new[] { probability, 1 - probability })]);

        Temperature temperature = Temperature.Of(set);

        static double Logit(double p) => Math.Log(p / (1 - p));
        Assert.Equal(Logit(probability) / Logit(rightOfHundred / 100.0), temperature.Value, 1e-9);
        Assert.Equal(rightOfHundred / 100.0, temperature.Apply([probability, 1 - probability], [0, 0])[0], 1e-9);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(3)]
    public void No_temperature_of_a_fine_grid_has_a_smaller_log_loss(double sharpness)
    {
        PredictionSet set = Drawn(400, sharpness);

        Temperature found = Temperature.Of(set);

        double least = Loss(found);
        for (double t = Temperature.Least; t < Temperature.Most; t *= 1.01)
        {
            Assert.True(least <= Loss(new Temperature(t)) + 1e-12, $"{t} is better than {found.Value}");
        }

        Assert.InRange(found.Value, 0.8 * sharpness, 1.25 * sharpness);

        double Loss(Temperature temperature) =>
            ProbabilityMetrics.LogLoss(set.Truth, temperature.Apply(set.Probabilities, [0, 0, 0]), 3);
    }

    [Fact]
    public void Right_always_and_right_by_chance_stay_within_the_range()
    {
        PredictionSet right = new([0, 1], [0, 1], [0.9, 0.1, 0.2, 0.8]);
        PredictionSet wrong = new([1, 0], [0, 1], [0.9, 0.1, 0.2, 0.8]);

        Assert.Equal(Temperature.Least, Temperature.Of(right).Value, 1e-9);
        Assert.Equal(Temperature.Most, Temperature.Of(wrong).Value, 1e-9);
    }

    [Theory]
    [InlineData("svc")]
    [InlineData("logistic")]
    [InlineData("tree")]
    [InlineData("neighbours")]
    public void Classes_never_change_and_probabilities_keep_their_order(string learner)
    {
        TrainingSet set = Noisy(120);
        LearnerSpecification plain = LearnerSpecification.Default(learner);
        LearnerSpecification calibrated = plain.With("calibration", "temperature");

        Predictions before = Fit(plain).Predict(set.Examples);
        Predictions after = Fit(calibrated).Predict(set.Examples);

        Assert.Equal(before.Values, after.Values);
        for (int row = 0; row < before.Probabilities.Length; row += 3)
        {
            double[] first = before.Probabilities[row..(row + 3)];
            double[] second = after.Probabilities[row..(row + 3)];
            Assert.Equal(1, second.Sum(), 1e-12);
            for (int pair = 0; pair < 9; pair++)
            {
                Assert.True(first[pair / 3] < first[pair % 3] || second[pair / 3] >= second[pair % 3]);
            }
        }

        IModel Fit(LearnerSpecification specification) =>
            LearnerCatalogue.BuiltIn.Create(specification, Classes).Fit(set, seed: 3);
    }

    [Fact]
    public void It_is_chosen_on_whole_groups_that_were_held_out()
    {
        // A group's feature says which group it is, and its class is drawn: known of old groups, unknown of new ones.
        SeededRandom random = new(4);
        int[] groups = [.. Enumerable.Range(0, 200).Select(i => i / 5)];
        int[] classOf = [.. Enumerable.Range(0, 40).Select(_ => random.NextInt(3))];
        FeatureMatrix rows = new([.. groups.Select(group => (float)group)], 200, 1);
        double[] labels = [.. groups.Select(group => (double)classOf[group])];
        CalibratedLearner learner = new(new DecisionTreeLearner());

        double torn = Of(new TrainingSet(rows, Classes, labels));
        double whole = Of(new TrainingSet(rows, Classes, labels, groups));

        Assert.True(torn < 1 && whole > 5, $"{torn} and {whole}");

        double Of(TrainingSet set) => ((CalibratedModel)learner.Fit(set, seed: 1)).Temperature.Value;
    }

    [Fact]
    public void It_is_named_in_what_describes_a_learner_only_where_it_was_asked_for_and_refused_for_ratings()
    {
        LearnerSpecification plain = LearnerSpecification.Default("forest");
        LearnerSpecification calibrated = plain.With("calibration", "temperature");
        LearnerCatalogue catalogue = LearnerCatalogue.BuiltIn;

        Assert.DoesNotContain("forest.calibration", catalogue.Describe(plain, Classes));
        Assert.Equal("temperature", catalogue.Describe(calibrated, Classes)["forest.calibration"]);
        Assert.Throws<InvalidInputException>(() => catalogue.Create(calibrated, Target.Rating("valence")));
    }

    /// <summary>Classes drawn by known probabilities, which the model gives with their logits multiplied.</summary>
    private static PredictionSet Drawn(int count, double sharpness)
    {
        SeededRandom random = new(7);
        double[] truth = new double[count];
        double[] given = new double[3 * count];
        for (int i = 0; i < count; i++)
        {
            double[] logits = [random.NextGaussian(), random.NextGaussian(), random.NextGaussian()];
            double[] honest = SoftMax(logits, 1);
            double drawn = random.NextDouble();
            truth[i] = drawn < honest[0] ? 0 : drawn < honest[0] + honest[1] ? 1 : 2;
            SoftMax(logits, sharpness).CopyTo(given, 3 * i);
        }

        return new PredictionSet(truth, new double[count], given);

        static double[] SoftMax(double[] logits, double factor)
        {
            double[] powers = Array.ConvertAll(logits, logit => Math.Exp(factor * logit));
            return Array.ConvertAll(powers, power => power / powers.Sum());
        }
    }

    private static TrainingSet Noisy(int count)
    {
        SeededRandom random = new(5);
        float[] values = [.. Enumerable.Range(0, 2 * count).Select(_ => (float)random.NextGaussian())];
        double[] labels =
        [
            .. Enumerable.Range(0, count).Select(i =>
                random.NextDouble() < 0.3 ? random.NextInt(3) : values[2 * i] < -0.5 ? 0.0 : values[2 * i] < 0.5 ? 1 : 2),
        ];
        return new TrainingSet(new FeatureMatrix(values, count, 2), Classes, labels);
    }
}
