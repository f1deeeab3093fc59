namespace SerLab.Onnx.Operators;

/// <summary>Windows along one axis of a grid.</summary>
/// <param name="Size">Cells of the grid.</param>
/// <param name="Windows">Number of windows.</param>
/// <param name="Kernel">Cells of a window.</param>
/// <param name="Stride">From one window to the next.</param>
/// <param name="Dilation">From one cell of a window to the next.</param>
/// <param name="Before">Padding before the first cell.</param>
/// <param name="After">Padding behind the last.</param>
internal readonly record struct GridAxis(
    int Size, int Windows, int Kernel, int Stride, int Dilation, int Before, int After)
{
    /// <summary>The cell of the grid that a cell of a window looks at; it may lie outside.</summary>
    public int Cell(int window, int tap) => (window * Stride) - Before + (tap * Dilation);

    /// <summary>The same axis on a grid of another size, with a window per cell.</summary>
    public GridAxis Of(int size) => this with { Size = size, Windows = size };

    /// <summary>How many cells of a window lie on the grid or its padding.</summary>
    public int Counted(int window)
    {
        int count = 0;
        for (int tap = 0; tap < Kernel; tap++)
        {
            count += Cell(window, tap) < Size + After ? 1 : 0;
        }

        return count;
    }
}

/// <summary>How windows lie on a grid of up to three axes; one of fewer has axes of one cell before its own.</summary>
internal sealed class WindowLayout
{
    private static readonly GridAxis One = new(1, 1, 1, 1, 1, 0, 0);

    private readonly GridAxis[] axes;

    /// <summary>Takes the axes.</summary>
    public WindowLayout(GridAxis[] axes)
    {
        if (axes.Length is < 1 or > 3)
        {
            throw new ArgumentException($"Windows lie along one to three axes, not {axes.Length}.");
        }

        this.axes = Merged([.. Enumerable.Repeat(One, 3 - axes.Length), .. axes]);
        Shape = [.. axes.Select(axis => axis.Windows)];
        Windows = Tensor.Count(Shape);
        Cells = Tensor.Count([.. axes.Select(axis => axis.Kernel)]);
        GridShape = [.. axes.Select(axis => axis.Size)];
        Grid = Tensor.Count(GridShape);
    }

    /// <summary>Windows along each axis.</summary>
    public int[] Shape { get; }

    /// <summary>Sizes of the grid.</summary>
    public int[] GridShape { get; }

    /// <summary>Number of windows.</summary>
    public int Windows { get; }

    /// <summary>Cells of a window.</summary>
    public int Cells { get; }

    /// <summary>Cells of the grid.</summary>
    public int Grid { get; }

    /// <summary>Whether windows lie on one line, a cell apart, and none looks outside of the grid.</summary>
    public bool IsShifted => Planes == One && Rows == One && Columns is { Stride: 1, Before: 0 }
        && Columns.Windows + ((Columns.Kernel - 1) * Columns.Dilation) <= Columns.Size;

    /// <summary>How many cells of a window lie on the grid or its padding, and not behind it.</summary>
    public int Counted(int window)
    {
        (int line, int column) = Math.DivRem(window, Columns.Windows);
        (int plane, int row) = Math.DivRem(line, Rows.Windows);
        return Planes.Counted(plane) * Rows.Counted(row) * Columns.Counted(column);
    }

    // Where windows are as narrow as a column and see all of them, lines lie one behind the other: they are one long line.
    private static GridAxis[] Merged(GridAxis[] axes)
    {
        for (int i = 0; i < axes.Length - 1 && axes[^2].Stride == 1 && axes[^1] == One.Of(axes[^1].Size); i++)
        {
            GridAxis lines = axes[^2];
            int length = axes[^1].Size;
            axes = [One, .. axes[..^2], new GridAxis(
                lines.Size * length,
                lines.Windows * length,
                lines.Kernel,
                Stride: 1,
                lines.Dilation * length,
                lines.Before * length,
                lines.After * length)];
        }

        return axes;
    }

    public GridAxis Planes => axes[0];

    public GridAxis Rows => axes[1];

    public GridAxis Columns => axes[2];
}
