namespace SerLab.Onnx.Operators;

/// <summary>Computes a stretch of results from two stretches of as many values.</summary>
internal delegate void PairKernel<T, TResult>(ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<TResult> results);

/// <summary>
/// Broadcasting as ONNX and NumPy define it: shapes are aligned at their last dimension, and a dimension of size 1 repeats.
/// </summary>
internal static class Broadcasting
{
    // Kernels get stretches of at most so many values; one that repeats is written out as often.
    private const int Repeated = 1024;

    /// <summary>The shape two tensors broadcast to.</summary>
    /// <exception cref="ArgumentException">A dimension differs and neither size is 1.</exception>
    public static int[] Shape(IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        int[] shape = new int[Math.Max(first.Count, second.Count)];
        for (int i = 1; i <= shape.Length; i++)
        {
            (int a, int b) = (Size(first, i), Size(second, i));
            shape[^i] = a == b || b == 1 ? a : a == 1 ? b : throw new ArgumentException("The shapes do not broadcast.");
        }

        return shape;
    }

    /// <summary>For each axis of a shape, the places in a tensor that broadcasts to it.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static int[][] Places(IReadOnlyList<int> tensor, int[] shape)
    {
        if (!Shape(tensor, shape).SequenceEqual(shape))
        {
            throw new ArgumentException("The tensor does not broadcast to the shape.");
        }

        int[] strides = Axes.Strides(tensor);
        int more = shape.Length - tensor.Count;
        return
        [
            .. shape.Select((size, d) =>
                d < more || tensor[d - more] == 1
                    ? new int[size]
                    : Enumerable.Range(0, size).Select(i => i * strides[d - more]).ToArray()),
        ];
    }

    /// <summary>For each element of the broadcast shape, the position of the element of a tensor that it takes.</summary>
    public static int[] Positions(IReadOnlyList<int> tensor, int[] shape)
    {
        int[][] places = Places(tensor, shape);
        int[] positions = [0];
        foreach (int[] axis in places)
        {
            positions = [.. positions.SelectMany(first => axis.Select(second => first + second))];
        }

        return positions;
    }

    /// <summary>Repeats a tensor to a shape.</summary>
    public static Tensor Expand(Tensor tensor, int[] shape, Workspace workspace) =>
        tensor.Shape.SequenceEqual(shape) ? tensor : Picking.Pick(tensor, Places(tensor.Shape, shape), workspace);

    /// <summary>Applies a kernel to the pairs of elements of two tensors.</summary>
    public static Tensor<TResult> Zip<T, TResult>(
        Tensor<T> first, Tensor<T> second, PairKernel<T, TResult> kernel, Workspace workspace)
    {
        int[] shape = Shape(first.Shape, second.Shape);
        int count = Tensor.Count(shape);
        bool mayLieOver = typeof(T) == typeof(TResult) && first.Length == count;
        TResult[] results = mayLieOver ? workspace.RentOver((Tensor<TResult>)(Tensor)first) : workspace.Rent<TResult>(count);
        if (count > 0)
        {
            // Row by row along the last of the merged axes, so that kernels work on stretches.
            (int[] rows, int width, int[] a, int[] b) = Merge(first.Shape, second.Shape, shape);
            Stretches<T> left = new(first, a, rows, width);
            Stretches<T> right = new(second, b, rows, width);
            for (int row = 0, at = 0; at < count; row++)
            {
                for (int done = 0; done < width; done += Repeated)
                {
                    int length = Math.Min(Repeated, width - done);
                    kernel(left.Part(row, done, length), right.Part(row, done, length), results.AsSpan(at, length));
                    at += length;
                }
            }
        }

        return new Tensor<TResult>(shape, results);
    }

    /// <summary>A kernel made of a function of two elements.</summary>
    public static PairKernel<T, TResult> Each<T, TResult>(Func<T, T, TResult> function) => (first, second, results) =>
    {
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = function(first[i], second[i]);
        }
    };

    private static int Size(IReadOnlyList<int> shape, int fromEnd) => fromEnd <= shape.Count ? shape[^fromEnd] : 1;

    // Neighbouring axes along which the same tensor repeats, or none, are one axis.
    private static (int[] Rows, int Width, int[] First, int[] Second) Merge(
        IReadOnlyList<int> first, IReadOnlyList<int> second, int[] shape)
    {
        List<(int A, int B)> merged = [];
        for (int i = shape.Length; i >= 1; i--)
        {
            (int a, int b) = (Size(first, i), Size(second, i));
            if (a == 1 && b == 1)
            {
                continue;
            }

            if (merged.Count > 0 && (merged[^1].A == 1) == (a == 1) && (merged[^1].B == 1) == (b == 1))
            {
                merged[^1] = (merged[^1].A * a, merged[^1].B * b);
            }
            else
            {
                merged.Add((a, b));
            }
        }

        if (merged.Count == 0)
        {
            merged.Add((1, 1));
        }

        int[] rows = [.. merged.SkipLast(1).Select(axis => Math.Max(axis.A, axis.B))];
        return (rows, Math.Max(merged[^1].A, merged[^1].B), [.. merged.Select(m => m.A)], [.. merged.Select(m => m.B)]);
    }

    /// <summary>The stretches of a tensor along the last axis; a single value is repeated to a stretch.</summary>
    private sealed class Stretches<T>
    {
        private readonly Tensor<T> tensor;
        private readonly int[] positions;
        private readonly int width;
        private readonly bool isWhole;
        private readonly T[] repeated;
        private int filled = -1;

        public Stretches(Tensor<T> tensor, int[] shape, int[] rows, int length)
        {
            this.tensor = tensor;
            width = shape[^1];
            positions = Positions(shape[..^1], rows);
            isWhole = width == length;
            repeated = isWhole ? [] : new T[Math.Min(length, Repeated)];
        }

        public ReadOnlySpan<T> Part(int row, int start, int length)
        {
            if (isWhole)
            {
                return tensor.Values.Slice((positions[row] * width) + start, length);
            }

            if (filled != positions[row])
            {
                filled = positions[row];
                repeated.AsSpan().Fill(tensor.Values[filled]);
            }

            return repeated.AsSpan(0, length);
        }
    }
}
