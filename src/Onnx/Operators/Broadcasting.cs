namespace SerLab.Onnx.Operators;

/// <summary>Computes a stretch of results from two stretches of as many values.</summary>
internal delegate void PairKernel<T, TResult>(ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<TResult> results);

/// <summary>
/// Broadcasting as ONNX and NumPy define it: shapes are aligned at their last dimension, and a dimension of size 1 repeats.
/// </summary>
internal static class Broadcasting
{
    /// <summary>The shape two tensors broadcast to.</summary>
    /// <exception cref="ArgumentException">A dimension differs and neither size is 1.</exception>
    public static int[] Shape(IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        int[] shape = new int[Math.Max(first.Count, second.Count)];
        for (int i = 1; i <= shape.Length; i++)
        {
            int a = i <= first.Count ? first[^i] : 1;
            int b = i <= second.Count ? second[^i] : 1;
            shape[^i] = a == b || b == 1 ? a : a == 1 ? b : throw new ArgumentException("The shapes do not broadcast.");
        }

        return shape;
    }

    /// <summary>For each element of the broadcast shape, the position of the element of a tensor it takes.</summary>
    public static int[] Positions(IReadOnlyList<int> tensor, int[] shape)
    {
        int[] positions = new int[Tensor.Count(shape)];
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int i = 1; i <= tensor.Count; i++)
        {
            strides[^i] = tensor[^i] == 1 ? 0 : stride;
            stride *= tensor[^i];
        }

        int[] index = new int[shape.Length];
        for (int i = 1, position = 0; i < positions.Length; i++)
        {
            for (int d = shape.Length - 1; ; d--)
            {
                position += strides[d];
                if (++index[d] < shape[d])
                {
                    break;
                }

                position -= strides[d] * shape[d];
                index[d] = 0;
            }

            positions[i] = position;
        }

        return positions;
    }

    /// <summary>Applies a kernel to the pairs of elements of two tensors.</summary>
    public static Tensor<TResult> Zip<T, TResult>(Tensor<T> first, Tensor<T> second, PairKernel<T, TResult> kernel)
    {
        int[] shape = Shape(first.Shape, second.Shape);
        TResult[] results = new TResult[Tensor.Count(shape)];
        if (first.Shape.SequenceEqual(second.Shape))
        {
            kernel(first.Values, second.Values, results);
        }
        else if (results.Length > 0)
        {
            // Row by row along the last dimension, so that kernels work on stretches; a single value is repeated to a stretch.
            int[] rows = shape[..^1];
            Stretches<T> a = new(first, rows, shape[^1]);
            Stretches<T> b = new(second, rows, shape[^1]);
            for (int row = 0, at = 0; at < results.Length; row++, at += shape[^1])
            {
                kernel(a.Row(row), b.Row(row), results.AsSpan(at, shape[^1]));
            }
        }

        return new Tensor<TResult>(results, shape);
    }

    /// <summary>A kernel made of a function of two elements.</summary>
    public static PairKernel<T, TResult> Each<T, TResult>(Func<T, T, TResult> function) => (first, second, results) =>
    {
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = function(first[i], second[i]);
        }
    };

    /// <summary>Repeats a tensor to a shape.</summary>
    public static Tensor<T> Expand<T>(Tensor<T> tensor, int[] shape) =>
        tensor.Shape.SequenceEqual(shape) ? tensor : (Tensor<T>)tensor.Select(Positions(tensor.Shape, shape), shape);

    /// <summary>The stretches of a tensor along the last dimension of the broadcast shape.</summary>
    private sealed class Stretches<T>
    {
        private readonly Tensor<T> tensor;
        private readonly int[] positions;
        private readonly int width;
        private readonly T[]? repeated;

        public Stretches(Tensor<T> tensor, int[] rows, int length)
        {
            this.tensor = tensor;
            width = tensor.Rank == 0 ? 1 : tensor.Shape[^1];
            positions = Positions([.. tensor.Shape.SkipLast(1)], rows);
            repeated = width == length ? null : new T[length];
        }

        public ReadOnlySpan<T> Row(int row)
        {
            ReadOnlySpan<T> values = tensor.Values.Slice(positions[row] * width, width);
            if (repeated is null)
            {
                return values;
            }

            repeated.AsSpan().Fill(values[0]);
            return repeated;
        }
    }
}
