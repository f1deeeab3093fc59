using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using Xunit;

namespace SerLab.Training.Tests.Linear;

public class LogisticRegressionTests
{
    [Fact]
    public void One_symmetric_feature_gives_the_root_of_its_equation()
    {
        // Rows −1 and 1 with classes 0 and 1: the intercept is 0 and w = 2C σ(−w).
        LogisticModel model = Fit(new FeatureMatrix([-1, 1], 2, 1), [0, 1], 2, c: 3, tolerance: 1e-10);

        double w = model.Coefficients(0)[0];
        Assert.Equal(0, model.Intercept(0), 9);
        Assert.Equal(6 / (1 + Math.Exp(w)), w, 9);
        Assert.Equal(1 / (1 + Math.Exp(-w)), model.Predict(new FeatureMatrix([1], 1, 1)).Probabilities[1], 9);
    }

    [Fact]
    public void Features_that_tell_nothing_leave_the_shares_of_the_classes()
    {
        FeatureMatrix constant = new(new float[10], 10, 1);
        int[] labels = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2];

        double[] probabilities = Fit(constant, labels, 3, c: 1, tolerance: 1e-9).Predict(constant.Select([0])).Probabilities;

        Assert.All(probabilities.Zip([0.5, 0.3, 0.2]), pair => Assert.Equal(pair.Second, pair.First, 8));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 100)]
    [InlineData(4, 1)]
    [InlineData(4, 0.01)]
    public void The_gradient_of_the_objective_vanishes(int classCount, double c)
    {
        FeatureMatrix rows = RandomTables.Gaussian(120, 5, seed: 1);
        int[] labels = RandomTables.SmoothLabels(rows, classCount, seed: 2);

        // Near the minimum the value changes by less than its last digit: a smaller gradient is a matter of luck.
        LogisticModel model = Fit(rows, labels, classCount, c, tolerance: 5e-7);

        // The derivative of Σ log loss + ‖w‖² / (2C) by function k is Σ (pₖ − [y = k]) x + w / C, and by its intercept Σ (pₖ − [y
        // = k]).
        Assert.True(model.Converged);
        double[] p = model.Predict(rows).Probabilities;
        for (int k = 0; k < model.FunctionCount; k++)
        {
            int positive = model.FunctionCount == 1 ? 1 : k;
            double[] errors =
            [
                .. Enumerable.Range(0, 120).Select(i => p[(i * classCount) + positive] - (labels[i] == positive ? 1 : 0)),
            ];
            Assert.Equal(0, errors.Sum(), 1e-6);
            for (int j = 0; j < rows.Columns; j++)
            {
                double gradient = Enumerable.Range(0, 120).Sum(i => errors[i] * rows[i, j]) + (model.Coefficients(k)[j] / c);
                Assert.Equal(0, gradient, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_gradient_equals_finite_differences(int classCount)
    {
        FeatureMatrix rows = RandomTables.Gaussian(20, 3, seed: 3);
        double[] weights = [.. Enumerable.Range(1, 20).Select(i => 0.1 * i)];
        int[] labels = RandomTables.SmoothLabels(rows, classCount, seed: 4);
        LogisticObjective objective = new(rows, labels, classCount, weights, c: 0.5);
        double[] point = [.. Enumerable.Range(0, objective.ParameterCount).Select(i => Math.Sin(i + 1))];
        double[] gradient = new double[point.Length];
        objective.Evaluate(point, gradient);

        double[] unused = new double[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            const double H = 1e-5;
            double[] up = [.. point];
            double[] down = [.. point];
            up[i] += H;
            down[i] -= H;
            double slope = (objective.Evaluate(up, unused) - objective.Evaluate(down, unused)) / (2 * H);
            Assert.Equal(slope, gradient[i], 1e-7);
        }
    }

    [Fact]
    public void A_class_weight_of_two_is_the_same_as_every_row_of_the_class_twice()
    {
        FeatureMatrix rows = RandomTables.Gaussian(60, 3, seed: 3);
        int[] labels = RandomTables.SmoothLabels(rows, 3, seed: 4);
        int[] twice = [.. Enumerable.Range(0, 60), .. Enumerable.Range(0, 60).Where(i => labels[i] == 1)];
        LogisticRegressionOptions options = new() { Tolerance = 1e-9, MaxIterations = 1000 };

        double[] weighted = new LogisticRegressionLearner(options with { ClassWeights = ClassWeights.Of(1, 2, 1) })
            .Fit(rows, labels, 3, seed: 0).Predict(rows).Probabilities;
        double[] repeated = new LogisticRegressionLearner(options)
            .Fit(rows.Select(twice), Array.ConvertAll(twice, i => labels[i]), 3, seed: 0).Predict(rows).Probabilities;

        Assert.All(weighted.Zip(repeated), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Huge_scores_do_not_overflow()
    {
        FeatureMatrix rows = new([-1e30f, 1e30f, -2e30f, 2e30f], 4, 1);

        double[] probabilities = Fit(rows, [0, 1, 0, 1], 2, c: 1, tolerance: 1e-4).Predict(rows).Probabilities;

        Assert.All(probabilities, p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void A_fit_that_runs_out_of_iterations_says_so()
    {
        FeatureMatrix rows = RandomTables.Gaussian(120, 5, seed: 1);
        LogisticRegressionLearner learner = new(new LogisticRegressionOptions { MaxIterations = 2 });

        LogisticModel model = (LogisticModel)learner.Fit(rows, RandomTables.SmoothLabels(rows, 3, seed: 2), 3, seed: 0);

        Assert.Equal(2, model.Iterations);
        Assert.False(model.Converged);
    }

    [Fact]
    public void The_optimiser_finds_the_bottom_of_rosenbrocks_valley()
    {
        Minimum minimum = LimitedMemoryBfgs.Minimise(Rosenbrock, [-1.2, 1], 200, 1e-8, default);

        Assert.True(minimum.Converged);
        Assert.Equal(1, minimum.Point[0], 6);
        Assert.Equal(1, minimum.Point[1], 6);

        static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
        {
            double a = 1 - x[0];
            double b = x[1] - (x[0] * x[0]);
            gradient[0] = (-2 * a) - (400 * x[0] * b);
            gradient[1] = 200 * b;
            return (a * a) + (100 * b * b);
        }
    }

    [Theory]
    [InlineData(0, 100, 1e-4)]
    [InlineData(double.NaN, 100, 1e-4)]
    [InlineData(1, 0, 1e-4)]
    [InlineData(1, 100, 0)]
    public void Options_out_of_range_are_refused(double c, int maxIterations, double tolerance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogisticRegressionLearner(
            new LogisticRegressionOptions { C = c, MaxIterations = maxIterations, Tolerance = tolerance }));

    private static LogisticModel Fit(FeatureMatrix rows, int[] labels, int classCount, double c, double tolerance) =>
        (LogisticModel)new LogisticRegressionLearner(
            new LogisticRegressionOptions { C = c, Tolerance = tolerance, MaxIterations = 1000 })
        .Fit(rows, labels, classCount, seed: 0);
}
