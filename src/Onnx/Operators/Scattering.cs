namespace SerLab.Onnx.Operators;

/// <summary>Operators that move elements to or from positions which are themselves elements of a tensor.</summary>
internal static class Scattering
{
    /// <summary>result = data, then result[.., indices[i], ..] = or += updates[i].</summary>
    public static Operator ScatterElements(OperatorNode node)
    {
        int given = node.Int("axis", 0);
        string reduction = node.Text("reduction", "none");
        if (reduction is not ("none" or "add"))
        {
            throw node.Unsupported("reduction", reduction);
        }

        return inputs =>
        {
            Tensor<float> data = (Tensor<float>)inputs[0]!;
            Tensor<float> updates = (Tensor<float>)inputs[2]!;
            int[] positions = Positions(data, (Tensor<long>)inputs[1]!, given);
            float[] results = data.Values.ToArray();
            for (int i = 0; i < positions.Length; i++)
            {
                ref float target = ref results[positions[i]];
                target = reduction == "add" ? target + updates.Values[i] : updates.Values[i];
            }

            return [new Tensor<float>(results, [.. data.Shape])];
        };
    }

    /// <summary>result[.., i, ..] = data[.., indices[i], ..].</summary>
    public static Operator GatherElements(OperatorNode node)
    {
        int given = node.Int("axis", 0);
        return inputs =>
        {
            Tensor<long> indices = (Tensor<long>)inputs[1]!;
            return [inputs[0]!.Select(Positions(inputs[0]!, indices, given), [.. indices.Shape])];
        };
    }

    // Where in the data each index points: at itself along the axis, at the index's own place along the others.
    private static int[] Positions(Tensor data, Tensor<long> indices, int given)
    {
        int axis = Shapes.Axis(given, data.Rank);
        for (int d = 0; d < data.Rank; d++)
        {
            if (data.Rank != indices.Rank || (d != axis && data.Shape[d] != indices.Shape[d]))
            {
                throw new ArgumentException("Data and indices differ in an axis along which nothing moves.");
            }
        }

        int inner = Tensor.Count([.. data.Shape.Skip(axis + 1)]);
        int size = data.Shape[axis];
        int count = indices.Shape[axis];
        int[] positions = new int[indices.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            long index = indices.Values[i];
            index = index < 0 ? index + size : index;
            if (index < 0 || index >= size)
            {
                throw new ArgumentException($"There is no element {index}.");
            }

            positions[i] = (((i / inner / count * size) + (int)index) * inner) + (i % inner);
        }

        return positions;
    }
}
