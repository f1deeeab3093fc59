using System.Numerics;
using SerLab.Core.Kernels;

namespace SerLab.Onnx.Operators;

/// <summary>Convolutions of series, grids and volumes, [batch, channels, …], as products with the matrix of windows.</summary>
internal static class Convolutions
{
    // So much of the matrix of windows is made at a time: it stays in the second-level cache.
    private const int BlockValues = 1 << 15;
    private const int FewestColumns = 64;

    // So many columns of the result stay in the first-level cache while the cells of a window are gone through.
    private const int ShiftedColumns = 256;

    /// <summary>The operator of this kind.</summary>
    public static OperatorEntry[] Entries { get; } = [new("Conv", 1, "F,F,F?->F", Convolve)];

    private static Operator Convolve(OperatorNode node)
    {
        WindowSettings settings = new(node);
        int groups = node.Int("group", 1);
        return (inputs, workspace) => [inputs[0] switch
        {
            Tensor<float> => Convolve<float>(inputs, settings, groups, workspace),
            Tensor<double> => Convolve<double>(inputs, settings, groups, workspace),
            _ => throw Elements.NotComputed(inputs[0]),
        }];
    }

    private static Tensor<T> Convolve<T>(Tensor?[] inputs, WindowSettings settings, int groups, Workspace workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Tensor<T> x, Tensor<T> w) = ((Tensor<T>)inputs[0]!, (Tensor<T>)inputs[1]!);
        WindowLayout layout = settings.On([.. x.Shape.Skip(2)], w.Shape.Skip(2));
        (int batch, int outputs, int channels) = (x.Shape[0], w.Shape[0], w.Shape[1]);
        int depth = checked(channels * layout.Cells);
        if (groups < 1 || x.Shape[1] != channels * groups || outputs % groups != 0 || w.Length != outputs * depth)
        {
            throw new ArgumentException("Channels, groups and weights of a convolution do not fit.");
        }

        workspace.CountMultiplyAdds(batch, outputs, depth, layout.Windows);
        T[] y = workspace.Rent<T>(Tensor.Count([batch, outputs, layout.Windows]));
        for (int i = 0; i < batch * outputs; i++)
        {
            T start = inputs.ElementAtOrDefault(2) is Tensor<T> bias ? bias.Values[i % outputs] : T.Zero;
            y.AsSpan(i * layout.Windows, layout.Windows).Fill(start);
        }

        if (batch > 0 && layout.Windows >= FewestColumns && layout.IsShifted)
        {
            AddShifted(y, x, w, layout, outputs / groups, workspace);
        }
        else if (batch > 0 && layout.Windows > 0 && depth > 0)
        {
            Product<T> product = new(layout, x, outputs / groups, channels, workspace);
            for (int g = 0; g < groups; g++)
            {
                product.AddTo(y, w, g);
            }
        }

        return new Tensor<T>([batch, outputs, .. layout.Shape], y);
    }

    // Where windows shift by one cell at a time and none looks outside, what a cell of them sees is the grid itself from that
    // cell on: a product per cell, and no window is copied.
    private static void AddShifted<T>(
        T[] y, Tensor<T> x, Tensor<T> w, WindowLayout layout, int outputs, Workspace workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int channels, int cells) = (w.Shape[1], layout.Cells);
        Offsets rows = Offsets.Regular(outputs, channels * cells);
        Offsets depth = Offsets.Regular(channels, cells);
        Offsets places = Offsets.Regular(outputs, layout.Windows);
        int groups = x.Shape[1] / channels;
        ReadOnlySpan<T> grid = Padded(x, workspace);
        for (int n = 0; n < x.Shape[0] * groups; n++)
        {
            int first = n % groups * outputs * channels * cells;
            Span<T> result = y.AsSpan(n * outputs * layout.Windows);
            for (int start = 0; start < layout.Windows; start += ShiftedColumns)
            {
                int taken = Math.Min(ShiftedColumns, layout.Windows - start);
                for (int cell = 0; cell < cells; cell++)
                {
                    ReadOnlySpan<T> seen = grid[((n * channels * layout.Grid) + (cell * layout.Columns.Dilation) + start)..];
                    OffsetProduct.Multiply(
                        new LeftOffsets<T>(w.Values[(first + cell)..], rows, depth),
                        new RightRows<T>(seen, taken, layout.Grid),
                        [],
                        result[start..],
                        places);
                }
            }
        }
    }

    // The kernel reads whole vectors beyond the last cell.
    private static ReadOnlySpan<T> Padded<T>(Tensor<T> x, Workspace workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Whole.Length >= x.Length + OffsetProduct.Slack<T>())
        {
            return x.Whole;
        }

        T[] padded = workspace.Rent<T>(x.Length);
        x.Values.CopyTo(padded);
        return padded;
    }

    /// <summary>The products of one convolution, block by block of windows; small images share a block.</summary>
    private sealed class Product<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly WindowLayout layout;
        private readonly Tensor<T> x;
        private readonly int outputs;
        private readonly int channels;
        private readonly int depth;
        private readonly int width;
        private readonly int images;
        private readonly T[] windows;
        private readonly T[] sums;
        private readonly Offsets left;
        private readonly Offsets along;
        private readonly Offsets inImage;
        private readonly Offsets inBlock;

        public Product(WindowLayout layout, Tensor<T> x, int outputs, int channels, Workspace workspace)
        {
            this.layout = layout;
            this.x = x;
            this.outputs = outputs;
            this.channels = channels;
            depth = channels * layout.Cells;
            int columns = Math.Max(FewestColumns, BlockValues / depth / FewestColumns * FewestColumns);
            images = Math.Clamp(columns / layout.Windows, 1, x.Shape[0]);
            width = Math.Min(columns, images * layout.Windows);
            windows = workspace.Rent<T>(Tensor.Count(depth, width));
            sums = images > 1 ? workspace.Rent<T>(outputs * width) : [];
            left = Offsets.Regular(outputs, depth);
            along = Offsets.Regular(depth, 1);
            inImage = Offsets.Regular(outputs, layout.Windows);
            inBlock = Offsets.Regular(outputs, width);
        }

        /// <summary>Adds to the results of one group, which hold the bias.</summary>
        public void AddTo(T[] y, Tensor<T> w, int group)
        {
            int perImage = outputs * x.Shape[1] / channels * layout.Windows;
            ReadOnlySpan<T> weights = w.Values.Slice(group * outputs * depth, outputs * depth);
            for (int n = 0; n < x.Shape[0]; n += images)
            {
                int first = (n * perImage) + (group * outputs * layout.Windows);
                int count = Math.Min(images, x.Shape[0] - n);
                if (images > 1)
                {
                    AddImages(y, weights, group, n, count, first, perImage);
                    continue;
                }

                for (int start = 0; start < layout.Windows; start += width)
                {
                    int taken = Math.Min(width, layout.Windows - start);
                    Unfold(group, n, start, taken, 0);
                    Multiply(weights, taken, y.AsSpan(first + start), inImage);
                }
            }
        }

        private void AddImages(
            T[] y, ReadOnlySpan<T> weights, int group, int n, int count, int first, int perImage)
        {
            int size = layout.Windows;
            for (int i = 0; i < count; i++)
            {
                Unfold(group, n + i, 0, size, i * size);
                for (int o = 0; o < outputs; o++)
                {
                    y.AsSpan(first + (i * perImage) + (o * size), size).CopyTo(sums.AsSpan((o * width) + (i * size)));
                }
            }

            Multiply(weights, count * size, sums, inBlock);
            for (int i = 0; i < count; i++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    sums.AsSpan((o * width) + (i * size), size).CopyTo(y.AsSpan(first + (i * perImage) + (o * size)));
                }
            }
        }

        private void Multiply(ReadOnlySpan<T> weights, int columns, Span<T> results, Offsets places) => OffsetProduct.Multiply(
            new LeftOffsets<T>(weights, left, along), new RightRows<T>(windows, columns, width), [], results, places);

        private void Unfold(int group, int n, int start, int count, int at)
        {
            for (int k = 0; k < depth; k++)
            {
                (int channel, int cell) = Math.DivRem(k, layout.Cells);
                int plane = (n * x.Shape[1]) + (group * channels) + channel;
                WindowUnfolding.Unfold(
                    layout,
                    x.Values.Slice(plane * layout.Grid, layout.Grid),
                    cell,
                    start,
                    T.Zero,
                    windows.AsSpan((k * width) + at, count));
            }
        }
    }
}
