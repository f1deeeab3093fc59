using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Pooling over windows of series, grids and volumes, [batch, channels, …], cell by cell for all windows at once.</summary>
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
        _ => throw new ArgumentException("The operator does not take these element types."),
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
        bool hasPlaces = node.OutputCount > 1;
        return (inputs, workspace) => inputs[0] switch
        {
            Tensor<float> tensor => Largest(tensor, settings, hasPlaces, isColumnMajor, workspace),
            Tensor<double> tensor => Largest(tensor, settings, hasPlaces, isColumnMajor, workspace),
            _ => throw new ArgumentException("The operator does not take these element types."),
        };
    }

    private static Tensor[] Largest<T>(
        Tensor<T> x, WindowSettings settings, bool hasPlaces, bool isColumnMajor, Workspace workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        WindowLayout layout = settings.On([.. x.Shape.Skip(2)], []);
        int planes = x.Shape[0] * x.Shape[1];
        int[] shape = [x.Shape[0], x.Shape[1], .. layout.Shape];
        T[] y = workspace.Rent<T>(Tensor.Count(planes, layout.Windows));
        T[] seen = workspace.Rent<T>(layout.Windows);
        long[] places = hasPlaces ? workspace.Rent<long>(Tensor.Count(planes, layout.Windows)) : [];
        long[] numbers = hasPlaces ? Numbers(layout.GridShape, isColumnMajor) : [];
        long[] seenNumbers = hasPlaces ? workspace.Rent<long>(layout.Windows) : [];
        for (int i = 0; i < planes; i++)
        {
            ReadOnlySpan<T> grid = x.Values.Slice(i * layout.Grid, layout.Grid);
            Span<T> best = y.AsSpan(i * layout.Windows, layout.Windows);
            Span<T> row = seen.AsSpan(0, layout.Windows);
            best.Fill(T.NegativeInfinity);
            for (int cell = 0; cell < layout.Cells; cell++)
            {
                WindowUnfolding.Unfold(layout, grid, cell, 0, T.NegativeInfinity, row);
                if (hasPlaces)
                {
                    Span<long> rowNumbers = seenNumbers.AsSpan(0, layout.Windows);
                    WindowUnfolding.Unfold(layout, numbers, cell, 0, 0, rowNumbers);
                    for (int j = 0; j < row.Length; j++)
                    {
                        long number = rowNumbers[j] + ((long)i * layout.Grid);
                        places[(i * layout.Windows) + j] = row[j] > best[j] ? number : places[(i * layout.Windows) + j];
                    }
                }

                TensorPrimitives.Max<T>(best, row, best);
            }
        }

        return hasPlaces ? [new Tensor<T>(shape, y), new Tensor<long>([.. shape], places)] : [new Tensor<T>(shape, y)];
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
            _ => throw new ArgumentException("The operator does not take these element types."),
        }];
    }

    private static Tensor<T> Mean<T>(Tensor<T> x, WindowSettings settings, bool countsPadding, Workspace workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        WindowLayout layout = settings.On([.. x.Shape.Skip(2)], []);
        int planes = x.Shape[0] * x.Shape[1];
        T[] y = workspace.Zeros<T>(Tensor.Count(planes, layout.Windows));
        Span<T> row = workspace.Rent<T>(layout.Windows).AsSpan(0, layout.Windows);
        Span<T> counts = workspace.Rent<T>(layout.Windows).AsSpan(0, layout.Windows);
        for (int window = 0; window < layout.Windows; window++)
        {
            (int line, int column) = Math.DivRem(window, layout.Columns.Windows);
            (int plane, int across) = Math.DivRem(line, layout.Rows.Windows);
            counts[window] = T.CreateTruncating(layout.Planes.Counted(plane, countsPadding)
                * layout.Rows.Counted(across, countsPadding) * layout.Columns.Counted(column, countsPadding));
        }

        for (int i = 0; i < planes; i++)
        {
            Span<T> sums = y.AsSpan(i * layout.Windows, layout.Windows);
            for (int cell = 0; cell < layout.Cells; cell++)
            {
                WindowUnfolding.Unfold(layout, x.Values.Slice(i * layout.Grid, layout.Grid), cell, 0, T.Zero, row);
                TensorPrimitives.Add<T>(sums, row, sums);
            }

            TensorPrimitives.Divide<T>(sums, counts, sums);
        }

        return new Tensor<T>([x.Shape[0], x.Shape[1], .. layout.Shape], y);
    }
}
