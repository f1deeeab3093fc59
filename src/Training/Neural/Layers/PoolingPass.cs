using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SerLab.Core.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>What is taken of a window, and what goes back to its cells, for a vector of channels.</summary>
internal interface IWindowFunction
{
    /// <summary>The value of a window.</summary>
    /// <param name="x">The first cell of the window.</param>
    /// <param name="taps">Where its cells are, from there.</param>
    static abstract Vector<T> Take<T>(ref T x, ReadOnlySpan<int> taps)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>What goes to a cell of the window; called cell by cell.</summary>
    /// <param name="x">The cell.</param>
    /// <param name="y">The value of the window.</param>
    /// <param name="left">At first the gradient by that value, then what the cells before have left of it.</param>
    /// <param name="cells">Number of cells.</param>
    static abstract Gift<T> Give<T>(Vector<T> x, Vector<T> y, Vector<T> left, int cells)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>What goes to a cell, and what is left of the gradient for the next.</summary>
internal readonly record struct Gift<T>(Vector<T> Given, Vector<T> Left);

/// <summary>The largest value; the first of equals gets the gradient.</summary>
internal readonly struct LargestOfWindow : IWindowFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Take<T>(ref T x, ReadOnlySpan<int> taps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> largest = new(T.NegativeInfinity);
        foreach (int tap in taps)
        {
            largest = Vector.MaxNative(largest, Vector.LoadUnsafe(ref x, (nuint)tap));
        }

        return largest;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gift<T> Give<T>(Vector<T> x, Vector<T> y, Vector<T> left, int cells)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> isLargest = Vector.Equals(x, y);
        return new Gift<T>(isLargest & left, Vector.AndNot(left, isLargest));
    }
}

/// <summary>The mean; every cell gets an equal share.</summary>
internal readonly struct MeanOfWindow : IWindowFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Take<T>(ref T x, ReadOnlySpan<int> taps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> sum = Vector<T>.Zero;
        foreach (int tap in taps)
        {
            sum += Vector.LoadUnsafe(ref x, (nuint)tap);
        }

        return sum * (T.One / T.CreateTruncating(taps.Length));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gift<T> Give<T>(Vector<T> x, Vector<T> y, Vector<T> left, int cells)
        where T : unmanaged, IFloatingPointIeee754<T> => new(left * (T.One / T.CreateTruncating(cells)), left);
}

/// <summary>Computes <see cref="Pooling"/>.</summary>
internal sealed class PoolingPass<T, TFunction> : LayerPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFunction : IWindowFunction
{
    private readonly LayerSite<T> site;
    private readonly WindowGeometry geometry;
    private readonly int channels;
    private readonly int wholeChannels;
    private readonly int rowLength;
    private readonly int[] taps;

    // Where the cells of windows are that the edge of the grid cuts, by what is left of them.
    private readonly Dictionary<(int Rows, int Columns), int[]> cutTaps = [];

    // Windows that share no cell need not add to what others gave; if every cell has one, nothing need be cleared before.
    private readonly bool isDisjoint;
    private readonly bool isCovered;

    public PoolingPass(LayerSite<T> site, WindowGeometry geometry)
    {
        this.site = site;
        this.geometry = geometry;
        channels = site.InputShape.Channels;
        wholeChannels = channels - (channels % Vector<T>.Count);
        rowLength = site.InputShape.Columns * channels;
        taps = [.. Taps(geometry.Rows.Kernel, geometry.Columns.Kernel)];
        foreach (int rows in Lengths(geometry.Rows))
        {
            foreach (int columns in Lengths(geometry.Columns))
            {
                cutTaps[(rows, columns)] = [.. Taps(rows, columns)];
            }
        }

        isCovered = IsTiled(geometry.Rows) && IsTiled(geometry.Columns);
        isDisjoint = geometry.Rows.Stride >= geometry.Rows.Kernel && geometry.Columns.Stride >= geometry.Columns.Kernel;
    }

    /// <inheritdoc/>
    public override void Forward(Piece piece)
    {
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            Span<T> y = site.Output.Values.AsSpan(n * site.Output.Size, site.Output.Size);
            ref T x = ref site.Input.Values[n * site.Input.Size];
            int at = 0;
            for (int r = 0; r < geometry.Rows.Count; r++)
            {
                for (int c = 0; c < geometry.Columns.Count; c++, at += channels)
                {
                    ReadOnlySpan<int> cells = Cells(r, c, out int first);
                    Take<WholeLanes>(ref Unsafe.Add(ref x, first), cells, y.Slice(at, channels), 0, wholeChannels);
                    Take<LastLanes>(ref Unsafe.Add(ref x, first), cells, y.Slice(at, channels), wholeChannels, channels);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(Piece piece)
    {
        if (!site.Input.HasGradients)
        {
            return;
        }

        if (!isCovered)
        {
            piece.Of(site.Input.Gradients, site.Input.Size).Clear();
        }

        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            ReadOnlySpan<T> y = site.Output.Values.AsSpan(n * site.Output.Size, site.Output.Size);
            ReadOnlySpan<T> dy = site.Output.Gradients.AsSpan(n * site.Output.Size, site.Output.Size);
            ref T x = ref site.Input.Values[n * site.Input.Size];
            ref T dx = ref site.Input.Gradients[n * site.Input.Size];
            int at = 0;
            for (int r = 0; r < geometry.Rows.Count; r++)
            {
                for (int c = 0; c < geometry.Columns.Count; c++, at += channels)
                {
                    ReadOnlySpan<int> cells = Cells(r, c, out int first);
                    ReadOnlySpan<T> value = y.Slice(at, channels);
                    ReadOnlySpan<T> gradient = dy.Slice(at, channels);
                    ref T cell = ref Unsafe.Add(ref x, first);
                    ref T given = ref Unsafe.Add(ref dx, first);
                    Give<WholeLanes>(ref cell, ref given, cells, value, gradient, 0, wholeChannels);
                    Give<LastLanes>(ref cell, ref given, cells, value, gradient, wholeChannels, channels);
                }
            }
        }
    }

    private static void Take<TAccess>(ref T x, ReadOnlySpan<int> cells, Span<T> y, int first, int end)
        where TAccess : ILaneAccess
    {
        for (int j = first; j < end; j += Vector<T>.Count)
        {
            TAccess.Store(TFunction.Take(ref Unsafe.Add(ref x, j), cells), y, j);
        }
    }

    private void Give<TAccess>(
        ref T x, ref T dx, ReadOnlySpan<int> cells, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, int first, int end)
        where TAccess : ILaneAccess
    {
        for (int j = first; j < end; j += Vector<T>.Count)
        {
            Vector<T> value = TAccess.Load(y, j);
            Vector<T> left = TAccess.Load(dy, j);
            foreach (int tap in cells)
            {
                Gift<T> gift = TFunction.Give(Vector.LoadUnsafe(ref x, (nuint)(tap + j)), value, left, cells.Length);
                Span<T> target = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref dx, tap), channels);
                TAccess.Store(isDisjoint ? gift.Given : gift.Given + TAccess.Load<T>(target, j), target, j);
                left = gift.Left;
            }
        }
    }

    private static bool IsTiled(WindowAxis axis) =>
        axis.Stride == axis.Kernel && axis.Before == 0 && axis.Count * axis.Stride == axis.Length;

    // Where the cells of a window are that lie within the grid, from the first of them.
    private ReadOnlySpan<int> Cells(int row, int column, out int first)
    {
        (int Top, int Bottom) rows = geometry.Rows.Inside(row);
        (int Left, int Right) columns = geometry.Columns.Inside(column);
        first = (rows.Top * rowLength) + (columns.Left * channels);
        (int Rows, int Columns) size = (rows.Bottom - rows.Top, columns.Right - columns.Left);
        return size.Rows * size.Columns == taps.Length ? taps : cutTaps[size];
    }

    private static IEnumerable<int> Lengths(WindowAxis axis) =>
        Enumerable.Range(0, axis.Count).Select(axis.Inside).Select(inside => inside.End - inside.First).Distinct();

    private IEnumerable<int> Taps(int rows, int columns) =>
        from r in Enumerable.Range(0, rows)
        from c in Enumerable.Range(0, columns)
        select (r * rowLength) + (c * channels);
}
