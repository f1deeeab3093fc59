namespace SerLab.Onnx.Operators;

/// <summary>
/// Windows as a matrix: a row per cell of the window, a column per window. A convolution is then one product with it, a transposed
/// convolution one product and the way back, and pooling is done row by row.
/// </summary>
internal static class WindowUnfolding
{
    /// <summary>What one cell of each window sees of a grid.</summary>
    /// <param name="layout">How the windows lie.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="cell">The cell of the window.</param>
    /// <param name="start">The first window, in row-major order.</param>
    /// <param name="outside">What is seen outside of the grid.</param>
    /// <param name="row">Receives a number per window, for as many as it is long.</param>
    public static void Unfold<T>(WindowLayout layout, ReadOnlySpan<T> grid, int cell, int start, T outside, Span<T> row)
    {
        for (int at = 0; at < row.Length;)
        {
            Stretch stretch = new(layout, cell, start + at, row.Length - at);
            Span<T> target = row.Slice(at, stretch.Windows);
            at += stretch.Windows;
            target[..stretch.Skipped].Fill(outside);
            target[(stretch.Skipped + stretch.Count)..].Fill(outside);
            target = target.Slice(stretch.Skipped, stretch.Count);
            if (stretch.Stride == 1)
            {
                grid.Slice(stretch.Place, target.Length).CopyTo(target);
                continue;
            }

            for (int i = 0, from = stretch.Place; i < target.Length; i++, from += stretch.Stride)
            {
                target[i] = grid[from];
            }
        }
    }

    /// <summary>Adds a number per window to what one cell of it sees of a grid.</summary>
    public static void Fold<T>(WindowLayout layout, ReadOnlySpan<T> row, int cell, Span<T> grid)
        where T : System.Numerics.INumber<T>
    {
        for (int at = 0; at < row.Length;)
        {
            Stretch stretch = new(layout, cell, at, row.Length - at);
            ReadOnlySpan<T> source = row.Slice(at + stretch.Skipped, stretch.Count);
            at += stretch.Windows;
            for (int i = 0, to = stretch.Place; i < source.Length; i++, to += stretch.Stride)
            {
                grid[to] += source[i];
            }
        }
    }

    /// <summary>Windows that follow each other along the last axis, and where a cell of theirs lies.</summary>
    private readonly struct Stretch
    {
        public Stretch(WindowLayout layout, int cell, int window, int most)
        {
            (WindowAxis planes, WindowAxis rows, WindowAxis columns) = (layout.Planes, layout.Rows, layout.Columns);
            (int lineTap, int columnTap) = Math.DivRem(cell, columns.Kernel);
            (int planeTap, int rowTap) = Math.DivRem(lineTap, rows.Kernel);
            (int lineWindow, int first) = Math.DivRem(window, columns.Windows);
            int plane = planes.Cell(lineWindow / rows.Windows, planeTap);
            int line = rows.Cell(lineWindow % rows.Windows, rowTap);
            Windows = Math.Min(columns.Windows - first, most);
            Stride = columns.Stride;
            if (plane >= 0 && plane < planes.Size && line >= 0 && line < rows.Size)
            {
                // Of the windows those that see the grid are a stretch too.
                int origin = columns.Cell(first, columnTap);
                Skipped = Math.Min(Windows, origin >= 0 ? 0 : (-origin + Stride - 1) / Stride);
                int end = origin >= columns.Size ? 0 : Math.Min(Windows, ((columns.Size - 1 - origin) / Stride) + 1);
                Count = Math.Max(0, end - Skipped);
                Place = Count == 0 ? 0 : (((plane * rows.Size) + line) * columns.Size) + origin + (Skipped * Stride);
            }
        }

        public int Windows { get; }

        public int Skipped { get; }

        public int Count { get; }

        public int Place { get; }

        public int Stride { get; }
    }
}
