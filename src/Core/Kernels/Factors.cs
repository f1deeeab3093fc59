namespace SerLab.Core.Kernels;

/// <summary>The left factor of an <see cref="OffsetProduct"/>: element (i, k) lies at rows[i] + depth[k].</summary>
/// <param name="values">Where it lies.</param>
/// <param name="rows">Where rows start.</param>
/// <param name="rowCount">How many of them are meant, from the first.</param>
/// <param name="depth">Where the elements of a row lie, from its start.</param>
/// <param name="depthCount">How many of them are meant, from the first.</param>
internal readonly ref struct LeftOffsets<T>(ReadOnlySpan<T> values, Offsets rows, int rowCount, Offsets depth, int depthCount)
{
    /// <summary>All rows and columns of the lists.</summary>
    public LeftOffsets(ReadOnlySpan<T> values, Offsets rows, Offsets depth)
        : this(values, rows, rows.Count, depth, depth.Count)
    {
    }

    public ReadOnlySpan<T> Values { get; } = values;

    public Offsets Rows { get; } = rows;

    public int RowCount { get; } = rowCount;

    public Offsets Depth { get; } = depth;

    public int DepthCount { get; } = depthCount;
}

/// <summary>The right factor of an <see cref="OffsetProduct"/>: rows a fixed distance apart.</summary>
/// <param name="values">Its values, and at least a vector more.</param>
/// <param name="columns">Columns that are meant.</param>
/// <param name="stride">Distance of the rows.</param>
internal readonly ref struct RightRows<T>(ReadOnlySpan<T> values, int columns, int stride)
{
    public ReadOnlySpan<T> Values { get; } = values;

    public int Columns { get; } = columns;

    public int Stride { get; } = stride;
}
