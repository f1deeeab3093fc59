namespace SerLab.Training.Neural.Layers;

/// <summary>A number of rows and of columns: of a kernel, of its steps.</summary>
/// <param name="Rows">Along rows.</param>
/// <param name="Columns">Along columns: along the steps of a series.</param>
public readonly record struct Extent(int Rows, int Columns)
{
    /// <summary>1 × 1.</summary>
    public static Extent One => new(1, 1);

    /// <summary>As many rows as columns.</summary>
    public static Extent Square(int length) => new(length, length);

    /// <summary>One row: what lies along a series.</summary>
    public static Extent Series(int length) => new(1, length);

    /// <summary>Rows × columns, e.g. 3×3; the length alone along a series.</summary>
    public override string ToString() => Rows == 1 ? $"{Columns}" : $"{Rows}×{Columns}";
}
