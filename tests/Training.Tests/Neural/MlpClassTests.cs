using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Neural;
using Xunit;

namespace SerLab.Training.Tests.Neural;

public class MlpClassTests
{
    private static readonly ScikitLearnMlpOptions Quick = new() { HiddenUnits = [16], LearningRate = 0.02, BatchSize = 32 };

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Logistic)]
    public void Learns_exclusive_or_which_no_line_separates(Activation activation)
    {
        FeatureMatrix corners = new([0, 0, 0, 1, 1, 0, 1, 1], 4, 2);
        int[] labels = [0, 1, 1, 0];
        ScikitLearnMlpOptions options = new()
        {
            HiddenUnits = [16],
            Activation = activation,
            LearningRate = 0.05,
            MaxIterations = 1000,
            PatienceEpochs = 100,
            Alpha = 0,
        };

        IModel model = new MlpLearner(options).Fit(corners, labels, 2, 3);

        Predictions predictions = model.Predict(corners);
        Assert.Equal(labels, predictions.Labels);
        Assert.All(Enumerable.Range(0, 4), i => Assert.InRange(predictions.Probabilities[(2 * i) + labels[i]], 0.9, 1));
    }

    [Fact]
    public void Learns_three_clusters_with_probabilities_that_sum_to_one()
    {
        (FeatureMatrix rows, int[] labels) = Clusters(300, [0, 1, 2]);

        MlpModel model = Fit(Quick, rows, labels, 3);

        double[] probabilities = model.Predict(rows).Probabilities;
        Assert.All(probabilities.Chunk(3), row => Assert.Equal(1, row.Sum(), 1e-12));
        Assert.InRange(model.Predict(rows).Labels.Zip(labels, (p, y) => p == y ? 1.0 : 0).Average(), 0.97, 1);
        Assert.True(model.History!.Losses[^1] < model.History.Losses[0] / 3);
        Assert.Equal(Activation.Softmax, model.Network.Layers[^1].Activation);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(0, 2)]
    public void A_class_absent_from_the_training_rows_has_probability_zero(int first, int second)
    {
        (FeatureMatrix rows, int[] labels) = Clusters(120, [first, second]);

        MlpModel model = Fit(Quick, rows, labels, 4);

        Assert.Equal(4, model.ClassCount);
        Assert.All(model.Predict(rows).Probabilities.Chunk(4), row =>
        {
            Assert.Equal(1, row[first] + row[second], 1e-12);
            Assert.All(Enumerable.Range(0, 4).Except([first, second]), absent => Assert.Equal(0, row[absent]));
        });
        Assert.InRange(model.Predict(rows).Labels.Zip(labels, (p, y) => p == y ? 1.0 : 0).Average(), 0.97, 1);
    }

    [Fact]
    public void Three_of_five_classes_are_learnt_as_if_there_were_only_three()
    {
        (FeatureMatrix rows, int[] labels) = Clusters(90, [0, 2, 4]);
        int[] compact = [.. labels.Select(label => label / 2)];

        double[] sparse = Fit(Quick, rows, labels, 5).Predict(rows).Probabilities;
        double[] dense = Fit(Quick, rows, compact, 3).Predict(rows).Probabilities;

        Assert.All(Enumerable.Range(0, 90 * 3), i => Assert.Equal(dense[i], sparse[(i / 3 * 5) + (2 * (i % 3))], 1e-6));
    }

    [Fact]
    public void A_single_class_is_answered_always()
    {
        FeatureMatrix rows = new([1, 2, 3], 3, 1);

        IModel model = new MlpLearner().Fit(rows, [1, 1, 1], 3, 1);

        Assert.Equal([1, 1, 1], model.Predict(rows).Labels);
        Assert.Equal([0, 1, 0, 0, 1, 0, 0, 1, 0], model.Predict(rows).Probabilities);
    }

    [Fact]
    public void The_keras_recipe_classifies_too()
    {
        (FeatureMatrix rows, int[] labels) = Clusters(150, [0, 1, 2]);
        int[] predicted = Fit(new KerasMlpOptions { HiddenUnits = [8] }, rows, labels, 3).Predict(rows).Labels;
        Assert.InRange(predicted.Zip(labels, (p, y) => p == y ? 1.0 : 0).Average(), 0.95, 1);
    }

    [Fact]
    public void Early_stopping_records_accuracies()
    {
        (FeatureMatrix rows, int[] labels) = Clusters(200, [0, 1]);
        TrainingHistory history = Fit(Quick with { EarlyStopping = true }, rows, labels, 2).History!;

        Assert.True(history.StoppedEarly);
        Assert.Equal(history.Losses.Count, history.ValidationScores.Count);
        Assert.All(history.ValidationScores, score => Assert.Equal(Math.Round(score * 20), score * 20, 1e-9));
        Assert.InRange(history.ValidationScores.Max(), 0.9, 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_on_any_number_of_threads()
    {
        (FeatureMatrix rows, int[] labels) = Clusters(60, [0, 1, 2]);
        MlpLearner learner = new(Quick);
        double[] alone = learner.Fit(rows, labels, 3, 8).Predict(rows).Probabilities;

        double[][] together = new double[4][];
        Parallel.For(0, 4, i => together[i] = learner.Fit(rows, labels, 3, 8).Predict(rows).Probabilities);

        Assert.All(together, probabilities => Assert.Equal(alone, probabilities));
        Assert.NotEqual(alone, learner.Fit(rows, labels, 3, 9).Predict(rows).Probabilities);
    }

    [Fact]
    public void Networks_that_answer_neither_a_rating_nor_classes_are_refused()
    {
        DenseLayer two = new(1, 2, new float[2], new float[2], Activation.Identity);
        DenseLayer one = new(1, 1, new float[1], new float[1], Activation.Softmax);

        Assert.Contains("2 outputs", Refusal(two), StringComparison.Ordinal);
        Assert.Contains("1 outputs with softmax", Refusal(one), StringComparison.Ordinal);

        static string Refusal(DenseLayer layer) =>
            Assert.Throws<ArgumentException>(() => new MlpModel(new DenseNetwork([layer]))).Message;
    }

    private static MlpModel Fit(MlpOptions options, FeatureMatrix rows, int[] labels, int classCount) =>
        Assert.IsType<MlpModel>(new MlpLearner(options).Fit(rows, labels, classCount, 1));

    /// <summary>Rows around the corners of a square, one corner per class.</summary>
    private static (FeatureMatrix Rows, int[] Labels) Clusters(int count, int[] classes)
    {
        SeededRandom random = new(21);
        float[] values = new float[2 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            int position = i % classes.Length;
            labels[i] = classes[position];
            values[2 * i] = (float)((position % 2 * 4) - 2 + (0.6 * random.NextGaussian()));
            values[(2 * i) + 1] = (float)((position / 2 * 4) - 2 + (0.6 * random.NextGaussian()));
        }

        return (new FeatureMatrix(values, count, 2), labels);
    }
}
