namespace SerLab.Onnx.Operators;

/// <summary>Pooling over windows of series and grids, [batch, channels, …], in float32.</summary>
internal static class WindowPooling
{
    /// <summary>What is made of the cells of a window that lie within the grid.</summary>
    public delegate float Function(ReadOnlySpan<float> cells);

    /// <summary>The largest.</summary>
    public static float Largest(ReadOnlySpan<float> cells) => System.Numerics.Tensors.TensorPrimitives.Max(cells);

    /// <summary>The mean.</summary>
    public static float Mean(ReadOnlySpan<float> cells) =>
        System.Numerics.Tensors.TensorPrimitives.Sum(cells) / cells.Length;

    /// <summary>The operators MaxPool and AveragePool.</summary>
    public static Operator Pool(OperatorNode node, Function function)
    {
        if (node.Int("count_include_pad", 0) != 0)
        {
            throw node.Unsupported("count_include_pad", "1");
        }

        return inputs =>
        {
            Tensor<float> x = (Tensor<float>)inputs[0]!;
            WindowLayout layout = new(node, x.Rank - 2, []);
            (int Rows, int Columns) grid = WindowLayout.Grid(x);
            (int Rows, int Columns) windows = layout.Windows(grid);
            int planes = x.Shape[0] * x.Shape[1];
            float[] y = new float[Tensor.Count([planes, windows.Rows, windows.Columns])];
            float[] cells = new float[layout.Kernel.Rows * layout.Kernel.Columns];
            int at = 0;
            for (int plane = 0; plane < planes; plane++)
            {
                ReadOnlySpan<float> values = x.Values.Slice(plane * grid.Rows * grid.Columns, grid.Rows * grid.Columns);
                for (int r = 0; r < windows.Rows; r++)
                {
                    for (int c = 0; c < windows.Columns; c++)
                    {
                        y[at++] = function(cells.AsSpan(0, Cells(values, grid, layout, r, c, cells)));
                    }
                }
            }

            return [new Tensor<float>(y, WindowLayout.Shape(x, x.Shape[1], windows))];
        };
    }

    private static int Cells(
        ReadOnlySpan<float> plane, (int Rows, int Columns) grid, WindowLayout layout, int row, int column, Span<float> cells)
    {
        int count = 0;
        for (int i = 0; i < layout.Kernel.Rows; i++)
        {
            int y = layout.Row(row, i);
            for (int j = 0; j < layout.Kernel.Columns && y >= 0 && y < grid.Rows; j++)
            {
                int x = layout.Column(column, j);
                if (x >= 0 && x < grid.Columns)
                {
                    cells[count++] = plane[(y * grid.Columns) + x];
                }
            }
        }

        return count;
    }
}
