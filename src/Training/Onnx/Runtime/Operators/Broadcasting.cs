namespace SerLab.Training.Onnx.Runtime.Operators;

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

    /// <summary>Applies a function to the pairs of elements of two tensors.</summary>
    public static Tensor<TResult> Zip<T, TResult>(Tensor<T> first, Tensor<T> second, Func<T, T, TResult> function)
    {
        if (first.Shape.SequenceEqual(second.Shape))
        {
            return Map(first.Values, second.Values, function, [.. first.Shape]);
        }

        int[] shape = Shape(first.Shape, second.Shape);
        Tensor<T> a = Expand(first, shape);
        Tensor<T> b = Expand(second, shape);
        return Map(a.Values, b.Values, function, shape);
    }

    /// <summary>Repeats a tensor to a shape.</summary>
    public static Tensor<T> Expand<T>(Tensor<T> tensor, int[] shape) =>
        tensor.Shape.SequenceEqual(shape) ? tensor : (Tensor<T>)tensor.Select(Positions(tensor.Shape, shape), shape);

    private static Tensor<TResult> Map<T, TResult>(
        ReadOnlySpan<T> first, ReadOnlySpan<T> second, Func<T, T, TResult> function, int[] shape)
    {
        TResult[] results = new TResult[first.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = function(first[i], second[i]);
        }

        return new Tensor<TResult>(results, shape);
    }
}
