namespace SerLab.Onnx.Operators;

/// <summary>
/// How the windows of a convolution or pooling lie on a grid of rows and columns; a series, [batch, channels, steps], is a grid
/// of one row.
/// </summary>
internal sealed class WindowLayout
{
    private readonly int[] kernel;
    private readonly int[] strides;
    private readonly int[] dilations;
    private readonly int[] pads;

    /// <summary>Reads a layout.</summary>
    /// <param name="node">The node.</param>
    /// <param name="rank">Number of axes that windows lie along: 1 or 2.</param>
    /// <param name="weights">Shape of the weights, whose last axes are the kernel where it is not given.</param>
    public WindowLayout(OperatorNode node, int rank, IReadOnlyList<int> weights)
    {
        if (node.Text("auto_pad", "NOTSET") is not ("NOTSET" or "VALID") and var automatic)
        {
            throw node.Unsupported("auto_pad", automatic);
        }

        if (node.Int("ceil_mode", 0) != 0)
        {
            throw node.Unsupported("ceil_mode", "1");
        }

        if (rank is not (1 or 2))
        {
            throw node.Unsupported("number of axes", $"{rank}");
        }

        kernel = Axes(node.Ints("kernel_shape") is { Length: > 0 } given ? given : [.. weights.TakeLast(rank)], 1);
        strides = Axes(node.Ints("strides"), 1);
        dilations = Axes(node.Ints("dilations"), 1);
        int[] around = node.Ints("pads");
        pads = around.Length == 0
            ? [0, 0, 0, 0]
            : [.. Axes(around[..(around.Length / 2)], 0), .. Axes(around[(around.Length / 2)..], 0)];
        int[] extra = Axes(node.Ints("output_padding"), 0);
        Extra = (extra[0], extra[1]);
    }

    /// <summary>Cells of a window, rows × columns.</summary>
    public (int Rows, int Columns) Kernel => (kernel[0], kernel[1]);

    /// <summary>Rows and columns that a transposed convolution has more than it must.</summary>
    public (int Rows, int Columns) Extra { get; }

    /// <summary>Rows and columns of a tensor [batch, channels, …].</summary>
    public static (int Rows, int Columns) Grid(Tensor tensor) =>
        tensor.Rank == 3 ? (1, tensor.Shape[2]) : (tensor.Shape[2], tensor.Shape[3]);

    /// <summary>The shape of a result, of the rank of the tensor it is made of.</summary>
    public static int[] Shape(Tensor like, int channels, (int Rows, int Columns) grid) => like.Rank == 3
        ? [like.Shape[0], channels, grid.Columns]
        : [like.Shape[0], channels, grid.Rows, grid.Columns];

    /// <summary>Windows on a grid.</summary>
    public (int Rows, int Columns) Windows((int Rows, int Columns) grid) => (Count(grid.Rows, 0), Count(grid.Columns, 1));

    /// <summary>The grid that a transposed convolution makes of so many windows.</summary>
    public (int Rows, int Columns) Enlarged((int Rows, int Columns) windows) =>
        (Length(windows.Rows, 0) + Extra.Rows, Length(windows.Columns, 1) + Extra.Columns);

    /// <summary>The row that a row of a window looks at; it may lie outside the grid.</summary>
    public int Row(int window, int tap) => (window * strides[0]) - pads[0] + (tap * dilations[0]);

    /// <summary>The column that a column of a window looks at; it may lie outside the grid.</summary>
    public int Column(int window, int tap) => (window * strides[1]) - pads[1] + (tap * dilations[1]);

    private static int[] Axes(int[] given, int standard) => given.Length switch
    {
        0 => [standard, standard],
        1 => [standard, given[0]],
        _ => given,
    };

    private int Span(int axis) => ((kernel[axis] - 1) * dilations[axis]) + 1;

    private int Count(int length, int axis) =>
        Math.Max(0, (length + pads[axis] + pads[axis + 2] - Span(axis) + strides[axis]) / strides[axis]);

    private int Length(int windows, int axis) =>
        ((windows - 1) * strides[axis]) + Span(axis) - pads[axis] - pads[axis + 2];
}
