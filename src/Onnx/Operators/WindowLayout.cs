namespace SerLab.Onnx.Operators;

/// <summary>Windows along one axis of a grid.</summary>
/// <param name="Size">Cells of the grid.</param>
/// <param name="Windows">Number of windows.</param>
/// <param name="Kernel">Cells of a window.</param>
/// <param name="Stride">From one window to the next.</param>
/// <param name="Dilation">From one cell of a window to the next.</param>
/// <param name="Before">Padding before the first cell.</param>
/// <param name="After">Padding behind the last.</param>
internal readonly record struct WindowAxis(
    int Size, int Windows, int Kernel, int Stride, int Dilation, int Before, int After)
{
    /// <summary>The cell of the grid that a cell of a window looks at; it may lie outside.</summary>
    public int Cell(int window, int tap) => (window * Stride) - Before + (tap * Dilation);

    /// <summary>How many cells of a window lie on the grid, or on the grid and its padding.</summary>
    public int Counted(int window, bool isPaddingCounted)
    {
        (int from, int to) = isPaddingCounted ? (-Before, Size + After) : (0, Size);
        int count = 0;
        for (int tap = 0; tap < Kernel; tap++)
        {
            count += Cell(window, tap) >= from && Cell(window, tap) < to ? 1 : 0;
        }

        return count;
    }
}

/// <summary>How windows lie on a grid of up to three axes; one of fewer has axes of one cell before its own.</summary>
internal sealed class WindowLayout
{
    private static readonly WindowAxis One = new(1, 1, 1, 1, 1, 0, 0);

    private readonly WindowAxis[] axes;

    /// <summary>Takes the axes.</summary>
    public WindowLayout(WindowAxis[] axes)
    {
        if (axes.Length is < 1 or > 3)
        {
            throw new ArgumentException($"Windows lie along one to three axes, not {axes.Length}.");
        }

        this.axes = [.. Enumerable.Repeat(One, 3 - axes.Length), .. axes];
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

    public WindowAxis Planes => axes[0];

    public WindowAxis Rows => axes[1];

    public WindowAxis Columns => axes[2];
}
