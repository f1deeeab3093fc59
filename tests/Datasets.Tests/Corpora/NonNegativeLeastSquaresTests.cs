using SerLab.Core;
using SerLab.Datasets.Corpora;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public class NonNegativeLeastSquaresTests
{
    [Fact]
    public void A_negative_unknown_becomes_zero_and_the_others_take_their_best_values_without_it()
    {
        // Unconstrained: x = (4, -1). With x₂ = 0 the best x₁ is (1·3 + 1·2) / 2.
        Assert.Equal([2.5, 0], NonNegativeLeastSquares.Solve([[1, 1], [1, 2]], [3, 2]));
        Assert.Equal([0, 2], NonNegativeLeastSquares.Solve([[0, 0], [1, 1]], [1, 3]));
    }

    [Fact]
    public void The_slope_is_zero_where_an_unknown_is_positive_and_not_negative_where_it_is_zero()
    {
        SeededRandom random = new(3);
        double[][] columns = [.. Enumerable.Range(0, 8).Select(_ => Numbers(20))];
        double[] target = Numbers(20);

        double[] x = NonNegativeLeastSquares.Solve(columns, target);

        double[] errors = [.. target.Select((b, row) => columns.Zip(x, (column, value) => column[row] * value).Sum() - b)];
        double[] slopes = [.. columns.Select(column => column.Zip(errors, (a, error) => a * error).Sum())];
        Assert.Contains(0, x);
        Assert.All(x.Zip(slopes), at => Assert.True(at.First > 0 ? Math.Abs(at.Second) < 1e-7 : at.Second > -1e-7));

        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
    }
}
