using System.Numerics;
using SerLab.Core.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Windows of a grid times weights: the forward pass of a convolution, with the gradient by its weights, which is the product of
/// the transposed windows with the gradients of the outputs. Weights are rows × columns of the kernel × channels of a group ×
/// outputs.
/// </summary>
internal sealed class WindowGather<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int groups;
    private readonly int outputs;
    private readonly int channels;
    private readonly int outputSize;
    private readonly int windows;
    private readonly Border<T> border;
    private readonly Offsets starts;
    private readonly Offsets taps;
    private readonly Offsets places;
    private readonly Offsets weightRows;

    /// <summary>Prepares products over windows of a grid.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="geometry">The windows.</param>
    /// <param name="outputs">Outputs per window.</param>
    /// <param name="groups">Equal parts of the channels and of the outputs that only see each other.</param>
    /// <param name="site">Where the layer stands.</param>
    public WindowGather(GridShape grid, WindowGeometry geometry, int outputs, int groups, LayerSite<T> site)
    {
        this.groups = groups;
        this.outputs = outputs / groups;
        channels = grid.Channels / groups;
        (WindowAxis rows, WindowAxis columns) = geometry;
        windows = rows.Count * columns.Count;
        outputSize = windows * outputs;
        border = new Border<T>(grid, new Extent(rows.Reach, columns.Reach), rows.Before, columns.Before, site);
        GridShape shape = border.Shape;
        starts = new Offsets(
            from n in Enumerable.Range(0, site.PieceCapacity)
            from y in Enumerable.Range(0, rows.Count)
            from x in Enumerable.Range(0, columns.Count)
            select (n * shape.Size) + ((((y * rows.Stride * shape.Columns) + (x * columns.Stride))) * shape.Channels));
        taps = new Offsets(
            from y in Enumerable.Range(0, rows.Kernel)
            from x in Enumerable.Range(0, columns.Kernel)
            from c in Enumerable.Range(0, channels)
            select (((y * rows.Dilation * shape.Columns) + (x * columns.Dilation)) * shape.Channels) + c);
        places = Offsets.Regular(starts.Count, outputs);
        weightRows = Offsets.Regular(taps.Count, outputs);
    }

    private int Width => groups * outputs;

    /// <summary>target = windows · weights + bias.</summary>
    public void Forward(Piece piece, T[] grid, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, T[] target)
    {
        border.Fill(piece, grid);
        ReadOnlySpan<T> source = border.Of(piece, grid);
        for (int g = 0; g < groups; g++)
        {
            OffsetProduct.Multiply(
                new LeftOffsets<T>(source[(g * channels)..], starts, piece.Count * windows, taps, taps.Count),
                new RightRows<T>(weights[(g * outputs)..], outputs, Width),
                bias.Slice(g * outputs, outputs),
                piece.Of(target, outputSize)[(g * outputs)..],
                places);
        }
    }

    /// <summary>gradient += windowsᵀ · deltas, of the grid that the last forward pass saw or that is filled in now.</summary>
    /// <param name="piece">Which examples.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="deltas">Gradients by the outputs.</param>
    /// <param name="gradient">Laid out as the weights.</param>
    public void WeightGradient(Piece piece, T[] grid, T[] deltas, Span<T> gradient)
    {
        ReadOnlySpan<T> source = border.Of(piece, grid);
        for (int g = 0; g < groups; g++)
        {
            OffsetProduct.Multiply(
                new LeftOffsets<T>(source[(g * channels)..], taps, taps.Count, starts, piece.Count * windows),
                new RightRows<T>(piece.From(deltas, outputSize)[(g * outputs)..], outputs, Width),
                [],
                gradient[(g * outputs)..],
                weightRows);
        }
    }
}
