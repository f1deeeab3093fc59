using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Convolutions of series and grids, [batch, channels, …], in float32.</summary>
internal static class Convolutions
{
    /// <summary>The operator Conv.</summary>
    public static Operator Convolve(OperatorNode node)
    {
        int groups = node.Int("group", 1);
        return inputs =>
        {
            Tensor<float> x = (Tensor<float>)inputs[0]!;
            Tensor<float> w = (Tensor<float>)inputs[1]!;
            WindowLayout layout = new(node, x.Rank - 2, w.Shape);
            (int Rows, int Columns) windows = layout.Windows(WindowLayout.Grid(x));
            int outputs = w.Shape[0];
            int positions = windows.Rows * windows.Columns;
            float[] y = new float[Tensor.Count([x.Shape[0], outputs, positions])];
            int channels = w.Shape[1];
            int depth = w.Length / outputs;
            float[] columns = new float[depth * positions];
            for (int n = 0; n < x.Shape[0]; n++)
            {
                for (int g = 0; g < groups; g++)
                {
                    for (int c = 0; c < channels; c++)
                    {
                        Unfold(Plane(x, n, (g * channels) + c), WindowLayout.Grid(x), layout, windows, columns, c);
                    }

                    for (int o = g * outputs / groups; o < (g + 1) * outputs / groups; o++)
                    {
                        Span<float> sums = y.AsSpan(((n * outputs) + o) * positions, positions);
                        sums.Fill(inputs.Length > 2 && inputs[2] is Tensor<float> bias ? bias.Values[o] : 0);
                        for (int k = 0; k < depth; k++)
                        {
                            TensorPrimitives.MultiplyAdd(
                                columns.AsSpan(k * positions, positions), w.Values[(o * depth) + k], sums, sums);
                        }
                    }
                }
            }

            return [new Tensor<float>(y, WindowLayout.Shape(x, outputs, windows))];
        };
    }

    /// <summary>The operator ConvTranspose, without groups.</summary>
    public static Operator Transpose(OperatorNode node)
    {
        if (node.Int("group", 1) != 1)
        {
            throw node.Unsupported("group", $"{node.Int("group", 1)}");
        }

        return inputs =>
        {
            Tensor<float> x = (Tensor<float>)inputs[0]!;
            Tensor<float> w = (Tensor<float>)inputs[1]!;
            WindowLayout layout = new(node, x.Rank - 2, w.Shape);
            (int Rows, int Columns) windows = WindowLayout.Grid(x);
            (int Rows, int Columns) grid = layout.Enlarged(windows);
            int outputs = w.Shape[1];
            int positions = grid.Rows * grid.Columns;
            float[] y = new float[Tensor.Count([x.Shape[0], outputs, positions])];
            for (int n = 0; n < x.Shape[0]; n++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    Span<float> plane = y.AsSpan(((n * outputs) + o) * positions, positions);
                    plane.Fill(inputs.Length > 2 && inputs[2] is Tensor<float> bias ? bias.Values[o] : 0);
                    for (int c = 0; c < x.Shape[1]; c++)
                    {
                        Scatter(Plane(x, n, c), windows, Plane(w, c, o), layout, plane, grid);
                    }
                }
            }

            return [new Tensor<float>(y, WindowLayout.Shape(x, outputs, grid))];
        };
    }

    private static ReadOnlySpan<float> Plane(Tensor<float> tensor, int first, int second)
    {
        int size = Tensor.Count([.. tensor.Shape.Skip(2)]);
        return tensor.Values.Slice(((first * tensor.Shape[1]) + second) * size, size);
    }

    // One row per cell of the window: what all windows see there; zero outside the grid.
    private static void Unfold(
        ReadOnlySpan<float> plane,
        (int Rows, int Columns) grid,
        WindowLayout layout,
        (int Rows, int Columns) windows,
        float[] columns,
        int channel)
    {
        int at = channel * layout.Kernel.Rows * layout.Kernel.Columns * windows.Rows * windows.Columns;
        for (int i = 0; i < layout.Kernel.Rows; i++)
        {
            for (int j = 0; j < layout.Kernel.Columns; j++)
            {
                for (int r = 0; r < windows.Rows; r++)
                {
                    int row = layout.Row(r, i);
                    for (int c = 0; c < windows.Columns; c++)
                    {
                        int column = layout.Column(c, j);
                        bool isInside = row >= 0 && row < grid.Rows && column >= 0 && column < grid.Columns;
                        columns[at++] = isInside ? plane[(row * grid.Columns) + column] : 0;
                    }
                }
            }
        }
    }

    private static void Scatter(
        ReadOnlySpan<float> plane,
        (int Rows, int Columns) windows,
        ReadOnlySpan<float> kernel,
        WindowLayout layout,
        Span<float> sums,
        (int Rows, int Columns) grid)
    {
        for (int r = 0; r < windows.Rows; r++)
        {
            for (int c = 0; c < windows.Columns; c++)
            {
                float value = plane[(r * windows.Columns) + c];
                for (int i = 0; i < layout.Kernel.Rows; i++)
                {
                    int row = layout.Row(r, i);
                    for (int j = 0; j < layout.Kernel.Columns && row >= 0 && row < grid.Rows; j++)
                    {
                        int column = layout.Column(c, j);
                        if (column >= 0 && column < grid.Columns)
                        {
                            sums[(row * grid.Columns) + column] += value * kernel[(i * layout.Kernel.Columns) + j];
                        }
                    }
                }
            }
        }
    }
}
