using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SerLab.Core.Kernels;

/// <summary>
/// Matrix products whose left factor lies anywhere: element (i, k) at rows[i] + depth[k]. A dense layer is one, with rows a
/// distance apart; a convolution is one over overlapping windows, without copying them out (indirect convolution, Dukhan 2019);
/// and with the two lists exchanged it is the transpose, which is the gradient by the weights. Every element of the result is one
/// chain of fused multiply-adds in the order of the depth, so its bits depend neither on the width of the machine's vectors
/// nor on how the rows are dealt out.
/// </summary>
/// <remarks>
/// The right factor is read in whole vectors, so its buffer holds <see cref="Slack{T}"/> elements beyond the last row; what
/// is not a column's own is not stored.
/// </remarks>
internal static class OffsetProduct
{
    private const int TileRows = 6;

    // A strip of the right factor with at least so many rows of the left is copied together, if it is not longer than this.
    private const int PackedRows = 32;
    private const int PackedValues = 1 << 14;

    // Depth at a time while the result stays small: the strips of both factors stay in the first-level cache.
    private const int DepthBlock = 256;

    /// <summary>Elements that a buffer has beyond its values.</summary>
    public static int Slack<T>() => Vector<T>.Count;

    /// <summary>result[i, j] = start[j] + Σₖ left[rows[i] + depth[k]] · right[k, j].</summary>
    /// <param name="left">Where the left factor lies, and which of it.</param>
    /// <param name="right">The right factor.</param>
    /// <param name="start">What the sums start from, one per column; empty to start from what the result holds.</param>
    /// <param name="result">Receives the sums.</param>
    /// <param name="places">Where the rows of the result start.</param>
    public static void Multiply<T>(
        LeftOffsets<T> left, RightRows<T> right, ReadOnlySpan<T> start, Span<T> result, Offsets places)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckSizes(left, right, start, result, places);
        if (left.RowCount == 0 || right.Columns == 0)
        {
            return;
        }

        // A long depth with few rows is a gradient by weights: blocks keep both strips near. Else one block is best.
        bool isLong = left.DepthCount > 2 * DepthBlock && left.DepthCount > left.RowCount;
        int block = isLong ? DepthBlock : left.DepthCount;
        Tile<T> tile = new()
        {
            Left = ref MemoryMarshal.GetReference(left.Values),
            Depth = ref MemoryMarshal.GetReference(left.Depth.Values),
            Right = ref MemoryMarshal.GetReference(right.Values),
            Result = ref MemoryMarshal.GetReference(result),
            Stride = right.Stride,
            IsStarted = start.IsEmpty,
        };
        ReadOnlySpan<int> rows = left.Rows.Values[..left.RowCount];
        int first = 0;
        do
        {
            tile.DepthCount = Math.Min(block, left.DepthCount - first);
            Strips(tile, rows, right.Columns, start, places.Values);
            tile.Depth = ref Unsafe.Add(ref tile.Depth, tile.DepthCount);
            tile.Right = ref Unsafe.Add(ref tile.Right, (nint)tile.DepthCount * right.Stride);
            tile.IsStarted = true;
            first += block;
        }
        while (first < left.DepthCount);
    }

    // As many columns as fill vectors of 512 bits, where there are such, then the others.
    private static void Strips<T>(
        Tile<T> tile, ReadOnlySpan<int> rows, int columns, ReadOnlySpan<T> start, ReadOnlySpan<int> places)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int wide = Vector512.IsHardwareAccelerated ? columns - (columns % Vector512<T>.Count) : 0;
        Strips<T, WideLanes<T>>(tile, rows, wide, start[..Math.Min(wide, start.Length)], places);
        tile.Right = ref Unsafe.Add(ref tile.Right, wide);
        tile.Result = ref Unsafe.Add(ref tile.Result, wide);
        Strips<T, UsualLanes<T>>(tile, rows, columns - wide, start[Math.Min(wide, start.Length)..], places);
    }

    private static void Strips<T, TLanes>(
        Tile<T> tile, ReadOnlySpan<int> rows, int columns, ReadOnlySpan<T> start, ReadOnlySpan<int> places)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLanes : struct, ILanes<TLanes, T>
    {
        Span<T> padded = stackalloc T[2 * TLanes.Count];
        for (int left = columns; left > 0;)
        {
            bool isTwo = left > TLanes.Count;
            int width = isTwo ? 2 * TLanes.Count : TLanes.Count;
            int own = Math.Min(left, width);
            if (!tile.IsStarted)
            {
                start.Slice(columns - left, own).CopyTo(padded);
            }

            Tile<T> strip = tile.With(ref tile.Right, tile.Stride, ref tile.Result, ref MemoryMarshal.GetReference(padded));
            if (isTwo)
            {
                Rows<T, TLanes, TwoVectors>(in strip, rows, places, own);
            }
            else
            {
                Rows<T, TLanes, OneVector>(in strip, rows, places, own);
            }

            tile.Right = ref Unsafe.Add(ref tile.Right, width);
            tile.Result = ref Unsafe.Add(ref tile.Result, width);
            left -= width;
        }
    }

    private static void Rows<T, TLanes, TWidth>(in Tile<T> tile, ReadOnlySpan<int> rows, ReadOnlySpan<int> places, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLanes : struct, ILanes<TLanes, T>
        where TWidth : IWidth
    {
        int width = TWidth.Vectors * TLanes.Count;
        int packed = tile.DepthCount * width;
        if (rows.Length >= PackedRows && tile.Stride > width && packed <= PackedValues)
        {
            Span<T> strip = stackalloc T[packed];
            for (int k = 0; k < tile.DepthCount; k++)
            {
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref tile.Right, (nint)k * tile.Stride), width)
                    .CopyTo(strip[(k * width)..]);
            }

            Tile<T> near = tile.With(ref MemoryMarshal.GetReference(strip), width, ref tile.Result, ref tile.Start);
            AnyRows<T, TLanes, TWidth>(in near, rows, places, columns);
        }
        else
        {
            AnyRows<T, TLanes, TWidth>(in tile, rows, places, columns);
        }
    }

    private static void AnyRows<T, TLanes, TWidth>(in Tile<T> tile, ReadOnlySpan<int> rows, ReadOnlySpan<int> places, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLanes : struct, ILanes<TLanes, T>
        where TWidth : IWidth
    {
        int width = TWidth.Vectors * TLanes.Count;
        if (columns == width)
        {
            WholeRows<T, TLanes, TWidth>(in tile, rows, places);
            return;
        }

        // Columns that do not fill their vectors: tiles go through a buffer that is whole.
        Span<T> buffer = stackalloc T[TileRows * width];
        Span<int> bufferPlaces = stackalloc int[TileRows];
        for (int i = 0; i < TileRows; i++)
        {
            bufferPlaces[i] = i * width;
        }

        ref T result = ref tile.Result;
        Tile<T> part = tile.With(
            ref tile.Right, tile.Stride, ref MemoryMarshal.GetReference(buffer), ref tile.Start);
        for (int first = 0; first < rows.Length; first += TileRows)
        {
            int count = Math.Min(TileRows, rows.Length - first);
            for (int i = 0; i < count && tile.IsStarted; i++)
            {
                RowOf(ref result, places[first + i], columns).CopyTo(buffer[(i * width)..]);
            }

            WholeRows<T, TLanes, TWidth>(in part, rows.Slice(first, count), bufferPlaces);
            for (int i = 0; i < count; i++)
            {
                buffer.Slice(i * width, columns).CopyTo(RowOf(ref result, places[first + i], columns));
            }
        }
    }

    private static Span<T> RowOf<T>(ref T result, int place, int columns) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref result, place), columns);

    private static void WholeRows<T, TLanes, TWidth>(in Tile<T> tile, ReadOnlySpan<int> rows, ReadOnlySpan<int> places)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLanes : struct, ILanes<TLanes, T>
        where TWidth : IWidth
    {
        // Sixes and fours fill any number of rows but for one at most; a tile that is not full repeats its last row.
        int fours = (rows.Length % TileRows) switch { 0 or 5 => 0, 1 or 2 => 2, _ => 1 };
        int sixes = Math.Max(0, rows.Length - (4 * fours));
        ref int row = ref MemoryMarshal.GetReference(rows);
        ref int place = ref MemoryMarshal.GetReference(places);
        for (int i = 0; i < sixes; i += 6)
        {
            SixRows<T, TLanes, TWidth>(
                in tile, ref Unsafe.Add(ref row, i), ref Unsafe.Add(ref place, i), Math.Min(5, sixes - 1 - i));
        }

        for (int i = sixes; i < rows.Length; i += 4)
        {
            FourRows<T, TLanes, TWidth>(
                in tile, ref Unsafe.Add(ref row, i), ref Unsafe.Add(ref place, i), Math.Min(3, rows.Length - 1 - i));
        }
    }

    // In the two methods below sums live in registers, and so does all that their loops read: no call may stand there, and they
    // are not inlined into a loop over tiles, whose variables would push one of the rows out to memory in every step.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SixRows<T, TLanes, TWidth>(in Tile<T> tile, ref int rows, ref int places, int last)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLanes : struct, ILanes<TLanes, T>
        where TWidth : IWidth
    {
        ref T a0 = ref Unsafe.Add(ref tile.Left, rows);
        ref T a1 = ref Unsafe.Add(ref tile.Left, Unsafe.Add(ref rows, 1));
        ref T a2 = ref Unsafe.Add(ref tile.Left, Unsafe.Add(ref rows, 2));
        ref T a3 = ref Unsafe.Add(ref tile.Left, Unsafe.Add(ref rows, 3));
        ref T a4 = ref Unsafe.Add(ref tile.Left, Unsafe.Add(ref rows, 4));
        ref T a5 = ref Unsafe.Add(ref tile.Left, Unsafe.Add(ref rows, last));
        TLanes c00 = default, c01 = default;
        if (!tile.IsStarted)
        {
            c00 = TLanes.Load(ref tile.Start, 0);
            c01 = TWidth.Vectors == 2 ? TLanes.Load(ref tile.Start, TLanes.Count) : default;
        }

        TLanes c10 = c00, c20 = c00, c30 = c00, c40 = c00, c50 = c00;
        TLanes c11 = c01, c21 = c01, c31 = c01, c41 = c01, c51 = c01;
        if (tile.IsStarted)
        {
            c00 = TLanes.Load(ref tile.Result, places);
            c10 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, 1));
            c20 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, 2));
            c30 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, 3));
            c40 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, 4));
            c50 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, last));
            if (TWidth.Vectors == 2)
            {
                c01 = TLanes.Load(ref tile.Result, places + TLanes.Count);
                c11 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, 1) + TLanes.Count);
                c21 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, 2) + TLanes.Count);
                c31 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, 3) + TLanes.Count);
                c41 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, 4) + TLanes.Count);
                c51 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, last) + TLanes.Count);
            }
        }

        ref T b = ref tile.Right;
        ref int depth = ref tile.Depth;
        nint stride = tile.Stride;
        for (int k = tile.DepthCount; k > 0; k--)
        {
            nint at = depth;
            TLanes b0 = TLanes.Load(ref b, 0);
            TLanes b1 = TWidth.Vectors == 2 ? TLanes.Load(ref b, TLanes.Count) : default;
            TLanes x0 = TLanes.Of(Unsafe.Add(ref a0, at));
            c00 = TLanes.MultiplyAdd(x0, b0, c00);
            c01 = TWidth.Vectors == 2 ? TLanes.MultiplyAdd(x0, b1, c01) : c01;
            TLanes x1 = TLanes.Of(Unsafe.Add(ref a1, at));
            c10 = TLanes.MultiplyAdd(x1, b0, c10);
            c11 = TWidth.Vectors == 2 ? TLanes.MultiplyAdd(x1, b1, c11) : c11;
            TLanes x2 = TLanes.Of(Unsafe.Add(ref a2, at));
            c20 = TLanes.MultiplyAdd(x2, b0, c20);
            c21 = TWidth.Vectors == 2 ? TLanes.MultiplyAdd(x2, b1, c21) : c21;
            TLanes x3 = TLanes.Of(Unsafe.Add(ref a3, at));
            c30 = TLanes.MultiplyAdd(x3, b0, c30);
            c31 = TWidth.Vectors == 2 ? TLanes.MultiplyAdd(x3, b1, c31) : c31;
            TLanes x4 = TLanes.Of(Unsafe.Add(ref a4, at));
            c40 = TLanes.MultiplyAdd(x4, b0, c40);
            c41 = TWidth.Vectors == 2 ? TLanes.MultiplyAdd(x4, b1, c41) : c41;
            TLanes x5 = TLanes.Of(Unsafe.Add(ref a5, at));
            c50 = TLanes.MultiplyAdd(x5, b0, c50);
            c51 = TWidth.Vectors == 2 ? TLanes.MultiplyAdd(x5, b1, c51) : c51;
            b = ref Unsafe.Add(ref b, stride);
            depth = ref Unsafe.Add(ref depth, 1);
        }

        c00.Store(ref tile.Result, places);
        c10.Store(ref tile.Result, Unsafe.Add(ref places, 1));
        c20.Store(ref tile.Result, Unsafe.Add(ref places, 2));
        c30.Store(ref tile.Result, Unsafe.Add(ref places, 3));
        c40.Store(ref tile.Result, Unsafe.Add(ref places, 4));
        c50.Store(ref tile.Result, Unsafe.Add(ref places, last));
        if (TWidth.Vectors == 2)
        {
            c01.Store(ref tile.Result, places + TLanes.Count);
            c11.Store(ref tile.Result, Unsafe.Add(ref places, 1) + TLanes.Count);
            c21.Store(ref tile.Result, Unsafe.Add(ref places, 2) + TLanes.Count);
            c31.Store(ref tile.Result, Unsafe.Add(ref places, 3) + TLanes.Count);
            c41.Store(ref tile.Result, Unsafe.Add(ref places, 4) + TLanes.Count);
            c51.Store(ref tile.Result, Unsafe.Add(ref places, last) + TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FourRows<T, TLanes, TWidth>(in Tile<T> tile, ref int rows, ref int places, int last)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLanes : struct, ILanes<TLanes, T>
        where TWidth : IWidth
    {
        int second = Math.Min(1, last);
        int third = Math.Min(2, last);
        ref T a0 = ref Unsafe.Add(ref tile.Left, rows);
        ref T a1 = ref Unsafe.Add(ref tile.Left, Unsafe.Add(ref rows, second));
        ref T a2 = ref Unsafe.Add(ref tile.Left, Unsafe.Add(ref rows, third));
        ref T a3 = ref Unsafe.Add(ref tile.Left, Unsafe.Add(ref rows, last));
        TLanes c00 = default, c01 = default;
        if (!tile.IsStarted)
        {
            c00 = TLanes.Load(ref tile.Start, 0);
            c01 = TWidth.Vectors == 2 ? TLanes.Load(ref tile.Start, TLanes.Count) : default;
        }

        TLanes c10 = c00, c20 = c00, c30 = c00;
        TLanes c11 = c01, c21 = c01, c31 = c01;
        if (tile.IsStarted)
        {
            c00 = TLanes.Load(ref tile.Result, places);
            c10 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, second));
            c20 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, third));
            c30 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, last));
            if (TWidth.Vectors == 2)
            {
                c01 = TLanes.Load(ref tile.Result, places + TLanes.Count);
                c11 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, second) + TLanes.Count);
                c21 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, third) + TLanes.Count);
                c31 = TLanes.Load(ref tile.Result, Unsafe.Add(ref places, last) + TLanes.Count);
            }
        }

        ref T b = ref tile.Right;
        ref int depth = ref tile.Depth;
        nint stride = tile.Stride;
        for (int k = tile.DepthCount; k > 0; k--)
        {
            nint at = depth;
            TLanes b0 = TLanes.Load(ref b, 0);
            TLanes b1 = TWidth.Vectors == 2 ? TLanes.Load(ref b, TLanes.Count) : default;
            TLanes x0 = TLanes.Of(Unsafe.Add(ref a0, at));
            c00 = TLanes.MultiplyAdd(x0, b0, c00);
            c01 = TWidth.Vectors == 2 ? TLanes.MultiplyAdd(x0, b1, c01) : c01;
            TLanes x1 = TLanes.Of(Unsafe.Add(ref a1, at));
            c10 = TLanes.MultiplyAdd(x1, b0, c10);
            c11 = TWidth.Vectors == 2 ? TLanes.MultiplyAdd(x1, b1, c11) : c11;
            TLanes x2 = TLanes.Of(Unsafe.Add(ref a2, at));
            c20 = TLanes.MultiplyAdd(x2, b0, c20);
            c21 = TWidth.Vectors == 2 ? TLanes.MultiplyAdd(x2, b1, c21) : c21;
            TLanes x3 = TLanes.Of(Unsafe.Add(ref a3, at));
            c30 = TLanes.MultiplyAdd(x3, b0, c30);
            c31 = TWidth.Vectors == 2 ? TLanes.MultiplyAdd(x3, b1, c31) : c31;
            b = ref Unsafe.Add(ref b, stride);
            depth = ref Unsafe.Add(ref depth, 1);
        }

        c00.Store(ref tile.Result, places);
        c10.Store(ref tile.Result, Unsafe.Add(ref places, second));
        c20.Store(ref tile.Result, Unsafe.Add(ref places, third));
        c30.Store(ref tile.Result, Unsafe.Add(ref places, last));
        if (TWidth.Vectors == 2)
        {
            c01.Store(ref tile.Result, places + TLanes.Count);
            c11.Store(ref tile.Result, Unsafe.Add(ref places, second) + TLanes.Count);
            c21.Store(ref tile.Result, Unsafe.Add(ref places, third) + TLanes.Count);
            c31.Store(ref tile.Result, Unsafe.Add(ref places, last) + TLanes.Count);
        }
    }

    private static void CheckSizes<T>(
        LeftOffsets<T> left, RightRows<T> right, ReadOnlySpan<T> start, Span<T> result, Offsets places)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int padded = (right.Columns + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count;
        bool fits = left.RowCount <= Math.Min(left.Rows.Count, places.Count)
            && left.DepthCount <= left.Depth.Count
            && left.Rows.Largest(left.RowCount) + left.Depth.Largest(left.DepthCount) < left.Values.Length
            && (left.DepthCount == 0 || ((left.DepthCount - 1L) * right.Stride) + padded <= right.Values.Length)
            && places.Largest(left.RowCount) + right.Columns <= result.Length
            && (start.IsEmpty || start.Length >= right.Columns);
        if (!fits)
        {
            throw new ArgumentException(
                $"The buffers do not hold {left.RowCount} × {left.DepthCount} times {left.DepthCount} × {right.Columns}.");
        }
    }

    private interface IWidth
    {
        static abstract int Vectors { get; }
    }

    private readonly struct OneVector : IWidth
    {
        public static int Vectors => 1;
    }

    private readonly struct TwoVectors : IWidth
    {
        public static int Vectors => 2;
    }

    // What all tiles of a strip of columns share.
    private ref struct Tile<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public ref T Left;
        public ref T Right;
        public ref T Result;
        public ref int Depth;
        public int DepthCount;
        public int Stride;
        public bool IsStarted;
        public ref T Start;

        /// <summary>The same tiles with their right factor, their result or what sums start from elsewhere.</summary>
        public readonly Tile<T> With(ref T right, int stride, ref T result, ref T start) => new()
        {
            Left = ref Left,
            Right = ref right,
            Result = ref result,
            Depth = ref Depth,
            DepthCount = DepthCount,
            Stride = stride,
            IsStarted = IsStarted,
            Start = ref start,
        };
    }
}
