namespace SerLab.Onnx.Operators;

/// <summary>
/// Moves elements: result[i, j, …] = data[places₁[i] + places₂[j] + …], or a given value where a place is negative. Slices,
/// transposes, repetitions, padding and nearest-neighbour scaling are all of this form.
/// </summary>
/// <param name="places">For each axis of the result, places in the data.</param>
/// <param name="workspace">The memory of the run.</param>
/// <param name="outside">The value for negative places; none is zero.</param>
internal sealed class Picking(int[][] places, Workspace workspace, Tensor? outside = null) : ITensorFunction
{
    // Short axes are merged into one list of places, so that the innermost loop is long.
    private const int MergedPlaces = 4096;

    /// <summary>The elements of a tensor at places, axis by axis.</summary>
    public static Tensor Pick(Tensor tensor, int[][] places, Workspace workspace, Tensor? outside = null) =>
        tensor.Apply(new Picking(places, workspace, outside));

    /// <summary>Reorders the axes: axis i of the result is axis order[i] of the tensor.</summary>
    public static Tensor Permute(Tensor tensor, int[] order, Workspace workspace)
    {
        if (order.Length != tensor.Rank || order.Distinct().Count() != order.Length)
        {
            throw new ArgumentException("The order does not name every axis once.");
        }

        int[][] whole = Axes.Whole(tensor.Shape);
        bool isSame = order.Select((axis, i) => axis == i).All(same => same);
        return isSame ? tensor : Pick(tensor, Array.ConvertAll(order, axis => whole[axis]), workspace);
    }

    /// <inheritdoc/>
    public Tensor Of<T>(Tensor<T> tensor)
    {
        int[] shape = Array.ConvertAll(places, axis => axis.Length);
        int count = Tensor.Count(shape);
        T[] results = workspace.Rent<T>(count);
        if (count > 0)
        {
            List<int[]> merged = Merged();
            T fill = outside is Tensor<T> given ? given.Values[0] : default!;
            int at = 0;
            Copy(tensor.Values, [.. merged], IsRun(merged[^1]), 0, 0, fill, results, ref at);
        }

        return new Tensor<T>(shape, results);
    }

    private List<int[]> Merged()
    {
        List<int[]> merged = [.. places.Length == 0 ? [[0]] : places];
        while (merged.Count > 1 && merged[^1].Length * (long)merged[^2].Length <= MergedPlaces)
        {
            int[] joined = Joined(merged[^2], merged[^1]);
            merged.RemoveRange(merged.Count - 2, 2);
            merged.Add(joined);
        }

        return merged;
    }

    private static int[] Joined(int[] outer, int[] inner)
    {
        int[] joined = new int[outer.Length * inner.Length];
        for (int i = 0, at = 0; i < outer.Length; i++)
        {
            for (int j = 0; j < inner.Length; j++, at++)
            {
                joined[at] = outer[i] < 0 || inner[j] < 0 ? -1 : outer[i] + inner[j];
            }
        }

        return joined;
    }

    private static bool IsRun(int[] axis)
    {
        for (int i = 1; i < axis.Length; i++)
        {
            if (axis[i] != axis[0] + i)
            {
                return false;
            }
        }

        return axis[0] >= 0;
    }

    private static void Copy<T>(
        ReadOnlySpan<T> values, int[][] places, bool isRun, int axis, int start, T fill, Span<T> results, ref int at)
    {
        int[] own = places[axis];
        if (axis < places.Length - 1)
        {
            foreach (int place in own)
            {
                if (place >= 0)
                {
                    Copy(values, places, isRun, axis + 1, start + place, fill, results, ref at);
                }
                else
                {
                    int skipped = Tensor.Count([.. places.Skip(axis + 1).Select(inner => inner.Length)]);
                    results.Slice(at, skipped).Fill(fill);
                    at += skipped;
                }
            }
        }
        else
        {
            Span<T> row = results.Slice(at, own.Length);
            at += own.Length;
            if (isRun)
            {
                values.Slice(start + own[0], own.Length).CopyTo(row);
                return;
            }

            for (int i = 0; i < row.Length; i++)
            {
                row[i] = own[i] < 0 ? fill : values[start + own[i]];
            }
        }
    }
}
