using System.Numerics;
using SerLab.Core;
using SerLab.Training.Neural;
using Xunit;

namespace SerLab.Training.Tests.Neural;

public class MatrixProductTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 1, 74, 50 }, { 4, 1, 20 }, { 5, 3, 1 }, { 7, 33, 17 }, { 64, 180, 31 }, { 3, 50, 300 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_element_is_a_chain_of_fused_multiply_adds_from_its_start(int rows, int depth, int columns)
    {
        int width = MatrixProduct.Padded(columns);
        SeededRandom random = new(rows + (100 * depth));
        float[] left = Draw(rows * depth, random);
        float[] right = Draw(depth * width, random);
        float[] start = Draw(width, random);
        float[] result = new float[rows * width];

        MatrixProduct.Multiply(LeftFactor.RowMajor(left, rows, depth, depth), right, start, result, width);

        Assert.Equal(Naive(left, right, start, rows, depth, width), result);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_transposed_left_factor_equals_its_transposed_copy(int rows, int depth, int columns)
    {
        int width = MatrixProduct.Padded(columns);
        SeededRandom random = new(rows);
        int stride = rows + 3;
        float[] stored = Draw(depth * stride, random);
        float[] right = Draw(depth * width, random);
        float[] copy = new float[rows * depth];
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = stored[(i % depth * stride) + (i / depth)];
        }

        float[] result = new float[rows * width];
        MatrixProduct.Multiply(LeftFactor.RowMajor(stored, depth, rows, stride).Transpose(), right, [], result, width);

        Assert.Equal(Naive(copy, right, new float[width], rows, depth, width), result);
    }

    [Fact]
    public void Buffers_too_small_throw_instead_of_being_overrun()
    {
        int width = Vector<float>.Count;
        float[] good = new float[2 * width];

        Assert.Throws<ArgumentException>(
            () => MatrixProduct.Multiply(LeftFactor.RowMajor(new float[3], 2, 2, 2), good, [], good, width));
        Assert.Throws<ArgumentException>(
            () => MatrixProduct.Multiply(LeftFactor.RowMajor(new float[4], 2, 2, 2), good, [], new float[width], width));
        Assert.Throws<ArgumentException>(
            () => MatrixProduct.Multiply(LeftFactor.RowMajor(new float[4], 2, 2, 2), good, [], good, width - 1));
    }

    private static float[] Draw(int count, SeededRandom random) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];

    private static float[] Naive(float[] left, float[] right, float[] start, int rows, int depth, int width)
    {
        float[] result = new float[rows * width];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < width; j++)
            {
                float sum = start[j];
                for (int k = 0; k < depth; k++)
                {
                    sum = MathF.FusedMultiplyAdd(left[(i * depth) + k], right[(k * width) + j], sum);
                }

                result[(i * width) + j] = sum;
            }
        }

        return result;
    }
}
