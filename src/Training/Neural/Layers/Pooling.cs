using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>What pooling takes of its window.</summary>
public enum PoolingKind
{
    /// <summary>The largest value of each channel; its gradient goes to the first of equals.</summary>
    Max,

    /// <summary>The mean of each channel over the cells that are within the grid.</summary>
    Average,
}

/// <summary>Pooling of each channel over windows, or over all positions.</summary>
/// <param name="Kind">Largest value or mean.</param>
/// <param name="Window">Cells of a window; <see langword="null"/> for the whole grid (global pooling).</param>
public sealed record Pooling(PoolingKind Kind, Extent? Window = null) : Layer
{
    /// <summary>Distance of windows; default their size.</summary>
    public Extent? Stride { get; init; }

    /// <summary>Whether windows may reach over the edge; default not.</summary>
    public Padding Padding { get; init; } = Padding.Valid;

    /// <inheritdoc/>
    public override GridShape Output(GridShape input)
    {
        Require.Positive(1, 1, Window ?? Extent.One, Stride ?? Extent.One);
        WindowGeometry geometry = Geometry(input);
        if (geometry.Rows.IsBeyond || geometry.Columns.IsBeyond)
        {
            throw new InvalidInputException("a window would lie wholly in the padding; use less of it.");
        }

        Extent count = geometry.Count;
        return count is { Rows: > 0, Columns: > 0 }
            ? new GridShape(count.Rows, count.Columns, input.Channels)
            : throw new InvalidInputException("the window is larger than its input; use a smaller one or less pooling before.");
    }

    /// <inheritdoc/>
    internal override bool ReadsOutput => Kind == PoolingKind.Max;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) =>
        Kind == PoolingKind.Max
            ? new PoolingPass<T, LargestOfWindow>(site, Geometry(site.InputShape))
            : new PoolingPass<T, MeanOfWindow>(site, Geometry(site.InputShape));

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        if (Window is not { } window)
        {
            string reduction = Kind == PoolingKind.Max ? "ReduceMax" : "ReduceMean";
            OnnxValue[] grid = [graph.ChannelsLast(inputs[0])];
            return new GridValue(graph.Onnx.Apply(reduction, grid, OnnxAttribute.Of("axes", [1L, 2])), output);
        }

        Extent stride = Stride ?? window;
        OnnxValue value = graph.Onnx.Apply(
            $"{Kind}Pool",
            [graph.ChannelsFirst(inputs[0])],
            OnnxAttribute.Of("kernel_shape", [(long)window.Rows, window.Columns]),
            OnnxAttribute.Of("strides", [(long)stride.Rows, stride.Columns]),
            OnnxAttribute.Of("pads", Geometry(inputs[0].Shape).Pads));
        return new GridValue(value, output, IsChannelsFirst: true);
    }

    private protected override string Describe() =>
        Window is not { } window ? $"Global {Kind} pool"
        : Stride is { } stride && stride != window ? $"{Kind} pool {window}, stride {stride}"
        : $"{Kind} pool {window}";

    private WindowGeometry Geometry(GridShape input)
    {
        Extent window = Window ?? input.Extent;
        return WindowGeometry.Of(input.Extent, window, Stride ?? window, Extent.One, Padding);
    }
}
