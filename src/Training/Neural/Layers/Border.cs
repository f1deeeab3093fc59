using System.Numerics;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// A grid with room around it, so that a window may reach over its edge into zeros. Where no room is needed the grid is used
/// as it lies, without a copy.
/// </summary>
internal sealed class Border<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly GridShape inner;
    private readonly int top;
    private readonly int left;
    private readonly T[]? copy;

    /// <summary>Lays a border out.</summary>
    /// <param name="inner">The grid.</param>
    /// <param name="extent">Rows and columns that windows reach, from the first before the grid on.</param>
    /// <param name="top">Rows of them that stand before the grid.</param>
    /// <param name="left">Columns of them that stand before the grid.</param>
    /// <param name="site">Where the layer stands.</param>
    public Border(GridShape inner, Extent extent, int top, int left, LayerSite<T> site)
    {
        this.inner = inner;
        this.top = top;
        this.left = left;
        bool isWithin = top == 0 && left == 0 && extent.Rows <= inner.Rows && extent.Columns <= inner.Columns;
        Shape = isWithin ? inner : new GridShape(extent.Rows, extent.Columns, inner.Channels);
        copy = isWithin ? null : site.Reserve(Shape.Size);
    }

    /// <summary>The grid with its border.</summary>
    public GridShape Shape { get; }

    /// <summary>Puts a piece of a buffer inside the border; all around stays zero.</summary>
    public void Fill(Piece piece, T[] buffer)
    {
        if (copy is null)
        {
            return;
        }

        int rows = Math.Min(inner.Rows, Shape.Rows - top);
        int length = Math.Min(inner.Columns, Shape.Columns - left) * inner.Channels;
        Span<T> target = piece.Of(copy, Shape.Size);
        ReadOnlySpan<T> source = piece.Of(buffer, inner.Size);
        for (int n = 0; n < piece.Count; n++)
        {
            for (int y = 0; y < rows; y++)
            {
                source.Slice((n * inner.Size) + (y * inner.Columns * inner.Channels), length).CopyTo(
                    target[((n * Shape.Size) + ((((y + top) * Shape.Columns) + left) * inner.Channels))..]);
            }
        }
    }

    /// <summary>The grids of a piece with their borders, as <see cref="Fill"/> left them.</summary>
    public ReadOnlySpan<T> Of(Piece piece, T[] buffer) => piece.From(copy ?? buffer, Shape.Size);
}
