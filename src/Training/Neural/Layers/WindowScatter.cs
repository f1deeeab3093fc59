using System.Numerics;
using SerLab.Core.Kernels;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// The transpose of <see cref="WindowGather{T}"/>: what windows give back to the grid they look at. It is the gradient of a
/// convolution by its input and the forward pass of a transposed convolution. With strides, cells of the grid fall into phases:
/// those of one phase are seen through the same taps, so that each phase is one product without a wasted zero.
/// </summary>
internal sealed class WindowScatter<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int groups;
    private readonly int outputs;
    private readonly int channels;
    private readonly GridShape grid;
    private readonly int windowSize;
    private readonly Border<T> border;
    private readonly List<Phase> phases = [];
    private readonly T[] transposed;

    /// <summary>Prepares products; the parameters are those of <see cref="WindowGather{T}"/>.</summary>
    public WindowScatter(GridShape grid, WindowGeometry geometry, int outputs, int groups, LayerSite<T> site)
    {
        this.groups = groups;
        this.grid = grid;
        this.outputs = outputs / groups;
        channels = grid.Channels / groups;
        (WindowAxis rows, WindowAxis columns) = geometry;
        GridShape windows = new(rows.Count, columns.Count, outputs);
        windowSize = windows.Size;
        (int top, int height) = Room(rows);
        (int left, int width) = Room(columns);
        border = new Border<T>(windows, new Extent(height, width), top, left, site);
        transposed = new T[(geometry.Taps * channels * outputs) + OffsetProduct.Slack<T>()];
        int firstTap = 0;
        foreach (AxisPhase y in Phases(rows, top))
        {
            foreach (AxisPhase x in Phases(columns, left))
            {
                Phase phase = PhaseOf(y, x, columns.Kernel, firstTap, site.PieceCapacity);
                phases.Add(phase);
                firstTap += phase.Kernel.Count;
            }
        }
    }

    /// <summary>Transposes the weights of every tap; to be called once after they have changed.</summary>
    public void Prepare(ReadOnlySpan<T> weights)
    {
        foreach (Phase phase in phases)
        {
            for (int t = 0; t < phase.Kernel.Count; t++)
            {
                for (int g = 0; g < groups; g++)
                {
                    Columns.Transpose(
                        weights[(((phase.Kernel[t] * channels * groups) + g) * outputs)..],
                        channels,
                        outputs,
                        groups * outputs,
                        Transposed(phase, g, t),
                        channels);
                }
            }
        }
    }

    /// <summary>target = windowsᵀ · values + bias, over the whole grid.</summary>
    public void Forward(Piece piece, T[] values, ReadOnlySpan<T> bias, T[] target)
    {
        border.Fill(piece, values);
        foreach (Phase phase in phases)
        {
            for (int g = 0; g < groups; g++)
            {
                OffsetProduct.Multiply(
                    new LeftOffsets<T>(
                        border.Of(piece, values)[(g * outputs)..],
                        phase.Starts,
                        piece.Count * phase.Cells,
                        phase.Taps,
                        phase.Taps.Count),
                    new RightRows<T>(Transposed(phase, g, 0), channels, channels),
                    bias.Slice(g * channels, channels),
                    piece.Of(target, grid.Size)[(g * channels)..],
                    phase.Places);
            }
        }
    }

    /// <summary>
    /// Whether <see cref="WeightGradient"/> is the better way to the gradient that <see cref="WindowGather{T}"/> computes: with
    /// one output a vector of the weights' columns would be empty but for one lane, so that channels are its columns here.
    /// </summary>
    public bool GivesWeightGradient => outputs == 1 && groups == 1 && phases.Count == 1;

    /// <summary>
    /// gradient += windowsᵀ · deltas, with the deltas that the last <see cref="Forward"/> saw: the same sums in the same order,
    /// for a window that looks beyond the edge adds zero either way.
    /// </summary>
    /// <param name="piece">Which examples.</param>
    /// <param name="values">The grid.</param>
    /// <param name="deltas">Gradients by the outputs.</param>
    /// <param name="gradient">Laid out as the weights.</param>
    public void WeightGradient(Piece piece, T[] values, T[] deltas, Span<T> gradient)
    {
        Phase phase = phases[0];
        OffsetProduct.Multiply(
            new LeftOffsets<T>(
                border.Of(piece, deltas), phase.Taps, phase.Taps.Count, phase.Starts, piece.Count * phase.Cells),
            new RightRows<T>(piece.From(values, grid.Size), channels, channels),
            [],
            gradient,
            phase.WeightRows);
    }

    // Windows that some cell is seen through, from the first, which may stand before the grid of windows.
    private static (int Before, int Length) Room(WindowAxis axis)
    {
        int first = (int)Math.Floor((axis.Before - ((axis.Kernel - 1) * axis.Dilation)) / (double)axis.Stride);
        int before = Math.Max(0, -first);
        return (before, before + Math.Max(axis.Count, ((axis.Length - 1 + axis.Before) / axis.Stride) + 1));
    }

    private static IEnumerable<AxisPhase> Phases(WindowAxis axis, int room)
    {
        for (int phase = 0; phase < axis.Stride; phase++)
        {
            // A cell at p is seen through tap k by window (p + before − k · dilation) / stride, where that is whole.
            int own = phase;
            int[] cells = [.. Enumerable.Range(0, axis.Length).Where(p => (p + axis.Before) % axis.Stride == own)];
            int[] taps = [.. Enumerable.Range(0, axis.Kernel).Reverse()
                .Where(k => (own - (k * axis.Dilation)) % axis.Stride == 0)];
            int[] shifts = [.. taps.Select(k => (own - (k * axis.Dilation)) / axis.Stride)];
            int least = shifts.DefaultIfEmpty(0).Min();
            yield return new AxisPhase(
                cells,
                [.. cells.Select(p => room + least + ((p + axis.Before) / axis.Stride))],
                taps,
                [.. shifts.Select(shift => shift - least)]);
        }
    }

    private Phase PhaseOf(AxisPhase y, AxisPhase x, int kernelColumns, int firstTap, int examples)
    {
        GridShape room = border.Shape;
        int[] kernel = [.. from ky in y.Taps from kx in x.Taps select (ky * kernelColumns) + kx];
        return new Phase(
            firstTap,
            kernel,
            y.Cells.Length * x.Cells.Length,
            new Offsets(
                from n in Enumerable.Range(0, examples)
                from r in y.Windows
                from c in x.Windows
                select (n * room.Size) + (((r * room.Columns) + c) * room.Channels)),
            new Offsets(
                from r in y.Shifts
                from c in x.Shifts
                from o in Enumerable.Range(0, outputs)
                select (((r * room.Columns) + c) * room.Channels) + o),
            new Offsets(
                from n in Enumerable.Range(0, examples)
                from r in y.Cells
                from c in x.Cells
                select (n * grid.Size) + (((r * grid.Columns) + c) * grid.Channels)),
            new Offsets(kernel.Select(tap => tap * channels)));
    }

    // Group by group within a phase, tap by tap within a group: outputs × channels.
    private Span<T> Transposed(Phase phase, int group, int tap) =>
        transposed.AsSpan(((phase.FirstTap * groups) + (group * phase.Kernel.Count) + tap) * outputs * channels);

    // Cells of one axis that the same taps see, the windows that see them through a tap at 0, and how far off those of each
    // tap are.
    private readonly record struct AxisPhase(int[] Cells, int[] Windows, int[] Taps, int[] Shifts);

    // The last say where the channels of each tap's weights start, where there is one output.
    private sealed record Phase(
        int FirstTap,
        IReadOnlyList<int> Kernel,
        int Cells,
        Offsets Starts,
        Offsets Taps,
        Offsets Places,
        Offsets WeightRows);
}
