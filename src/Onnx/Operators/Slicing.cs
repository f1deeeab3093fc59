namespace SerLab.Onnx.Operators;

/// <summary>Parts of a tensor along its axes.</summary>
internal static class Slicing
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("Slice", 1, "A->A", SliceByAttributes) { Until = 9 },
        new("Slice", 10, "A,I,I,I?,I?->A", _ => Slice),
        new("Split", 2, "A->A*", Split) { Until = 12 },
        new("Split", 13, "A,I?->A*", Split),
        new("Gather", 1, "A,I->A", Gather),
    ];

    private static Operator SliceByAttributes(OperatorNode node)
    {
        int[] starts = node.Ints("starts");
        int[] ends = node.Ints("ends");
        int[] axes = node.Ints("axes") is { Length: > 0 } given ? given : [.. Enumerable.Range(0, starts.Length)];
        return (inputs, workspace) => [Slice(inputs[0]!, starts, ends, axes, [.. starts.Select(_ => 1)], workspace)];
    }

    private static Tensor[] Slice(Tensor?[] inputs, Workspace workspace)
    {
        int[] starts = Axes.Ints(inputs[1]);
        int[] axes = inputs.ElementAtOrDefault(3) is { } a ? Axes.Ints(a) : [.. Enumerable.Range(0, starts.Length)];
        int[] steps = inputs.ElementAtOrDefault(4) is { } s ? Axes.Ints(s) : [.. starts.Select(_ => 1)];
        return [Slice(inputs[0]!, starts, Axes.Ints(inputs[2]), axes, steps, workspace)];
    }

    private static Tensor Slice(Tensor tensor, int[] starts, int[] ends, int[] axes, int[] steps, Workspace workspace)
    {
        int[][] places = Axes.Whole(tensor.Shape);
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = Axes.At(axes[i], tensor.Rank);
            places[axis] = Slice(places[axis], starts[i], ends[i], steps[i]);
        }

        return Picking.Pick(tensor, places, workspace);
    }

    // Backwards the end itself may lie before the first element.
    private static int[] Slice(int[] places, int start, int end, int step)
    {
        int size = places.Length;
        int Bound(int index, int lowest, int highest) => Math.Clamp(index < 0 ? index + size : index, lowest, highest);
        if (step == 0)
        {
            throw new ArgumentException("A slice does not stand still.");
        }

        (int from, int to) = step > 0
            ? (Bound(start, 0, size), Bound(end, 0, size))
            : (Bound(start, -1, size - 1), Bound(end, -1, size - 1));
        long taken = Math.Max(0, (((long)to - from + step - Math.Sign(step)) / step));
        return [.. Enumerable.Range(0, (int)taken).Select(i => places[from + (i * step)])];
    }

    private static Operator Split(OperatorNode node)
    {
        int given = node.Int("axis", 0);
        int[] listed = node.OperatorSet < 13 ? node.Ints("split") : [];
        int outputs = node.OperatorSet >= 18 ? node.Int("num_outputs", node.OutputCount) : node.OutputCount;
        return (inputs, workspace) =>
        {
            Tensor tensor = inputs[0]!;
            int axis = Axes.At(given, tensor.Rank);
            int size = tensor.Shape[axis];
            int even = (size + outputs - 1) / Math.Max(1, outputs);
            int[] sizes = inputs.ElementAtOrDefault(1) is { } split ? Axes.Ints(split)
                : listed.Length > 0 ? listed
                : [.. Enumerable.Range(0, outputs).Select(i => Math.Clamp(size - (i * even), 0, even))];
            if (sizes.Sum() != size)
            {
                throw new ArgumentException($"{string.Join(" + ", sizes)} elements are not {size}.");
            }

            int start = 0;
            return [.. sizes.Select(taken => Picking.Pick(
                tensor, Axes.Chosen(tensor.Shape, axis, Enumerable.Range((start += taken) - taken, taken)), workspace))];
        };
    }

    private static Operator Gather(OperatorNode node)
    {
        int given = node.Int("axis", 0);
        return (inputs, workspace) =>
        {
            Tensor tensor = inputs[0]!;
            int axis = Axes.At(given, tensor.Rank);
            int size = tensor.Shape[axis];
            IEnumerable<int> positions = Axes.Ints(inputs[1]).Select(i => i < -size || i >= size
                ? throw new ArgumentException($"There is no element {i}.")
                : i < 0 ? i + size : i);
            Tensor picked = Picking.Pick(tensor, Axes.Chosen(tensor.Shape, axis, positions), workspace);
            return [picked.Reshape([.. tensor.Shape.Take(axis), .. inputs[1]!.Shape, .. tensor.Shape.Skip(axis + 1)])];
        };
    }
}
