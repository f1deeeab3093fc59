using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Pooling over windows of series, grids and volumes, [batch, channels, …].</summary>
internal static class WindowPooling
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("MaxPool", 1, "F->F,int64", MaxPool),
        new("AveragePool", 1, "F->F", AveragePool),
        new("GlobalMaxPool", 1, "F->F", _ => Global(TensorPrimitives.Max, TensorPrimitives.Max)),
        new("GlobalAveragePool", 1, "F->F", _ => Global(
            x => TensorPrimitives.Sum(x) / x.Length, x => TensorPrimitives.Sum(x) / x.Length)),
    ];

    private delegate T Reducer<T>(ReadOnlySpan<T> values);

    private static Operator Global(Reducer<float> floats, Reducer<double> doubles) => (inputs, workspace) => [inputs[0] switch
    {
        Tensor<float> tensor => Global(tensor, floats, workspace),
        Tensor<double> tensor => Global(tensor, doubles, workspace),
        _ => throw Elements.NotComputed(inputs[0]),
    }];

    private static Tensor<T> Global<T>(Tensor<T> x, Reducer<T> reduce, Workspace workspace)
    {
        int planes = x.Shape[0] * x.Shape[1];
        int size = Tensor.Count([.. x.Shape.Skip(2)]);
        T[] y = workspace.Rent<T>(planes);
        for (int i = 0; i < planes; i++)
        {
            y[i] = reduce(x.Values.Slice(i * size, size));
        }

        return new Tensor<T>([x.Shape[0], x.Shape[1], .. x.Shape.Skip(2).Select(_ => 1)], y);
    }

    private static Operator MaxPool(OperatorNode node)
    {
        WindowSettings settings = new(node);
        bool isColumnMajor = node.Flag("storage_order");
        bool hasNumbers = node.OutputCount > 1;
        return (inputs, workspace) => inputs[0] switch
        {
            Tensor<float> tensor => Largest(tensor, settings, hasNumbers, isColumnMajor, workspace),
            Tensor<double> tensor => Largest(tensor, settings, hasNumbers, isColumnMajor, workspace),
            _ => throw Elements.NotComputed(inputs[0]),
        };
    }

    private static Tensor[] Largest<T>(
        Tensor<T> x, WindowSettings settings, bool hasNumbers, bool isColumnMajor, Workspace workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        WindowLayout layout = settings.On([.. x.Shape.Skip(2)], []);
        int[][] places = Places(layout);
        int planes = x.Shape[0] * x.Shape[1];
        int[] shape = [x.Shape[0], x.Shape[1], .. layout.Shape];
        T[] y = workspace.Rent<T>(Tensor.Count(planes, layout.Windows));
        long[] numbers = hasNumbers ? workspace.Rent<long>(y.Length) : [];
        T[] row = workspace.Rent<T>(layout.Windows);
        int[] best = new int[layout.Windows];
        long[] cells = hasNumbers ? Numbers(layout.GridShape, isColumnMajor) : [];
        for (int i = 0; i < planes; i++)
        {
            Span<T> largest = y.AsSpan(i * layout.Windows, layout.Windows);
            largest.Fill(T.NegativeInfinity);
            foreach (int[] seen in places)
            {
                Gather(x.Values.Slice(i * layout.Grid, layout.Grid), seen, T.NegativeInfinity, row);
                for (int j = 0; j < largest.Length && hasNumbers; j++)
                {
                    best[j] = row[j] > largest[j] ? seen[j] : best[j];
                }

                TensorPrimitives.Max<T>(largest, row.AsSpan(0, largest.Length), largest);
            }

            for (int j = 0; j < largest.Length && hasNumbers; j++)
            {
                numbers[(i * layout.Windows) + j] = cells[best[j]] + ((long)i * layout.Grid);
            }
        }

        return hasNumbers ? [new Tensor<T>(shape, y), new Tensor<long>([.. shape], numbers)] : [new Tensor<T>(shape, y)];
    }

    // For each cell of the windows, the cell of the grid that each window sees there; −1 outside.
    private static int[][] Places(WindowLayout layout)
    {
        int[] grid = [.. Enumerable.Range(0, layout.Grid)];
        int[][] places = new int[layout.Cells][];
        for (int cell = 0; cell < places.Length; cell++)
        {
            places[cell] = new int[layout.Windows];
            WindowUnfolding.Unfold(layout, grid, cell, 0, -1, places[cell]);
        }

        return places;
    }

    private static void Gather<T>(ReadOnlySpan<T> grid, int[] places, T outside, Span<T> row)
    {
        for (int j = 0; j < places.Length; j++)
        {
            int place = places[j];
            row[j] = place >= 0 ? grid[place] : outside;
        }
    }

    // The number of each cell of a grid, counted along its last axis first or along its first.
    private static long[] Numbers(int[] grid, bool isColumnMajor)
    {
        int[] strides = isColumnMajor ? [.. Axes.Strides([.. grid.Reverse()]).Reverse()] : Axes.Strides(grid);
        long[] numbers = [0];
        for (int d = 0; d < grid.Length; d++)
        {
            numbers = [.. numbers.SelectMany(first => Enumerable.Range(0, grid[d]).Select(i => first + (i * strides[d])))];
        }

        return numbers;
    }

    private static Operator AveragePool(OperatorNode node)
    {
        WindowSettings settings = new(node);
        bool countsPadding = node.Flag("count_include_pad");
        return (inputs, workspace) => [inputs[0] switch
        {
            Tensor<float> tensor => Mean(tensor, settings, countsPadding, workspace),
            Tensor<double> tensor => Mean(tensor, settings, countsPadding, workspace),
            _ => throw Elements.NotComputed(inputs[0]),
        }];
    }

    private static Tensor<T> Mean<T>(Tensor<T> x, WindowSettings settings, bool countsPadding, Workspace workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        WindowLayout layout = settings.On([.. x.Shape.Skip(2)], []);
        int[][] places = Places(layout);
        int planes = x.Shape[0] * x.Shape[1];
        T[] y = workspace.Zeros<T>(Tensor.Count(planes, layout.Windows));
        T[] row = workspace.Rent<T>(layout.Windows);
        T[] counts = [.. Enumerable.Range(0, layout.Windows).Select(window =>
            T.CreateTruncating(countsPadding ? layout.Counted(window) : places.Count(seen => seen[window] >= 0)))];
        for (int i = 0; i < planes; i++)
        {
            Span<T> sums = y.AsSpan(i * layout.Windows, layout.Windows);
            foreach (int[] seen in places)
            {
                Gather(x.Values.Slice(i * layout.Grid, layout.Grid), seen, T.Zero, row);
                TensorPrimitives.Add<T>(sums, row.AsSpan(0, sums.Length), sums);
            }

            TensorPrimitives.Divide<T>(sums, counts, sums);
        }

        return new Tensor<T>([x.Shape[0], x.Shape[1], .. layout.Shape], y);
    }
}
