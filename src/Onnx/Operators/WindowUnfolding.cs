namespace SerLab.Onnx.Operators;

/// <summary>
/// Windows as a matrix: a row per cell of the window, a column per window. A convolution is then one product with it, a
/// transposed convolution one product and the way back.
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
        Lines lines = new(layout, cell, start, row.Length);
        while (lines.Next())
        {
            Span<T> target = row.Slice(lines.At, lines.Windows);
            if (lines.Count < lines.Windows)
            {
                target[..lines.Skipped].Fill(outside);
                target[(lines.Skipped + lines.Count)..].Fill(outside);
            }

            target = target.Slice(lines.Skipped, lines.Count);
            int stride = layout.Columns.Stride;
            if (stride == 1)
            {
                grid.Slice(lines.Place, target.Length).CopyTo(target);
                continue;
            }

            ReadOnlySpan<T> source = grid[lines.Place..];
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = source[i * stride];
            }
        }
    }

    /// <summary>Adds a number per window to what one cell of it sees of a grid.</summary>
    public static void Fold<T>(WindowLayout layout, ReadOnlySpan<T> row, int cell, Span<T> grid)
        where T : System.Numerics.INumber<T>
    {
        Lines lines = new(layout, cell, 0, row.Length);
        while (lines.Next())
        {
            ReadOnlySpan<T> source = row.Slice(lines.At + lines.Skipped, lines.Count);
            for (int i = 0, to = lines.Place; i < source.Length; i++, to += layout.Columns.Stride)
            {
                grid[to] += source[i];
            }
        }
    }

    /// <summary>Goes through windows line by line: those that follow each other along the last axis.</summary>
    private ref struct Lines
    {
        private readonly GridAxis planes;
        private readonly GridAxis rows;
        private readonly GridAxis columns;
        private readonly int planeTap;
        private readonly int rowTap;
        private readonly int columnTap;
        private readonly int length;
        private int planeWindow;
        private int rowWindow;
        private int first;

        public Lines(WindowLayout layout, int cell, int start, int length)
        {
            (planes, rows, columns) = (layout.Planes, layout.Rows, layout.Columns);
            (int lineTap, columnTap) = Math.DivRem(cell, columns.Kernel);
            (planeTap, rowTap) = Math.DivRem(lineTap, rows.Kernel);
            (int line, first) = Math.DivRem(start, columns.Windows);
            (planeWindow, rowWindow) = Math.DivRem(line, rows.Windows);
            this.length = length;
        }

        /// <summary>Where the line starts among the windows asked for.</summary>
        public int At { get; private set; }

        /// <summary>Windows of the line.</summary>
        public int Windows { get; private set; }

        /// <summary>How many of them, from the first, see nothing of the grid.</summary>
        public int Skipped { get; private set; }

        /// <summary>How many behind those see a cell of it.</summary>
        public int Count { get; private set; }

        /// <summary>The first cell seen; the others follow a stride apart.</summary>
        public int Place { get; private set; }

        public bool Next()
        {
            At += Windows;
            if (At == length)
            {
                return false;
            }

            Windows = Math.Min(columns.Windows - first, length - At);
            int plane = planes.Cell(planeWindow, planeTap);
            int row = rows.Cell(rowWindow, rowTap);
            if ((uint)plane < (uint)planes.Size && (uint)row < (uint)rows.Size)
            {
                int origin = columns.Cell(first, columnTap);
                int end = columns.Size - origin;
                (int skipped, int seen) = columns.Stride == 1
                    ? (-origin, end)
                    : ((-origin + columns.Stride - 1) / columns.Stride, (end + columns.Stride - 1) / columns.Stride);
                Skipped = Math.Clamp(skipped, 0, Windows);
                Count = Math.Max(0, Math.Min(Windows, seen) - Skipped);
                Place = Count == 0 ? 0 : (((plane * rows.Size) + row) * columns.Size) + origin + (Skipped * columns.Stride);
            }
            else
            {
                (Skipped, Count, Place) = (0, 0, 0);
            }

            first = 0;
            if (++rowWindow == rows.Windows)
            {
                rowWindow = 0;
                planeWindow++;
            }

            return true;
        }
    }
}
