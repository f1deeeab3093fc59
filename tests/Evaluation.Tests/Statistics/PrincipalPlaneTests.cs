using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SerLab.Core;
using SerLab.Evaluation.Statistics;
using Xunit;

namespace SerLab.Evaluation.Tests.Statistics;

public class PrincipalPlaneTests
{
    [Theory]
    [InlineData(40, 7)]
    [InlineData(300, 30)]
    [InlineData(12, 50)]
    public void The_plane_is_that_of_the_two_largest_singular_values_of_the_standardised_rows(int rows, int columns)
    {
        FeatureMatrix features = Correlated(rows, columns);
        Matrix<double> standard = Matrix<double>.Build.Dense(rows, columns, (i, j) => features[i, j]);
        for (int column = 0; column < columns; column++)
        {
            Vector<double> values = standard.Column(column);
            values -= values.Average();
            standard.SetColumn(column, values / Math.Sqrt(values.DotProduct(values) / rows));
        }

        Svd<double> svd = standard.Svd();
        PrincipalPlane plane = PrincipalPlane.Of(features)!;

        double[] squares = [.. svd.S.Select(value => value * value)];
        Assert.Equal(squares[0] / squares.Sum(), plane.AcrossShare, 1e-6);
        Assert.Equal(squares[1] / squares.Sum(), plane.UpShare, 1e-6);
        AssertSameButSign(svd.U.Column(0) * svd.S[0], plane.Across);
        AssertSameButSign(svd.U.Column(1) * svd.S[1], plane.Up);
    }

    [Fact]
    public void Many_rows_are_all_projected_on_the_directions_of_some()
    {
        FeatureMatrix features = Correlated(2500, 5);

        PrincipalPlane plane = PrincipalPlane.Of(features)!;

        Assert.Equal((2500, 2500), (plane.Across.Length, plane.Up.Length));
        Assert.InRange(plane.Across.Average(), -0.1, 0.1);
        Assert.InRange(plane.Across.Sum(value => value * value) / 2500 / 5, plane.AcrossShare - 0.02, plane.AcrossShare + 0.02);
    }

    [Fact]
    public void Columns_that_do_not_vary_say_nothing_and_rows_that_are_all_equal_have_no_plane()
    {
        FeatureMatrix flat = new([1, 5, 2, 5, 4, 5], 3, 2);

        PrincipalPlane plane = PrincipalPlane.Of(flat)!;

        Assert.Equal((1, 0), (Math.Round(plane.AcrossShare, 12), plane.UpShare));
        Assert.All(plane.Up, place => Assert.Equal(0, place));
        Assert.Equal(plane.Across.Order(), plane.Across);
        Assert.Null(PrincipalPlane.Of(new FeatureMatrix([3, 4, 3, 4], 2, 2)));
        Assert.Null(PrincipalPlane.Of(new FeatureMatrix([3, 4], 1, 2)));
    }

    private static void AssertSameButSign(Vector<double> expected, double[] found)
    {
        double sign = Math.Sign(expected.DotProduct(Vector<double>.Build.Dense(found)));
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(sign * expected[i], found[i], 1e-4);
        }
    }

    // Three causes of different strength and noise of each feature's own.
    private static FeatureMatrix Correlated(int rows, int columns)
    {
        SeededRandom random = new(rows);
        double[] Weights() => [3 * random.NextGaussian(), 2 * random.NextGaussian(), random.NextGaussian()];
        double[][] weights = [.. Enumerable.Range(0, columns).Select(_ => Weights())];
        float[] values = new float[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            double[] causes = [random.NextGaussian(), random.NextGaussian(), random.NextGaussian()];
            for (int column = 0; column < columns; column++)
            {
                double caused = causes.Zip(weights[column], (cause, weight) => cause * weight).Sum();
                values[(row * columns) + column] = (float)(caused + (0.5 * random.NextGaussian()) + column);
            }
        }

        return new FeatureMatrix(values, rows, columns);
    }
}
