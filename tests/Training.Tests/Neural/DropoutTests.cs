using SerLab.Core;
using SerLab.Training.Neural;
using Xunit;

namespace SerLab.Training.Tests.Neural;

public class DropoutTests
{
    [Theory]
    [InlineData(0.2, 50)]
    [InlineData(0.5, 7)]
    [InlineData(0.9, 1)]
    public void Factors_are_zero_or_the_inverse_of_the_share_kept_and_average_to_one(double rate, int columns)
    {
        int width = MatrixProduct.Padded(columns);
        int rows = 200_000 / columns;
        float[] mask = new float[rows * width];

        new Dropout(rate).DrawMask(mask, columns, new SeededRandom(11));

        float[] drawn = DenseNetwork.Unpad(mask, rows, columns);
        float kept = (float)(1 / (1 - rate));
        Assert.All(drawn, factor => Assert.True(factor == 0 || factor == kept));
        double share = drawn.Count(factor => factor == 0) / (double)drawn.Length;
        double deviation = Math.Sqrt(rate * (1 - rate) / drawn.Length);
        Assert.InRange(share, rate - (4 * deviation), rate + (4 * deviation));
        Assert.Equal(1, drawn.Average(), 4 * deviation * kept);
    }

    [Fact]
    public void Neighbours_are_dropped_independently()
    {
        float[] mask = new float[MatrixProduct.Padded(2) * 100_000];
        new Dropout(0.5).DrawMask(mask, 2, new SeededRandom(12));

        float[] pairs = DenseNetwork.Unpad(mask, 100_000, 2);
        int both = Enumerable.Range(0, 100_000).Count(i => pairs[2 * i] == 0 && pairs[(2 * i) + 1] == 0);
        Assert.InRange(both, 24_400, 25_600);
    }

    [Fact]
    public void A_rate_of_zero_is_not_active() => Assert.False(new Dropout(0).IsActive);
}
