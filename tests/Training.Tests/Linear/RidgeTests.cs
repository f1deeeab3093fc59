using SerLab.Core;
using SerLab.Training.Linear;
using Xunit;

namespace SerLab.Training.Tests.Linear;

public class RidgeTests
{
    [Fact]
    public void One_feature_gives_the_textbook_slope_and_an_unpenalised_intercept()
    {
        FeatureMatrix rows = new([1, 2, 3, 6], 4, 1);
        LinearModel model = Fit(rows, [101, 103, 104, 112], alpha: 2);

        // Sxy = 31, Sxx = 14, means 3 and 105.
        Assert.Equal(31.0 / 16, model.Coefficients[0], 12);
        Assert.Equal(105 - (3 * 31.0 / 16), model.Intercept, 12);
    }

    [Theory]
    [InlineData(60, 5, 1)]
    [InlineData(60, 5, 100)]
    [InlineData(20, 50, 1)]
    [InlineData(7, 7, 0.01)]
    [InlineData(1, 3, 1)]
    public void The_gradient_of_the_objective_vanishes(int rowCount, int columns, double alpha)
    {
        FeatureMatrix rows = RandomTables.Gaussian(rowCount, columns, seed: 3);
        double[] targets = RandomTables.SmoothTargets(rows, seed: 4);

        AssertOptimal(Fit(rows, targets, alpha), rows, targets, alpha);
    }

    [Fact]
    public void Copies_of_a_feature_share_its_weight_equally_and_a_constant_feature_gets_none()
    {
        FeatureMatrix plain = RandomTables.Gaussian(40, 1, seed: 5);
        double[] targets = RandomTables.SmoothTargets(plain, seed: 6);
        FeatureMatrix rows = FeatureMatrix.FromRows(
            [.. Enumerable.Range(0, 40).Select(i => new[] { plain[i, 0], plain[i, 0], 9f })], 3);

        LinearModel model = Fit(rows, targets, alpha: 1);

        AssertOptimal(model, rows, targets, alpha: 1);
        Assert.Equal(model.Coefficients[0], model.Coefficients[1], 10);
        Assert.Equal(0, model.Coefficients[2], 10);
    }

    [Theory]
    [InlineData(30, 1e-9)]
    [InlineData(3, 1e-9)]
    public void Huge_collinear_features_with_hardly_any_penalty_still_fit(int rowCount, double alpha)
    {
        FeatureMatrix plain = RandomTables.Gaussian(rowCount, 1, seed: 7);
        FeatureMatrix rows = FeatureMatrix.FromRows(
            [.. Enumerable.Range(0, rowCount).Select(i => Enumerable.Repeat(plain[i, 0] * 1e6f, 8).ToArray())], 8);
        double[] targets = [.. Enumerable.Range(0, rowCount).Select(i => (3.0 * rows[i, 0]) + 1)];

        double[] predictions = Fit(rows, targets, alpha).Predict(rows).Values;

        Assert.All(targets.Zip(predictions), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * 1e7));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_penalty_that_is_not_positive_and_finite_is_refused(double alpha) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RidgeLearner(new RidgeOptions { Alpha = alpha }));

    private static LinearModel Fit(FeatureMatrix rows, double[] targets, double alpha) =>
        (LinearModel)new RidgeLearner(new RidgeOptions { Alpha = alpha }).Fit(rows, targets, seed: 0);

    /// <summary>Xᵀ(y − Xw − b) = αw and the residuals sum to 0: the objective is convex, so this is its only minimum.</summary>
    private static void AssertOptimal(LinearModel model, FeatureMatrix rows, double[] targets, double alpha)
    {
        double[] residuals = [.. targets.Zip(model.Predict(rows).Values, (t, p) => t - p)];
        Assert.Equal(0, residuals.Sum(), 9);
        for (int j = 0; j < rows.Columns; j++)
        {
            double correlation = Enumerable.Range(0, rows.Rows).Sum(i => rows[i, j] * residuals[i]);
            Assert.Equal(alpha * model.Coefficients[j], correlation, 9);
        }
    }
}
