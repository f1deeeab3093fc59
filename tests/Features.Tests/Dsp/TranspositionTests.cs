using SerLab.Features.Dsp;
using Xunit;

namespace SerLab.Features.Tests.Dsp;

public class TranspositionTests
{
    [Theory]
    [InlineData(4, 4)]
    [InlineData(12, 512)]
    [InlineData(8, 3)]
    [InlineData(4, 7)]
    [InlineData(16, 0)]
    public void Rows_become_columns(int rows, int width)
    {
        float[] from = [.. Enumerable.Range(0, rows * width).Select(i => (float)i)];
        float[] to = new float[from.Length];

        Transposition.Write(from, rows, to);

        Assert.Equal(
            Enumerable.Range(0, width).SelectMany(m => Enumerable.Range(0, rows).Select(j => from[(j * width) + m])), to);
    }

    [Fact]
    public void Rows_that_fill_no_block_and_targets_that_are_too_short_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Transposition.Write(new float[9], 3, new float[9]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Transposition.Write(new float[8], 4, new float[7]));
    }
}
