namespace SerLab.Onnx.Operators;

/// <summary>Operators on shapes: they ask for one, or give the same elements another.</summary>
internal static class Shapes
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("Identity", 1, "A->A", _ => (inputs, _) => [inputs[0]!]),
        new("Dropout", 7, "F->F", Dropout) { Until = 9 },
        new("Dropout", 10, "F->F,bool", Dropout) { Until = 11 },
        new("Dropout", 12, "F,F2?,bool?->F,bool", Dropout),
        new("Shape", 1, "A->int64", ShapeOf),
        new("Size", 1, "A->int64", _ => (inputs, _) => [new Tensor<long>([inputs[0]!.Length])]),
        new("Reshape", 5, "A,I->A", Reshape),
        new("Flatten", 1, "A->A", Flatten),
        new("Squeeze", 1, "A->A", Squeeze) { Until = 12 },
        new("Squeeze", 13, "A,I?->A", Squeeze),
        new("Unsqueeze", 1, "A->A", Unsqueeze) { Until = 12 },
        new("Unsqueeze", 13, "A,I->A", Unsqueeze),
        new("Transpose", 1, "A->A", Transpose),
        new("Expand", 8, "A,I->A", _ => Expand),
        new("Tile", 6, "A,I->A", _ => Tile),
    ];

    /// <summary>Axes of an operator that once had them as an attribute and now has them as an input; none if neither.</summary>
    public static Func<Tensor?[], int[]?> AxesOf(OperatorNode node, int input)
    {
        int[]? listed = node.Has("axes") ? node.Ints("axes") : null;
        return inputs => inputs.ElementAtOrDefault(input) is { } given ? Axes.Ints(given) : listed;
    }

    // Nothing is left out when a network answers; the mask says so.
    private static Operator Dropout(OperatorNode node)
    {
        node.Ignore("ratio", "seed");
        return (inputs, workspace) =>
        {
            if (inputs.ElementAtOrDefault(2) is Tensor<bool> training && training.Values[0])
            {
                throw new ArgumentException("Dropout in training is random.");
            }

            bool[] mask = workspace.Rent<bool>(inputs[0]!.Length);
            mask.AsSpan().Fill(true);
            return [inputs[0]!, new Tensor<bool>([.. inputs[0]!.Shape], mask)];
        };
    }

    private static Operator ShapeOf(OperatorNode node)
    {
        int start = node.Int("start", 0);
        int end = node.Int("end", int.MaxValue);
        return (inputs, _) =>
        {
            int rank = inputs[0]!.Rank;
            int Bound(int axis) => Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
            long[] sizes = [.. inputs[0]!.Shape.Take(Bound(end)).Skip(Bound(start)).Select(size => (long)size)];
            return [new Tensor<long>(sizes, sizes.Length)];
        };
    }

    // A size of 0 keeps the old one, −1 is what is left.
    private static Operator Reshape(OperatorNode node)
    {
        bool allowsZero = node.Flag("allowzero");
        return (inputs, _) =>
        {
            Tensor tensor = inputs[0]!;
            int[] shape = Axes.Ints(inputs[1]);
            for (int i = 0; i < shape.Length && !allowsZero; i++)
            {
                shape[i] = shape[i] == 0 ? tensor.Shape[i] : shape[i];
            }

            int free = Array.IndexOf(shape, -1);
            if (free >= 0)
            {
                int others = Tensor.Count([.. shape.Where((_, i) => i != free)]);
                shape[free] = others == 0 ? 0 : tensor.Length / others;
            }

            return [tensor.Reshape(shape)];
        };
    }

    private static Operator Flatten(OperatorNode node)
    {
        int given = node.Int("axis", 1);
        return (inputs, _) =>
        {
            IReadOnlyList<int> shape = inputs[0]!.Shape;
            int axis = given < 0 ? given + shape.Count : given;
            return [inputs[0]!.Reshape([Tensor.Count([.. shape.Take(axis)]), Tensor.Count([.. shape.Skip(axis)])])];
        };
    }

    private static Operator Squeeze(OperatorNode node)
    {
        Func<Tensor?[], int[]?> given = AxesOf(node, 1);
        return (inputs, _) =>
        {
            Tensor tensor = inputs[0]!;
            HashSet<int> axes = given(inputs) is { } listed
                ? [.. listed.Select(axis => Axes.At(axis, tensor.Rank))]
                : [.. Enumerable.Range(0, tensor.Rank).Where(d => tensor.Shape[d] == 1)];
            return [tensor.Reshape([.. tensor.Shape.Where((_, d) => !axes.Contains(d))])];
        };
    }

    private static Operator Unsqueeze(OperatorNode node)
    {
        Func<Tensor?[], int[]?> given = AxesOf(node, 1);
        return (inputs, _) =>
        {
            int[] listed = given(inputs)!;
            int rank = inputs[0]!.Rank + listed.Length;
            HashSet<int> axes = [.. listed.Select(axis => Axes.At(axis, rank))];
            Queue<int> sizes = new(inputs[0]!.Shape);
            return [inputs[0]!.Reshape([.. Enumerable.Range(0, rank).Select(d => axes.Contains(d) ? 1 : sizes.Dequeue())])];
        };
    }

    private static Operator Transpose(OperatorNode node)
    {
        int[] order = node.Ints("perm");
        return (inputs, workspace) =>
            [Picking.Permute(inputs[0]!, order.Length > 0 ? order : Reversed(inputs[0]!.Rank), workspace)];
    }

    private static int[] Reversed(int rank) => [.. Enumerable.Range(0, rank).Reverse()];

    private static Tensor[] Expand(Tensor?[] inputs, Workspace workspace)
    {
        int[] shape = Broadcasting.Shape(inputs[0]!.Shape, Axes.Ints(inputs[1]));
        workspace.Require(shape);
        return [Broadcasting.Expand(inputs[0]!, shape, workspace)];
    }

    private static Tensor[] Tile(Tensor?[] inputs, Workspace workspace)
    {
        int[] times = Axes.Ints(inputs[1]);
        IReadOnlyList<int> shape = inputs[0]!.Shape;
        workspace.Require([.. shape.Select((size, d) => checked(size * times[d]))]);
        int[][] places = Axes.Whole(shape);
        return [Picking.Pick(
            inputs[0]!,
            [.. places.Select((axis, d) => Enumerable.Repeat(axis, times[d]).SelectMany(p => p).ToArray())],
            workspace)];
    }
}
