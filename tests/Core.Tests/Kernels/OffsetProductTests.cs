using System.Numerics;
using SerLab.Core.Kernels;
using Xunit;

namespace SerLab.Core.Tests.Kernels;

public sealed class OffsetProductTests
{
    public static TheoryData<int, int, int> Sizes { get; } = new()
    {
        { 1, 1, 1 }, { 5, 3, 7 }, { 6, 9, 8 }, { 7, 40, 16 }, { 13, 4, 17 }, { 40, 30, 31 }, { 40, 30, 32 }, { 3, 700, 33 },
        { 64, 5, 48 }, { 11, 2, 100 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Floats_are_one_chain_of_fused_multiply_adds_in_the_order_of_the_depth(int rows, int depth, int columns) =>
        Check<float>(rows, depth, columns, MathF.FusedMultiplyAdd);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Doubles_are_one_chain_of_fused_multiply_adds_in_the_order_of_the_depth(int rows, int depth, int columns) =>
        Check<double>(rows, depth, columns, Math.FusedMultiplyAdd);

    private static void Check<T>(int rows, int depth, int columns, Func<T, T, T, T> multiplyAdd)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SeededRandom random = new(rows + depth + columns);
        T[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextGaussian()))];
        T[] left = Draw(rows + depth);
        T[] right = Draw((depth * columns) + OffsetProduct.Slack<T>());
        T[] start = Draw(columns);
        T[] before = Draw(rows * columns);
        Offsets windows = new([.. Enumerable.Range(0, rows)]);
        Offsets steps = new([.. Enumerable.Range(0, depth)]);
        Offsets places = new([.. Enumerable.Range(0, rows).Select(row => row * columns)]);
        foreach (bool isStarted in (bool[])[false, true])
        {
            T[] result = [.. before];

            OffsetProduct.Multiply(
                new LeftOffsets<T>(left, windows, steps),
                new RightRows<T>(right, columns, columns),
                isStarted ? [] : start,
                result,
                places);

            Assert.Equal(
                Enumerable.Range(0, rows * columns).Select(at => Enumerable.Range(0, depth).Aggregate(
                    isStarted ? before[at] : start[at % columns],
                    (sum, k) => multiplyAdd(left[(at / columns) + k], right[(k * columns) + (at % columns)], sum))),
                result);
        }
    }
}
