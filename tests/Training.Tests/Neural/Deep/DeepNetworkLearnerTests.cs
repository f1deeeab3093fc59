using SerLab.Core;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Deep;
using SerLab.Training.Neural.Layers;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Networks of layers as learners.</summary>
public class DeepNetworkLearnerTests
{
    private const int Steps = 24;

    private static readonly DeepNetworkOptions Options = new()
    {
        Layers = LayerList.Parse("conv 8 5, batchnorm, relu, maxpool 2, lstm 8 both"),
        LearningRate = 0.01,
        Epochs = 25,
        BatchSize = 16,
    };

    [Fact]
    public void The_order_of_steps_is_learnt()
    {
        TrainingSet set = Sweeps(120, seed: 1);
        TrainingSet unseen = Sweeps(60, seed: 2);

        Predictions predictions = new DeepNetworkLearner(Options).Fit(set, 3).Predict(unseen.Examples);

        int right = predictions.Labels.Zip(unseen.Labels).Count(pair => pair.First == pair.Second);
        Assert.True(right >= 57, $"{right} of 60 are right");
    }

    [Fact]
    public void A_fit_does_not_depend_on_the_number_of_threads()
    {
        TrainingSet set = Sweeps(40, seed: 1);
        DeepNetworkOptions options = Options with { Epochs = 3 };

        double[] one = new DeepNetworkLearner(options).Fit(set, 3).Predict(set.Examples).Probabilities;
        double[] three = new DeepNetworkLearner(options with { Threads = 3 }).Fit(set, 3).Predict(set.Examples).Probabilities;

        Assert.Equal(one, three);
    }

    [Fact]
    public void Stopping_keeps_the_best_weights_of_a_held_out_part()
    {
        TrainingSet set = Sweeps(60, seed: 1);
        DeepNetworkOptions options = Options with { Epochs = 200, Patience = 3 };

        DeepNetworkModel model = (DeepNetworkModel)new DeepNetworkLearner(options).Fit(set, 3);

        LearningCurve curve = Assert.Single(model.Curves);
        Assert.True(curve.Losses.Count < 200);
        Assert.Equal(curve.Losses.Count, curve.HeldOutLosses.Count);
        Assert.Equal(curve.HeldOutLosses.Min(), curve.HeldOutLosses[curve.BestEpoch]);
        Assert.Equal(curve.BestEpoch + 4, curve.Losses.Count);
        Assert.Equal(curve.Losses.Count, curve.HeldOutScores.Count);
        Assert.InRange(curve.HeldOutScores.Max(), 0.6, 1);
    }

    [Fact]
    public void Curves_do_not_depend_on_the_number_of_threads()
    {
        TrainingSet set = Sweeps(40, seed: 1);
        DeepNetworkOptions options = Options with { Epochs = 3, Patience = 2 };

        LearningCurve one = Assert.Single(new DeepNetworkLearner(options).Fit(set, 3).Curves);
        LearningCurve three = Assert.Single(new DeepNetworkLearner(options with { Threads = 3 }).Fit(set, 3).Curves);

        Assert.Equal(one.Losses, three.Losses);
        Assert.Equal(one.HeldOutLosses, three.HeldOutLosses);
    }

    [Fact]
    public void Every_epoch_is_told_and_an_early_end_is_the_whole()
    {
        Told told = new();
        ILearner learner = new DeepNetworkLearner(Options with { Epochs = 100, Patience = 1, Networks = 2 });

        IModel model = learner.Fit(Sweeps(40, seed: 1), 3, told, CancellationToken.None);

        Assert.Equal(model.Curves.Sum(curve => curve.Losses.Count) + 1, told.Reports.Count);
        Assert.StartsWith("epoch 1, loss ", told.Reports[0].Note, StringComparison.Ordinal);
        Assert.Equal((200, 200), (told.Reports[^1].Done, told.Reports[^1].Total));
        Assert.Equal(told.Reports.OrderBy(report => report.Done), told.Reports);
    }

    [Fact]
    public void Answers_of_several_networks_are_averaged_here_and_in_onnx()
    {
        TrainingSet set = Sweeps(40, seed: 1);
        IModel model = new DeepNetworkLearner(Options with { Epochs = 4, Networks = 3 }).Fit(set, 3);
        Predictions expected = model.Predict(set.Examples);
        OnnxGraph graph = new("sweeps");
        OnnxValue input = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, Steps, 2]);
        OnnxPredictions answers = model.AddTo(graph, input);
        graph.Output("p", answers.Probabilities, OnnxElement.Float, [OnnxDimension.Batch, 3]);

        float[] values = [.. Enumerable.Range(0, set.Count).SelectMany(i => set.Examples[i].ToArray())];
        Tensor<float> actual = (Tensor<float>)OnnxModel.Parse(graph.ToBytes("1", "", []), "sweeps").Run(
            new Dictionary<string, Tensor> { ["x"] = new Tensor<float>(values, set.Count, Steps, 2) })["p"];

        Assert.All(
            expected.Probabilities.Zip(actual.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Layers_that_do_not_fit_the_examples_are_told()
    {
        DeepNetworkLearner learner = new(Options with { Layers = LayerList.Parse("maxpool 9, conv 4 5 valid") });

        InvalidInputException error = Assert.Throws<InvalidInputException>(() => learner.Fit(Sweeps(9, seed: 1), 3));

        Assert.StartsWith("Layer 2, Conv 5, 4 on 2×2: the kernel is larger", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_do_not_fit_a_shape_are_told_before_there_are_examples()
    {
        ILearner learner = new Pipelines.Pipeline(
            "scaled", [], new DeepNetworkLearner(Options with { Layers = LayerList.Parse("maxpool 9, conv 4 5 valid") }));
        Target target = Target.Rating("rating");

        Assert.Throws<InvalidInputException>(() => learner.RequireShape(ExampleShape.Series(Steps, 2), target));
        learner.RequireShape(ExampleShape.Series(9 * Steps, 2), target);
        learner.RequireShape(ExampleShape.Series(null, 2), target);
    }

    [Theory]
    [InlineData("conv 16 3x3 stride 2x2 valid", "Conv 3×3, 16, stride 2×2")]
    [InlineData("conv 16 5 dilation 4", "Conv 5, 16, dilation 4")]
    [InlineData("maxpool 2x2", "Max pool 2×2")]
    [InlineData("avgpool", "Global Average pool")]
    [InlineData("lstm 32 sequence", "LSTM 32, all steps")]
    [InlineData("gru 32 both", "Concatenation of 2 branches")]
    [InlineData("residual(conv 8 3, relu)", "Sum of 2 branches")]
    [InlineData("leakyrelu", "Leaky ReLU 0.3")]
    public void A_layer_is_read_as_it_is_written(string text, string layer) =>
        Assert.Equal(layer, Assert.Single(LayerList.Parse(text).Layers).ToString());

    [Theory]
    [InlineData("conv 16", "kernel")]
    [InlineData("conv many 3x3", "a whole number")]
    [InlineData("dense 16 softly", "'softly' is not known")]
    [InlineData("dropout much", "a number")]
    [InlineData("convolution 3", "convolution")]
    public void A_layer_that_cannot_be_read_is_told(string text, string words) => Assert.Contains(
        words, Assert.ThrowsAny<InvalidInputException>(() => LayerList.Parse(text)).Message, StringComparison.Ordinal);

    // Three classes: a bump that wanders up, one that wanders down, and one that stays.
    private static TrainingSet Sweeps(int count, int seed)
    {
        SeededRandom random = new(seed);
        float[][] series = new float[count][];
        int[] labels = new int[count];
        for (int n = 0; n < count; n++)
        {
            labels[n] = n % 3;
            series[n] = new float[Steps * 2];
            double phase = random.NextDouble();
            for (int t = 0; t < Steps; t++)
            {
                double place = labels[n] switch { 0 => t, 1 => Steps - 1 - t, _ => Steps / 2.0 } / Steps;
                series[n][2 * t] = (float)(place + (0.2 * phase) + (0.1 * random.NextGaussian()));
                series[n][(2 * t) + 1] = (float)random.NextGaussian();
            }
        }

        return TrainingSet.OfClasses(new ExampleArrays(series, ExampleShape.Series(Steps, 2)), labels, 3);
    }

    private sealed class Told : IProgress<WorkProgress>
    {
        public List<WorkProgress> Reports { get; } = [];

        public void Report(WorkProgress value) => Reports.Add(value);
    }
}
