using SerLab.Core;
using SerLab.Onnx.Runtime;
using Xunit;

namespace SerLab.Onnx.Tests;

/// <summary>Operators as the standard defines them, on its own examples where it has some.</summary>
public class OperatorTests
{
    private static readonly float[] Six = [1, 2, 3, 4, 5, 6];

    [Theory]
    [InlineData(0, 0, new float[] { 1, 3, 6, 4, 9, 15 })]
    [InlineData(1, 0, new float[] { 0, 1, 3, 0, 4, 9 })]
    [InlineData(0, 1, new float[] { 6, 5, 3, 15, 11, 6 })]
    [InlineData(1, 1, new float[] { 5, 3, 0, 11, 6, 0 })]
    public void Cumulative_sums_go_both_ways_with_and_without_the_element_itself(
        long exclusive, long reverse, float[] expected) =>
        Assert.Equal(expected, Run(Six, [2, 3], (graph, x) => graph.Apply(
            "CumSum", [x, graph.Integers([1L])], OnnxAttribute.Of("exclusive", exclusive),
            OnnxAttribute.Of("reverse", reverse))));

    [Fact]
    public void Padding_adds_zeros_before_and_after_each_row() =>
        Assert.Equal(
            [0, 1, 2, 3, 0, 0, 0, 4, 5, 6, 0, 0],
            Run(Six, [2, 3], (graph, x) => graph.Apply("Pad", [x, graph.Integers([0L, 1, 0, 2], 4)])));

    [Fact]
    public void A_negative_padding_takes_elements_away() =>
        Assert.Equal(
            [2, 3, 0, 0, 5, 6, 0, 0],
            Run(Six, [2, 3], (graph, x) => graph.Apply("Pad", [x, graph.Integers([0L, -1, 0, 2], 4)])));

    [Fact]
    public void Scattering_replaces_or_adds_where_the_indices_point()
    {
        OnnxValue Scatter(OnnxGraph graph, OnnxValue x, string reduction) => graph.Apply(
            "ScatterElements",
            [x, graph.Integers([1L, 1, -1, 0], 2, 2), graph.Constant([10, 20, 30, 40], 2, 2)],
            OnnxAttribute.Of("axis", 1L),
            OnnxAttribute.Of("reduction", reduction));

        Assert.Equal([1, 20, 3, 40, 5, 30], Run(Six, [2, 3], (graph, x) => Scatter(graph, x, "none")));
        Assert.Equal([1, 32, 3, 44, 5, 36], Run(Six, [2, 3], (graph, x) => Scatter(graph, x, "add")));
    }

    [Theory]
    [InlineData(0L, new float[] { 4, 2, 6, 1, 5, 3 }, new long[] { 1, 0, 1, 0, 1, 0 }, new long[] { 2, 3 })]
    [InlineData(1L, new float[] { 3, 1, 4, 4 }, new long[] { 2, 0, 0, -3 }, new long[] { 2, 2 })]
    public void Gathering_takes_the_element_that_each_index_points_at(
        long axis, float[] expected, long[] indices, long[] shape) =>
        Assert.Equal(expected, Run(Six, [2, 3], (graph, x) => graph.Apply(
            "GatherElements", [x, graph.Integers(indices, shape)], OnnxAttribute.Of("axis", axis))));

    [Fact]
    public void An_index_out_of_range_is_refused() => Assert.Throws<InvalidInputException>(() =>
        Run(Six, [2, 3], (graph, x) =>
            graph.Apply("GatherElements", [x, graph.Integers([3L, 0], 2, 1)], OnnxAttribute.Of("axis", 1L))));

    [Fact]
    public void Remainders_have_the_sign_of_the_divisor() =>
        Assert.Equal([2, 1, 0, 1], Run([0], [1], (graph, _) => graph.Apply(
            "Cast", [graph.Apply("Mod", [graph.Integers([-4L, 7, 3, -5], 4), graph.Integers([3L])])],
            OnnxAttribute.Of("to", 1L))));

    [Fact]
    public void The_smallest_is_found_along_an_axis() =>
        Assert.Equal([1, 4], Run(Six, [2, 3], (graph, x) => graph.Apply("ReduceMin", [x], OnnxAttribute.Of("axes", [1L]))));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 7, 3)]
    [InlineData(9, 4, 16)]
    [InlineData(8, 33, 37)]
    [InlineData(6, 0, 20)]
    public void Stacks_of_matrices_are_multiplied_one_by_one(int rows, int inner, int columns)
    {
        SeededRandom random = new(3);
        float[] left = [.. Enumerable.Range(0, 2 * 3 * rows * inner).Select(_ => (float)random.NextGaussian())];
        float[] right = [.. Enumerable.Range(0, 3 * inner * columns).Select(_ => (float)random.NextGaussian())];

        float[] product =
            Run(left, [2, 3, rows, inner], (graph, x) => graph.Apply("MatMul", [x, graph.Constant(right, 3, inner, columns)]));

        Assert.Equal(2 * 3 * rows * columns, product.Length);
        for (int i = 0; i < product.Length; i++)
        {
            (int stack, int row, int column) = (i / (rows * columns), i / columns % rows, i % columns);
            double expected = Enumerable.Range(0, inner).Sum(k =>
                (double)left[(((stack * rows) + row) * inner) + k] * right[(((stack % 3 * inner) + k) * columns) + column]);
            Assert.Equal(expected, product[i], 1e-4);
        }
    }

    [Fact]
    public void The_product_of_a_row_does_not_depend_on_the_rows_beside_it()
    {
        SeededRandom random = new(5);
        float[] left = [.. Enumerable.Range(0, 7 * 50).Select(_ => (float)random.NextGaussian())];
        float[] right = [.. Enumerable.Range(0, 50 * 40).Select(_ => (float)random.NextGaussian())];
        float[] Product(float[] rows) =>
            Run(rows, [rows.Length / 50, 50], (graph, x) => graph.Apply("MatMul", [x, graph.Constant(right, 50, 40)]));

        Assert.Equal(Product(left), left.Chunk(50).SelectMany(Product));
    }

    private static float[] Run(float[] values, int[] shape, Func<OnnxGraph, OnnxValue, OnnxValue> build)
    {
        OnnxGraph graph = new("test");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [.. shape.Select(size => (OnnxDimension)size)]);
        graph.Output("y", build(graph, x), OnnxElement.Float, [OnnxDimension.Batch]);
        OnnxModel model = OnnxModel.Parse(graph.ToBytes("1", "", []), "test");
        return ((Tensor<float>)model.Run(
            new Dictionary<string, Tensor> { ["x"] = new Tensor<float>(values, shape) })["y"]).Values.ToArray();
    }
}
