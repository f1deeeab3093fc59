namespace SerLab.Onnx.Operators;

/// <summary>Operators that move elements to or from positions which are themselves elements of a tensor.</summary>
internal static class Scattering
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("GatherElements", 11, "A,I->A", GatherElements),
        new("Scatter", 9, "N,I,N->N", ScatterElements) { Until = 10 },
        new("ScatterElements", 11, "N,I,N->N", ScatterElements),
    ];

    /// <summary>result = data, then result[.., indices[i], ..] = or += updates[i].</summary>
    private static Operator ScatterElements(OperatorNode node)
    {
        int axis = node.Int("axis", 0);
        string reduction = node.Choice("reduction", "none", "add", "mul", "min", "max");
        return (inputs, workspace) =>
        {
            int[] positions = Positions(inputs[0]!, Axes.Ints(inputs[1]), inputs[1]!.Shape, axis);
            return [inputs[0] switch
            {
                Tensor<float> data => Scatter(data, positions, (Tensor<float>)inputs[2]!, reduction, workspace),
                Tensor<double> data => Scatter(data, positions, (Tensor<double>)inputs[2]!, reduction, workspace),
                Tensor<long> data => Scatter(data, positions, (Tensor<long>)inputs[2]!, reduction, workspace),
                _ => throw Elements.NotComputed(inputs[0]),
            }];
        };
    }

    private static Tensor<T> Scatter<T>(
        Tensor<T> data, int[] positions, Tensor<T> updates, string reduction, Workspace workspace)
        where T : System.Numerics.INumber<T>
    {
        T[] results = workspace.Rent<T>(data.Length);
        data.Values.CopyTo(results);
        for (int i = 0; i < positions.Length; i++)
        {
            ref T target = ref results[positions[i]];
            T update = updates.Values[i];
            target = reduction switch
            {
                "add" => target + update,
                "mul" => target * update,
                "min" => T.Min(target, update),
                "max" => T.Max(target, update),
                _ => update,
            };
        }

        return new Tensor<T>([.. data.Shape], results);
    }

    /// <summary>result[.., i, ..] = data[.., indices[i], ..].</summary>
    private static Operator GatherElements(OperatorNode node)
    {
        int axis = node.Int("axis", 0);
        return (inputs, workspace) =>
        {
            int[] positions = Positions(inputs[0]!, Axes.Ints(inputs[1]), inputs[1]!.Shape, axis);
            return [Picking.Pick(inputs[0]!, [positions], workspace).Reshape([.. inputs[1]!.Shape])];
        };
    }

    // Where in the data each index points: at itself along the axis, at the index's own place along the others.
    private static int[] Positions(Tensor data, int[] indices, IReadOnlyList<int> shape, int given)
    {
        int axis = Axes.At(given, data.Rank);
        if (shape.Count != data.Rank || shape.Where((size, d) => d != axis && size > data.Shape[d]).Any())
        {
            throw new ArgumentException("The indices reach further than the data.");
        }

        int size = data.Shape[axis];
        int stride = Axes.Strides(data.Shape)[axis];
        int[][] places = Axes.Whole(data.Shape);
        int[] positions = [0];
        for (int d = 0; d < shape.Count; d++)
        {
            int[] own = d == axis ? new int[shape[d]] : places[d][..shape[d]];
            positions = [.. positions.SelectMany(first => own.Select(second => first + second))];
        }

        for (int i = 0; i < positions.Length; i++)
        {
            int index = indices[i] < 0 ? indices[i] + size : indices[i];
            positions[i] += index >= 0 && index < size
                ? index * stride
                : throw new ArgumentException($"There is no element {indices[i]}.");
        }

        return positions;
    }
}
