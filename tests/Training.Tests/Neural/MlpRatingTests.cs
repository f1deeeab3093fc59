using SerLab.Core;
using SerLab.Training.Neural;
using Xunit;

namespace SerLab.Training.Tests.Neural;

public class MlpRatingTests
{
    public static TheoryData<string> Recipes => ["keras", "adam", "sgd", "early"];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Learns_a_linear_function(string recipe)
    {
        (FeatureMatrix rows, double[] targets) = Linear(400, noise: 0);
        (FeatureMatrix newRows, double[] newTargets) = Linear(100, noise: 0, seed: 77);

        double[] predictions = new MlpLearner(Recipe(recipe)).Fit(rows, targets, 1).Predict(newRows).Values;

        double error = predictions.Zip(newTargets, (p, y) => (p - y) * (p - y)).Average();
        double mean = newTargets.Average();
        Assert.InRange(error / newTargets.Average(y => (y - mean) * (y - mean)), 0, 0.05);
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void The_loss_falls_and_each_epoch_is_recorded(string recipe)
    {
        (FeatureMatrix rows, double[] targets) = Linear(200, noise: 0.1);

        TrainingHistory history = Fit(Recipe(recipe), rows, targets, 3).History!;

        Assert.True(history.Losses[^1] < history.Losses[0] / 2, $"{history.Losses[0]} fell to {history.Losses[^1]} only");
        Assert.Equal(recipe == "early" ? history.Losses.Count : 0, history.ValidationScores.Count);
        if (recipe == "keras")
        {
            Assert.Equal(30, history.Losses.Count);
            Assert.False(history.StoppedEarly);
        }
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void The_same_seed_gives_the_same_bits_on_any_number_of_threads_and_another_seed_others(string recipe)
    {
        (FeatureMatrix rows, double[] targets) = Linear(60, noise: 0.3);
        MlpLearner learner = new(Recipe(recipe));
        double[] alone = learner.Fit(rows, targets, 5).Predict(rows).Values;

        double[][] together = new double[4][];
        Parallel.For(0, together.Length, i => together[i] = learner.Fit(rows, targets, 5).Predict(rows).Values);

        Assert.All(together, predictions => Assert.Equal(alone, predictions));
        Assert.NotEqual(alone, learner.Fit(rows, targets, 6).Predict(rows).Values);
    }

    [Fact]
    public void No_hidden_layer_makes_a_linear_model_that_finds_the_coefficients()
    {
        (FeatureMatrix rows, double[] targets) = Linear(400, noise: 0);
        ScikitLearnMlpOptions options = new()
        {
            HiddenUnits = [],
            Alpha = 0,
            LearningRate = 0.02,
            MaxIterations = 300,
            Tolerance = 0,
            PatienceEpochs = 300,
        };

        DenseLayer layer = Assert.Single(Fit(options, rows, targets, 1).Network.Layers);

        Assert.Equal([1.5f, -2, 0.5f], layer.Weights.ToArray(), (a, b) => Math.Abs(a - b) < 0.01);
        Assert.Equal(0.7, layer.Bias[0], 0.01);
    }

    [Fact]
    public void A_greater_penalty_gives_smaller_weights()
    {
        (FeatureMatrix rows, double[] targets) = Linear(200, noise: 0.1);
        double Size(double alpha) => Fit(new ScikitLearnMlpOptions { Alpha = alpha }, rows, targets, 1)
            .Network.Layers.Sum(layer => layer.Weights.ToArray().Sum(w => (double)w * w));

        Assert.True(Size(100) < 0.5 * Size(0));
    }

    [Fact]
    public void Training_stops_when_the_loss_stalls()
    {
        (FeatureMatrix rows, double[] targets) = Linear(100, noise: 0);
        ScikitLearnMlpOptions options = new() { Tolerance = 1e6, PatienceEpochs = 3 };

        TrainingHistory history = Fit(options, rows, targets, 1).History!;

        // The first epoch improves on nothing at all; the next four count, one more than patience endures.
        Assert.Equal(5, history.Losses.Count);
        Assert.True(history.StoppedEarly);
    }

    [Fact]
    public void An_adaptive_rate_prolongs_gradient_descent_but_not_adam()
    {
        (FeatureMatrix rows, double[] targets) = Linear(100, noise: 0);
        int Epochs(MlpSolver solver, LearningRateSchedule schedule) => Fit(
            new ScikitLearnMlpOptions { Tolerance = 1e6, PatienceEpochs = 3, Solver = solver, Schedule = schedule },
            rows,
            targets,
            1).History!.Losses.Count;

        // From 10⁻³ five divisions reach 3.2·10⁻⁷: 1 + 6 · 4 epochs.
        Assert.Equal(25, Epochs(MlpSolver.Sgd, LearningRateSchedule.Adaptive));
        Assert.Equal(5, Epochs(MlpSolver.Sgd, LearningRateSchedule.Constant));
        Assert.Equal(5, Epochs(MlpSolver.Adam, LearningRateSchedule.Adaptive));
    }

    [Fact]
    public void Early_stopping_keeps_the_network_that_scored_best()
    {
        (FeatureMatrix rows, double[] targets) = Linear(200, noise: 1);
        ScikitLearnMlpOptions options = new()
        {
            EarlyStopping = true,
            MaxIterations = 60,
            LearningRate = 0.05,
            PatienceEpochs = 60,
        };
        MlpModel model = Fit(options, rows, targets, 2);
        int best = model.History!.ValidationScores.ToList().IndexOf(model.History.ValidationScores.Max()) + 1;
        Assert.InRange(best, 1, 59);

        MlpModel stoppedThere = Fit(options with { MaxIterations = best }, rows, targets, 2);

        Assert.Equal(stoppedThere.Predict(rows).Values, model.Predict(rows).Values);
    }

    [Fact]
    public void Keras_weights_start_glorot_uniform_and_biases_at_zero_scikit_learns_do_not()
    {
        NetworkShape shape = new(200, 100);
        TrainingRecipe keras = new KerasMlpOptions().Recipe(Loss.SquaredError, 10);
        TrainingRecipe logistic = new ScikitLearnMlpOptions { Activation = Activation.Logistic }.Recipe(Loss.SquaredError, 10);

        DenseLayer first = Start(keras);
        DenseLayer second = Start(logistic);

        // Uniform within ±b: the variance is b² / 3.
        Assert.InRange(first.Weights.ToArray().Max(Math.Abs), 0.99 * Math.Sqrt(6 / 300.0), Math.Sqrt(6 / 300.0));
        Assert.Equal(2 / 300.0, first.Weights.ToArray().Average(w => w * w), 2e-4);
        Assert.All(first.Bias.ToArray(), b => Assert.Equal(0, b));
        Assert.InRange(second.Weights.ToArray().Max(Math.Abs), 0.99 * Math.Sqrt(2 / 300.0), Math.Sqrt(2 / 300.0));
        Assert.InRange(second.Bias.ToArray().Max(Math.Abs), 0.8 * Math.Sqrt(2 / 300.0), Math.Sqrt(2 / 300.0));

        DenseLayer Start(TrainingRecipe recipe) => shape.ToNetwork(
            NetworkTrainer.InitialParameters(shape, recipe, new SeededRandom(1)), Activation.Relu, Activation.Identity).Layers[0];
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Constant_features_and_targets_give_finite_predictions(string recipe)
    {
        FeatureMatrix rows = new([.. Enumerable.Repeat(3f, 20)], 10, 2);
        double[] targets = [.. Enumerable.Repeat(0.5, 10)];

        double[] predictions = new MlpLearner(Recipe(recipe)).Fit(rows, targets, 1).Predict(rows).Values;

        Assert.All(predictions, p => Assert.True(double.IsFinite(p)));
    }

    [Fact]
    public void One_row_trains_unless_early_stopping_would_hold_it_out()
    {
        FeatureMatrix row = new([1, 2], 1, 2);

        Assert.True(double.IsFinite(new MlpLearner(new KerasMlpOptions()).Fit(row, [0.5], 1).Predict(row).Values[0]));
        Assert.True(double.IsFinite(new MlpLearner().Fit(row, [0.5], 1).Predict(row).Values[0]));
        Assert.Throws<InvalidInputException>(
            () => new MlpLearner(new ScikitLearnMlpOptions { EarlyStopping = true }).Fit(row, [0.5], 1));
    }

    [Fact]
    public void Divergence_is_an_error_that_says_what_to_do()
    {
        FeatureMatrix rows = new([1e20f, -1e20f, 3e19f], 3, 1);
        ScikitLearnMlpOptions options = new() { Solver = MlpSolver.Sgd, LearningRate = 10 };

        InvalidInputException error = Assert.Throws<InvalidInputException>(() => new MlpLearner(options).Fit(rows, [1, 2, 3], 1));
        Assert.Contains("Scale the features", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_throw()
    {
        MlpOptions[] wrong =
        [
            new KerasMlpOptions { HiddenUnits = [0] }, new KerasMlpOptions { HiddenUnits = [100_001] },
            new KerasMlpOptions { Dropout = 1 }, new KerasMlpOptions { Dropout = -0.1 },
            new KerasMlpOptions { Dropout = double.NaN },
            new KerasMlpOptions { LearningRate = 0 }, new KerasMlpOptions { Rho = 1 }, new KerasMlpOptions { Epsilon = 0 },
            new KerasMlpOptions { BatchSize = 0 }, new KerasMlpOptions { Epochs = 0 }, new KerasMlpOptions { ShuffleBuffer = 0 },
            new KerasMlpOptions { Activation = Activation.Softmax }, new KerasMlpOptions { Activation = (Activation)99 },
            new ScikitLearnMlpOptions { Alpha = -1 }, new ScikitLearnMlpOptions { BatchSize = 0 },
            new ScikitLearnMlpOptions { LearningRate = -1 }, new ScikitLearnMlpOptions { Momentum = 1.5 },
            new ScikitLearnMlpOptions { Beta1 = 1 }, new ScikitLearnMlpOptions { Beta2 = 1 },
            new ScikitLearnMlpOptions { Epsilon = 0 },
            new ScikitLearnMlpOptions { MaxIterations = 0 }, new ScikitLearnMlpOptions { Tolerance = -1 },
            new ScikitLearnMlpOptions { PatienceEpochs = 0 }, new ScikitLearnMlpOptions { ValidationFraction = 1 },
            new ScikitLearnMlpOptions { ValidationFraction = 0 }, new ScikitLearnMlpOptions { Solver = (MlpSolver)7 },
        ];

        Assert.All(wrong, options => Assert.Throws<ArgumentOutOfRangeException>(() => new MlpLearner(options)));
    }

    private static MlpOptions Recipe(string name) => name switch
    {
        "keras" => new KerasMlpOptions { Dropout = 0.05, Epochs = 30, ShuffleBuffer = 50 },
        "adam" => new ScikitLearnMlpOptions { BatchSize = 20, LearningRate = 0.01, MaxIterations = 50 },
        "sgd" => new ScikitLearnMlpOptions { BatchSize = 20, Solver = MlpSolver.Sgd, LearningRate = 0.01, MaxIterations = 50 },
        _ => new ScikitLearnMlpOptions { BatchSize = 20, LearningRate = 0.01, MaxIterations = 50, EarlyStopping = true },
    };

    private static MlpModel Fit(MlpOptions options, FeatureMatrix rows, double[] targets, int seed) =>
        Assert.IsType<MlpModel>(new MlpLearner(options).Fit(rows, targets, seed));

    private static (FeatureMatrix Rows, double[] Targets) Linear(int count, double noise, int seed = 42)
    {
        SeededRandom random = new(seed);
        float[] values = [.. Enumerable.Range(0, count * 3).Select(_ => (float)random.NextGaussian())];
        FeatureMatrix rows = new(values, count, 3);
        double[] targets = [.. Enumerable.Range(0, count).Select(
            i => (1.5 * rows[i, 0]) - (2 * rows[i, 1]) + (0.5 * rows[i, 2]) + 0.7 + (noise * random.NextGaussian()))];
        return (rows, targets);
    }
}
