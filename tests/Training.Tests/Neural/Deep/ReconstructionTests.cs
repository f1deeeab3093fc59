using SerLab.Core;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using SerLab.Training.Baselines;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Deep;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Examples as the target: autoencoders, and the mean beside them.</summary>
public class ReconstructionTests
{
    private const int Features = 6;

    private static readonly DeepNetworkOptions Options =
        new() { Layers = LayerList.Parse("dense 2, dense 6"), Epochs = 150, LearningRate = 0.02 };

    [Fact]
    public void An_autoencoder_finds_the_plane_that_examples_lie_in()
    {
        TrainingSet set = OnAPlane(200, seed: 1);
        TrainingSet unseen = OnAPlane(50, seed: 2);

        double found = MeanSquare(new DeepNetworkLearner(Options).Fit(set, 1).Predict(unseen.Examples));
        double mean = MeanSquare(new MeanExampleLearner().Fit(set, 1).Predict(unseen.Examples));

        Assert.InRange(found, 0, mean / 20);
    }

    [Fact]
    public void The_means_error_is_the_variance_of_what_it_learnt_from()
    {
        TrainingSet set = OnAPlane(40, seed: 1);

        Predictions predictions = new MeanExampleLearner().Fit(set, 1).Predict(set.Examples);

        double variance = Enumerable.Range(0, Features).Average(j =>
        {
            double[] column = [.. Enumerable.Range(0, 40).Select(i => (double)set.Examples[i][j])];
            return column.Average(value => value * value) - Math.Pow(column.Average(), 2);
        });
        Assert.Equal(variance, MeanSquare(predictions), 1e-6);
        double[] scores = Target.Reconstruction.Scorer.Score(new(new double[40], predictions.Values, []));
        Assert.Equal(variance, scores[Target.Reconstruction.Scorer.Metrics.ToList().FindIndex(m => m.Name == "mse")], 1e-6);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_model_that_reconstructs_answers_in_onnx_as_here(bool isDeep)
    {
        TrainingSet set = OnAPlane(30, seed: 1);
        ILearner learner = isDeep
            ? new DeepNetworkLearner(Options with { Epochs = 2, Networks = 2, Layers = LayerList.Parse("gaussian 0.1, dense 6") })
            : new MeanExampleLearner();
        IModel model = learner.Fit(set, 1);
        OnnxGraph graph = new("reconstruction");
        OnnxPredictions answer =
            model.AddTo(graph, graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, Features]));
        graph.Output("y", answer.Values, OnnxElement.Float, [OnnxDimension.Batch, 1]);

        float[] values = ((FeatureMatrix)set.Examples).Values.ToArray();
        Tensor<float> actual = (Tensor<float>)OnnxModel.Parse(graph.ToBytes("1", "", []), "reconstruction").Run(
            new Dictionary<string, Tensor> { ["x"] = new Tensor<float>(values, set.Count, Features) })["y"];

        Assert.All(
            model.Predict(set.Examples).Values.Zip(actual.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Layers_that_end_in_another_size_are_told()
    {
        DeepNetworkLearner learner = new(Options with { Layers = LayerList.Parse("dense 4") });

        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => learner.RequireShape(ExampleShape.Features(Features), Target.Reconstruction));

        Assert.Equal("Layer 2, As 6 on 4: 4 values do not fill 6.", error.Message);
    }

    [Fact]
    public void The_divergence_of_latent_values_is_told_in_nats_and_joins_the_loss_by_and_by()
    {
        TrainingSet set = OnAPlane(40, seed: 1);
        LearningCurve Curve(double weight, int warmUp) => Assert.Single(new DeepNetworkLearner(Options with
        {
            Layers = LayerList.Parse($"dense 4, gaussian {weight}, dense 6"),
            LearningRate = 1e-30,
            Epochs = 2,
            BatchSize = 40,
            TermWarmUp = warmUp,
        }).Fit(set, 1).Curves);

        LearningCurve without = Curve(0, 0);
        LearningCurve with = Curve(3, 0);
        LearningCurve warming = Curve(3, 4);

        Assert.InRange(without.Divergences[0], 0.01, 100);
        Assert.Equal(without.Divergences[0], with.Divergences[0], 1e-9);
        Assert.Equal(without.Losses[0] + (3 * without.Divergences[0]), with.Losses[0], 1e-6);
        Assert.Equal(without.Losses[0] + (0.25 * 3 * without.Divergences[0]), warming.Losses[0], 1e-6);
        Assert.Equal(without.Losses[1] + (0.5 * 3 * without.Divergences[1]), warming.Losses[1], 1e-6);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Only_where_it_is_asked_for_does_training_stop_by_the_test_part(bool peeks)
    {
        TrainingSet all = OnAPlane(60, seed: 1);
        Fold fold = Fold.Testing(0, Enumerable.Range(0, 20), 60);
        DeepNetworkLearner learner = new(Options with { LearningRate = 1e-30, Epochs = 1, Patience = 1 });

        FittedFold fitted = new FoldData(all, fold, peeks).FitAndPredict(learner, 3);

        bool isOfTest = Math.Abs(fitted.Model!.Curves[0].HeldOutLosses[0] - MeanSquare(fitted.Predictions)) < 1e-6;
        Assert.Equal(peeks, isOfTest);
    }

    private static double MeanSquare(Predictions predictions) => predictions.Values.Average(error => error * error);

    // Two numbers seen through six features: what two latent values can tell.
    private static TrainingSet OnAPlane(int count, int seed)
    {
        SeededRandom random = new(seed);
        float[] values = new float[count * Features];
        for (int i = 0; i < count; i++)
        {
            (double a, double b) = (random.NextGaussian(), random.NextGaussian());
            for (int j = 0; j < Features; j++)
            {
                values[(i * Features) + j] = (float)((a * Math.Cos(j)) + (b * Math.Sin(2 * j)) + 0.3);
            }
        }

        return new TrainingSet(new FeatureMatrix(values, count, Features), Target.Reconstruction, new double[count]);
    }
}
