namespace SerLab.Onnx.Operators;

/// <summary>What a node says of its windows: kernel, strides, dilations, padding and how they are derived.</summary>
internal sealed class WindowSettings
{
    private readonly int[] kernel;
    private readonly int[] strides;
    private readonly int[] dilations;
    private readonly int[] pads;
    private readonly string automatic;
    private readonly bool isCeiled;
    private readonly int[] extra;
    private readonly int[] enlarged;

    /// <summary>Reads the attributes of a convolution or pooling.</summary>
    public WindowSettings(OperatorNode node)
    {
        kernel = node.Ints("kernel_shape");
        strides = node.Ints("strides");
        dilations = node.Ints("dilations");
        pads = node.Ints("pads");
        automatic = node.Choice("auto_pad", "NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER");
        isCeiled = node.Flag("ceil_mode");
        extra = node.Ints("output_padding");
        enlarged = node.Ints("output_shape");
        if (pads.Concat(extra).Any(count => count < 0) || kernel.Concat(strides).Concat(dilations).Any(size => size < 1))
        {
            throw node.Refuse("has windows without cells, that do not advance, or with negative padding");
        }
    }

    private bool IsSame => automatic.StartsWith("SAME", StringComparison.Ordinal);

    /// <summary>How windows lie on a grid.</summary>
    /// <param name="grid">Sizes of the grid, axis by axis.</param>
    /// <param name="weights">Sizes of the kernel where the node does not say them.</param>
    public WindowLayout On(IReadOnlyList<int> grid, IEnumerable<int> weights) => Lay(grid, weights, (d, cells, stride, span) =>
    {
        if (IsSame)
        {
            int windows = (cells + stride - 1) / stride;
            (int before, int after) = Divide(((windows - 1) * stride) + span - cells);
            return (cells, windows, before, after);
        }

        (int first, int last) = Given(d, grid.Count);
        return (cells, Count(checked(cells + first + last - span), cells + first, stride), first, last);
    });

    /// <summary>How windows lie on the grid that a transposed convolution makes of them.</summary>
    /// <param name="windows">Number of windows, axis by axis.</param>
    /// <param name="weights">Sizes of the kernel where the node does not say them.</param>
    public WindowLayout Under(IReadOnlyList<int> windows, IEnumerable<int> weights) =>
        Lay(windows, weights, (d, count, stride, span) =>
        {
            int whole = checked(((count - 1) * stride) + span + At(extra, d, 0));
            int wanted = enlarged.Length > 0 ? enlarged[enlarged.Length - windows.Count + d] : IsSame ? count * stride : -1;
            (int before, int after) = wanted < 0 ? Given(d, windows.Count) : Divide(whole - wanted);
            return (wanted < 0 ? whole - before - after : wanted, count, before, after);
        });

    private WindowLayout Lay(
        IReadOnlyList<int> sizes,
        IEnumerable<int> weights,
        Func<int, int, int, int, (int Grid, int Windows, int Before, int After)> along)
    {
        int[] cells = kernel.Length > 0 ? kernel : [.. weights];
        return new WindowLayout([.. sizes.Select((size, d) =>
        {
            (int stride, int dilation) = (At(strides, d, 1), At(dilations, d, 1));
            (int grid, int windows, int before, int after) = along(d, size, stride, checked(((cells[d] - 1) * dilation) + 1));
            return new GridAxis(grid, windows, cells[d], stride, dilation, before, after);
        })]);
    }

    private (int Before, int After) Given(int axis, int axes) =>
        automatic == "NOTSET" && pads.Length > 0 ? (pads[axis], pads[axis + axes]) : (0, 0);

    private (int Before, int After) Divide(int padding)
    {
        int less = Math.Max(0, padding) / 2;
        int more = Math.Max(0, padding) - less;
        return automatic == "SAME_LOWER" || !IsSame ? (more, less) : (less, more);
    }

    // Rounded up there is a last window that reaches beyond the padding, if it begins before it.
    private int Count(int room, int end, int stride)
    {
        if (room < 0)
        {
            return 0;
        }

        int windows = ((room + (isCeiled ? stride - 1 : 0)) / stride) + 1;
        return isCeiled && (windows - 1) * stride >= end ? windows - 1 : windows;
    }

    private static int At(int[] values, int index, int standard) => values.Length == 0 ? standard : values[index];
}
