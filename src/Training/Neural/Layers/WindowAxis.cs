namespace SerLab.Training.Neural.Layers;

/// <summary>How windows lie along one axis.</summary>
/// <param name="Length">Cells of the axis.</param>
/// <param name="Kernel">Cells a window looks at.</param>
/// <param name="Stride">Distance of windows.</param>
/// <param name="Dilation">Distance of the cells a window looks at.</param>
/// <param name="Before">Cells that stand before the axis.</param>
/// <param name="Count">Number of windows; below 1 where none fits.</param>
internal readonly record struct WindowAxis(int Length, int Kernel, int Stride, int Dilation, int Before, int Count)
{
    /// <summary>Cells from the first to the last that any window looks at, those before the axis included.</summary>
    public int Reach => ((Count - 1) * Stride) + Span;

    /// <summary>Cells after the axis that some window looks at; below 0 for cells within that none does.</summary>
    public int After => Reach - Before - Length;

    /// <summary>Whether some window looks at no cell of the axis.</summary>
    public bool IsBeyond => Before >= Span || After >= Span;

    private int Span => ((Kernel - 1) * Dilation) + 1;

    /// <summary>The cells of the axis that a window looks at, for windows without dilation.</summary>
    public (int First, int End) Inside(int window)
    {
        int first = (window * Stride) - Before;
        return (Math.Max(0, first), Math.Min(Length, first + Kernel));
    }
}

/// <summary>How windows lie on a grid.</summary>
/// <param name="Rows">Along rows.</param>
/// <param name="Columns">Along columns.</param>
internal readonly record struct WindowGeometry(WindowAxis Rows, WindowAxis Columns)
{
    /// <summary>Windows along both axes.</summary>
    public Extent Count => new(Rows.Count, Columns.Count);

    /// <summary>Cells a window looks at.</summary>
    public int Taps => Rows.Kernel * Columns.Kernel;

    /// <summary>Cells beyond each edge as ONNX has them: before rows, before columns, after rows, after columns.</summary>
    public IEnumerable<long> Pads =>
        [Rows.Before, Columns.Before, Math.Max(0, Rows.After), Math.Max(0, Columns.After)];

    /// <summary>A window of its own for every cell: a product at each position, as dense layers have it.</summary>
    public static WindowGeometry OfCells(Extent grid) => Of(grid, Extent.One, Extent.One, Extent.One, Padding.Valid);

    /// <summary>Lays windows out.</summary>
    public static WindowGeometry Of(Extent grid, Extent kernel, Extent stride, Extent dilation, Padding padding) => new(
        Axis(false, grid.Rows, kernel.Rows, stride.Rows, dilation.Rows, padding),
        Axis(true, grid.Columns, kernel.Columns, stride.Columns, dilation.Columns, padding));

    private static WindowAxis Axis(bool isColumns, int length, int kernel, int stride, int dilation, Padding padding)
    {
        int span = ((kernel - 1) * dilation) + 1;
        (int before, int after) = padding.Along(isColumns, length, span, stride);
        int room = length + before + after - span;
        return new WindowAxis(length, kernel, stride, dilation, before, room < 0 ? 0 : (room / stride) + 1);
    }
}
