using System.Numerics;
using SerLab.Core;
using SerLab.Training.Neural.Kernels;

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
        Extent count = Geometry(input).Count;
        return count is { Rows: > 0, Columns: > 0 }
            ? new GridShape(count.Rows, count.Columns, input.Channels)
            : throw new InvalidInputException("the window is larger than its input; use a smaller one or less pooling before.");
    }

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) =>
        Kind == PoolingKind.Max ? new MaxPass<T>(site, Geometry(site.InputShape)) : new AveragePass<T>(site, Geometry(site.InputShape));

    private protected override string Describe() =>
        Window is { } window ? $"{Kind} pool {window}" + (Stride is { } s && s != window ? $", stride {s}" : "") : $"Global {Kind} pool";

    private WindowGeometry Geometry(GridShape input)
    {
        Extent window = Window ?? input.Extent;
        return WindowGeometry.Of(input.Extent, window, Stride ?? window, Extent.One, Padding);
    }

    // Goes over the windows of a piece, with the part of each that is within the grid.
    private abstract class Pass<T>(LayerSite<T> site, WindowGeometry geometry) : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected int Channels { get; } = site.InputShape.Channels;

        protected int RowStride { get; } = site.InputShape.Columns * site.InputShape.Channels;

        public sealed override void Forward(Piece piece)
        {
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                ReadOnlySpan<T> x = site.Input.Values.AsSpan(n * site.Input.Size, site.Input.Size);
                Span<T> y = site.Output.Values.AsSpan(n * site.Output.Size, site.Output.Size);
                for (int w = 0; w < geometry.Rows.Count * geometry.Columns.Count; w++)
                {
                    Take(x, Inside(w), y.Slice(w * Channels, Channels));
                }
            }
        }

        public sealed override void Backward(Piece piece)
        {
            if (!site.Input.HasGradients)
            {
                return;
            }

            piece.Of(site.Input.Gradients, site.Input.Size).Clear();
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                ReadOnlySpan<T> x = site.Input.Values.AsSpan(n * site.Input.Size, site.Input.Size);
                Span<T> dx = site.Input.Gradients.AsSpan(n * site.Input.Size, site.Input.Size);
                ReadOnlySpan<T> y = site.Output.Values.AsSpan(n * site.Output.Size, site.Output.Size);
                ReadOnlySpan<T> dy = site.Output.Gradients.AsSpan(n * site.Output.Size, site.Output.Size);
                for (int w = 0; w < geometry.Rows.Count * geometry.Columns.Count; w++)
                {
                    Give(x, Inside(w), y.Slice(w * Channels, Channels), dy.Slice(w * Channels, Channels), dx);
                }
            }
        }

        protected abstract void Take(ReadOnlySpan<T> x, Cells cells, Span<T> y);

        protected abstract void Give(ReadOnlySpan<T> x, Cells cells, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx);

        private Cells Inside(int window)
        {
            (int top, int bottom) = geometry.Rows.Inside(window / geometry.Columns.Count);
            (int left, int right) = geometry.Columns.Inside(window % geometry.Columns.Count);
            return new Cells(top, bottom, left * Channels, right * Channels);
        }
    }

    // Rows top to bottom, and where the cells lie within a row.
    private readonly record struct Cells(int Top, int Bottom, int Start, int End);

    private sealed class MaxPass<T>(LayerSite<T> site, WindowGeometry geometry) : Pass<T>(site, geometry)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void Take(ReadOnlySpan<T> x, Cells cells, Span<T> y)
        {
            for (int c = 0; c < Channels; c += Vector<T>.Count)
            {
                Vector<T> largest = new(T.NegativeInfinity);
                for (int row = cells.Top; row < cells.Bottom; row++)
                {
                    for (int at = (row * RowStride) + cells.Start; at < (row * RowStride) + cells.End; at += Channels)
                    {
                        largest = Vector.Max(largest, Lanes.Load(x.Slice(at, Channels), c));
                    }
                }

                Lanes.Store(largest, y, c);
            }
        }

        protected override void Give(ReadOnlySpan<T> x, Cells cells, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            for (int c = 0; c < Channels; c += Vector<T>.Count)
            {
                Vector<T> largest = Lanes.Load(y, c);
                Vector<T> left = Lanes.Load(dy, c);
                for (int row = cells.Top; row < cells.Bottom; row++)
                {
                    for (int at = (row * RowStride) + cells.Start; at < (row * RowStride) + cells.End; at += Channels)
                    {
                        Vector<T> isLargest = Vector.Equals(Lanes.Load(x.Slice(at, Channels), c), largest);
                        Span<T> target = dx.Slice(at, Channels);
                        Lanes.Store(
                            Lanes.Load<T>(target, c) + Vector.ConditionalSelect(isLargest, left, Vector<T>.Zero), target, c);
                        left = Vector.ConditionalSelect(isLargest, Vector<T>.Zero, left);
                    }
                }
            }
        }
    }

    private sealed class AveragePass<T>(LayerSite<T> site, WindowGeometry geometry) : Pass<T>(site, geometry)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void Take(ReadOnlySpan<T> x, Cells cells, Span<T> y)
        {
            T share = Share(cells);
            for (int c = 0; c < Channels; c += Vector<T>.Count)
            {
                Vector<T> sum = Vector<T>.Zero;
                for (int row = cells.Top; row < cells.Bottom; row++)
                {
                    for (int at = (row * RowStride) + cells.Start; at < (row * RowStride) + cells.End; at += Channels)
                    {
                        sum += Lanes.Load(x.Slice(at, Channels), c);
                    }
                }

                Lanes.Store(sum * share, y, c);
            }
        }

        protected override void Give(ReadOnlySpan<T> x, Cells cells, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            T share = Share(cells);
            for (int c = 0; c < Channels; c += Vector<T>.Count)
            {
                Vector<T> part = Lanes.Load(dy, c) * share;
                for (int row = cells.Top; row < cells.Bottom; row++)
                {
                    for (int at = (row * RowStride) + cells.Start; at < (row * RowStride) + cells.End; at += Channels)
                    {
                        Span<T> target = dx.Slice(at, Channels);
                        Lanes.Store(Lanes.Load<T>(target, c) + part, target, c);
                    }
                }
            }
        }

        private T Share(Cells cells) =>
            T.One / T.CreateChecked((cells.Bottom - cells.Top) * ((cells.End - cells.Start) / Channels));
    }
}
