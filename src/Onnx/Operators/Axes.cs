namespace SerLab.Onnx.Operators;

/// <summary>Where the elements of a row-major tensor lie, axis by axis.</summary>
internal static class Axes
{
    /// <summary>An axis as a position from the front; negative ones count from the back.</summary>
    public static int At(int axis, int rank)
    {
        int position = axis < 0 ? axis + rank : axis;
        return position >= 0 && position < rank ? position : throw new ArgumentException($"There is no axis {axis}.");
    }

    /// <summary>The elements of an integer tensor, each held within 32 bits.</summary>
    public static int[] Ints(Tensor? tensor) => tensor switch
    {
        Tensor<long> longs => Array.ConvertAll(
            longs.Values.ToArray(), value => (int)Math.Clamp(value, int.MinValue, int.MaxValue)),
        Tensor<int> ints => ints.Values.ToArray(),
        _ => throw new ArgumentException("Shapes, axes and indices are integers."),
    };

    /// <summary>Distance of neighbours along each axis.</summary>
    public static int[] Strides(IReadOnlyList<int> shape)
    {
        int[] strides = new int[shape.Count];
        for (int d = shape.Count - 1, stride = 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        return strides;
    }

    /// <summary>Places along each axis, from its start, of all elements.</summary>
    public static int[][] Whole(IReadOnlyList<int> shape)
    {
        int[] strides = Strides(shape);
        int[][] places = new int[shape.Count][];
        for (int d = 0; d < places.Length; d++)
        {
            places[d] = new int[shape[d]];
            for (int i = 0; i < places[d].Length; i++)
            {
                places[d][i] = i * strides[d];
            }
        }

        return places;
    }

    /// <summary>Places of all elements but along one axis, where positions are chosen; −1 is outside.</summary>
    public static int[][] Chosen(IReadOnlyList<int> shape, int axis, IEnumerable<int> positions)
    {
        int[][] places = Whole(shape);
        int[] own = places[axis];
        places[axis] = [.. positions.Select(position => position < 0 ? -1 : own[position])];
        return places;
    }

    /// <summary>How many elements lie before an axis, along it and after it.</summary>
    public static (int Outer, int Size, int Inner) Around(IReadOnlyList<int> shape, int axis) =>
        (Tensor.Count([.. shape.Take(axis)]), shape[axis], Tensor.Count([.. shape.Skip(axis + 1)]));
}
