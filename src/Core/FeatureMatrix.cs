namespace SerLab.Core;

/// <summary>A dense matrix of float32 in row-major order: one row per clip, one column per feature. Immutable.</summary>
public sealed class FeatureMatrix : Examples
{
    private readonly float[] values;

    /// <summary>Wraps row-major values without copying them; the caller must not write to them afterwards.</summary>
    /// <param name="values">Row-major values, <paramref name="rows"/> × <paramref name="columns"/> of them.</param>
    /// <param name="rows">Number of rows, zero or more.</param>
    /// <param name="columns">Number of columns, at least one.</param>
    /// <exception cref="ArgumentException">The number of values is not rows × columns.</exception>
    public FeatureMatrix(float[] values, int rows, int columns)
        : this(values, rows, ExampleShape.Features(columns))
    {
    }

    private FeatureMatrix(float[] values, int rows, ExampleShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        int columns = shape.Size!.Value;
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{values.Length} values do not fill {rows} × {columns}.", nameof(values));
        }

        this.values = values;
        Rows = rows;
        Columns = columns;
        Shape = shape;
    }

    /// <summary>Number of rows (clips).</summary>
    public int Rows { get; }

    /// <summary>Number of columns (features).</summary>
    public int Columns { get; }

    /// <inheritdoc/>
    public override int Count => Rows;

    /// <inheritdoc/>
    public override ExampleShape Shape { get; }

    /// <summary>All values in row-major order.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <inheritdoc/>
    public override ReadOnlySpan<float> this[int index] => Row(index);

    /// <summary>One value.</summary>
    public float this[int row, int column] => Row(row)[column];

    /// <summary>Copies rows of equal length into a matrix.</summary>
    public static FeatureMatrix FromRows(IReadOnlyList<float[]> rows, int columns) =>
        FromRows(rows, ExampleShape.Features(columns));

    /// <summary>Other values of the same features, and of the same parts where there are some.</summary>
    /// <param name="changed">Row-major values, as many as these.</param>
    public FeatureMatrix With(float[] changed) => new(changed, Rows, Shape);

    /// <summary>Copies rows of equal length into a matrix.</summary>
    internal static FeatureMatrix FromRows(IReadOnlyList<float[]> rows, ExampleShape shape)
    {
        int columns = shape.Size!.Value;
        float[] values = new float[rows.Count * columns];
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Length != columns)
            {
                throw new ArgumentException($"Row {i} has {rows[i].Length} values, expected {columns}.", nameof(rows));
            }

            rows[i].CopyTo(values, i * columns);
        }

        return new FeatureMatrix(values, rows.Count, shape);
    }

    /// <summary>One row as a view, without copying.</summary>
    public ReadOnlySpan<float> Row(int row) => values.AsSpan(row * Columns, Columns);

    /// <inheritdoc/>
    public override FeatureMatrix Select(ReadOnlySpan<int> indices)
    {
        float[] selected = new float[indices.Length * Columns];
        for (int i = 0; i < indices.Length; i++)
        {
            Row(indices[i]).CopyTo(selected.AsSpan(i * Columns));
        }

        return new FeatureMatrix(selected, indices.Length, Shape);
    }
}
