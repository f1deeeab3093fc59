namespace SerLab.Training.Neural.Layers;

/// <summary>
/// The form of what passes between two layers for one example: rows × columns × channels, channels changing fastest. A series of
/// steps is one row of them; a vector is one row and one column.
/// </summary>
/// <param name="Rows">Rows, at least 1.</param>
/// <param name="Columns">Columns, at least 1.</param>
/// <param name="Channels">Channels, at least 1.</param>
public readonly record struct GridShape(int Rows, int Columns, int Channels)
{
    /// <summary>Number of positions: rows × columns.</summary>
    public int Positions => Rows * Columns;

    /// <summary>Number of values.</summary>
    public int Size => checked(Rows * Columns * Channels);

    /// <summary>Rows × columns.</summary>
    public Extent Extent => new(Rows, Columns);

    /// <summary>Steps along time: columns of a series, rows of a grid.</summary>
    internal int Steps => Rows == 1 ? Columns : Rows;

    /// <summary>Values of such a step, which lie side by side.</summary>
    internal int StepSize => Size / Steps;

    /// <summary>A vector.</summary>
    public static GridShape Vector(int channels) => new(1, 1, channels);

    /// <summary>A series of steps.</summary>
    public static GridShape Series(int steps, int channels) => new(1, steps, channels);

    /// <summary>As few lengths as say it: 50, 128×3 or 64×64×8.</summary>
    public override string ToString() => (Rows, Columns) switch
    {
        (1, 1) => $"{Channels}",
        (1, _) => $"{Columns}×{Channels}",
        _ => $"{Rows}×{Columns}×{Channels}",
    };
}
