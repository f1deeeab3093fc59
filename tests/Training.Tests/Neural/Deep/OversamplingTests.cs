using SerLab.Core;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Augmentation;
using SerLab.Training.Neural.Deep;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Pipelines;
using SerLab.Training.Resampling;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Rare classes of a network are filled up with repeats that are varied one by one.</summary>
public class OversamplingTests
{
    private static readonly DeepNetworkOptions Options = new()
    {
        Layers = LayerList.Parse("flatten, dense 6, relu"),
        Augment = AugmentationList.Parse("noise 0.5"),
        Epochs = 4,
        BatchSize = 8,
    };

    [Theory, InlineData(1), InlineData(6)]
    public void A_filled_up_fit_is_the_fit_of_a_set_that_holds_the_repeats(int steps)
    {
        TrainingSet set = Unequal(steps);
        TrainingSet repeated = set.Select(Repeats(set));

        Assert.Equal([24, 24, 24], Counts(repeated));
        Assert.Equal(Answers(Options, repeated, set), Answers(Options with { Oversample = true }, set, set));
    }

    [Fact]
    public void What_training_stops_by_is_divided_off_first_and_not_filled_up()
    {
        TrainingSet set = Unequal(1);
        DeepNetworkOptions stopping = Options with { Patience = 2, HeldOutFolds = 3 };
        Fold inner = InnerFolds.Of(set, 3, NetworkSeed)[0];
        TrainingSet learnt = set.Select(inner.Train);
        int[] repeats = Array.ConvertAll(Repeats(learnt), i => inner.Train[i]);

        Assert.Equal(
            Answers(stopping, set.Select(repeats, set.Select(inner.Test)), set),
            Answers(stopping with { Oversample = true }, set, set));
    }

    [Fact]
    public void Repeats_of_an_example_are_varied_each_by_itself()
    {
        TrainingSet set = Unequal(1);
        DeepNetworkOptions weighed = Options with { ClassWeights = ClassWeights.Balanced };
        AugmentationList none = AugmentationList.None;

        // As often, so as heavy; but without variants every repeat is the same example.
        double[] plain = Answers(Options with { Oversample = true, Augment = none }, set, set);

        Assert.NotEqual(plain, Answers(Options with { Oversample = true }, set, set));
        Assert.NotEqual(Answers(weighed, set, set), Answers(Options with { Oversample = true }, set, set));
    }

    [Fact]
    public void Equal_classes_stay_as_they_are()
    {
        TrainingSet set = Unequal(1);
        TrainingSet equal = set.Select([0, 1, 24, 25, 30, 31]);

        Assert.Equal(Answers(Options, equal, set), Answers(Options with { Oversample = true }, equal, set));
    }

    [Fact]
    public void A_single_class_and_a_single_example_are_learnt()
    {
        TrainingSet set = Unequal(1);

        Assert.All(Answers(Options with { Oversample = true }, set.Select([30, 31]), set), p => Assert.True(p is 0 or 1));
        Assert.All(Answers(Options with { Oversample = true }, set.Select([30]), set), p => Assert.True(p is 0 or 1));
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        TrainingSet set = Unequal(6);
        DeepNetworkOptions options = Options with { Oversample = true };

        Assert.Equal(Answers(options, set, set), Answers(options with { Threads = 3 }, set, set));
    }

    [Fact]
    public void Ratings_and_a_second_cure_are_refused()
    {
        TrainingSet set = Unequal(1);
        DeepNetworkLearner learner = new(Options with { Oversample = true });
        DeepNetworkLearner twice = new(Options with { Oversample = true, ClassWeights = ClassWeights.Balanced });

        string ratings = Assert.Throws<InvalidInputException>(
            () => learner.Fit(TrainingSet.OfRatings(set.Examples, set.Values), 3)).Message;
        string weights = Assert.Throws<InvalidInputException>(() => twice.Fit(set, 3)).Message;

        Assert.Equal("'deep' predicts no classes, and 'oversample' repeats examples of rare ones; leave it out.", ratings);
        Assert.Contains("would count rare classes twice", weights, StringComparison.Ordinal);
        Assert.Throws<InvalidInputException>(() => learner.RequireShape(ExampleShape.Features(4), Target.Rating("arousal")));
    }

    [Fact]
    public void Rows_made_before_a_part_is_held_out_are_refused()
    {
        TrainingSet set = Unequal(1);
        Pipeline whole = new("whole", [], new DeepNetworkLearner(Options)) { Resampler = new Smote() };
        Pipeline stopping = whole with { Learner = new DeepNetworkLearner(Options with { Patience = 2 }) };

        whole.Fit(set, 3);

        Assert.Contains(
            "let 'oversample' fill up", Assert.Throws<InvalidInputException>(() => stopping.Fit(set, 3)).Message,
            StringComparison.Ordinal);
    }

    private static int NetworkSeed => SeededRandom.Derive(3, "network", 0);

    private static int[] Repeats(TrainingSet set) =>
        RandomOversampling.Select(set.Labels, 3, SeededRandom.Derive(NetworkSeed, "fill up"));

    private static int[] Counts(TrainingSet set) => [.. Enumerable.Range(0, 3).Select(c => set.Labels.Count(l => l == c))];

    private static double[] Answers(DeepNetworkOptions options, TrainingSet learnt, TrainingSet asked) =>
        new DeepNetworkLearner(options).Fit(learnt, 3).Predict(asked.Examples).Probabilities;

    // 24, 6 and 2 examples of four values a step.
    private static TrainingSet Unequal(int steps)
    {
        int[] labels = [.. Enumerable.Range(0, 32).Select(i => i < 24 ? 0 : i < 30 ? 1 : 2)];
        SeededRandom random = new(steps);
        float[][] arrays =
        [
            .. labels.Select(label =>
                Enumerable.Range(0, steps * 4).Select(_ => (float)(label + random.NextGaussian())).ToArray()),
        ];
        ExampleShape shape = steps == 1 ? ExampleShape.Features(4) : ExampleShape.Series(steps, 4);
        return TrainingSet.OfClasses(Examples.Of(arrays, shape), labels, 3, [.. labels.Select((_, i) => i / 2 % 8)]);
    }
}
