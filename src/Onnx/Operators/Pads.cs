namespace SerLab.Onnx.Operators;

/// <summary>Elements before and after along axes; negative counts take some away.</summary>
internal static class Pads
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("Pad", 2, "F->F", PadByAttributes) { Until = 10 },
        new("Pad", 11, "A,I,A?,I?->A", Pad),
    ];

    private static Operator PadByAttributes(OperatorNode node)
    {
        Func<int, int, int> source = Source(node);
        int[] counts = node.Ints("pads");
        Tensor value = Elements.Convert(
            new Tensor<float>([node.Float("value", 0)]), node.Inputs[0]!.Value, new Workspace(ComputeLimits.Standard));
        return (inputs, workspace) => [Pad(inputs[0]!, counts, null, source, value, workspace)];
    }

    private static Operator Pad(OperatorNode node)
    {
        Func<int, int, int> source = Source(node);
        return (inputs, workspace) => [Pad(
            inputs[0]!,
            Axes.Ints(inputs[1]),
            inputs.ElementAtOrDefault(3) is { } axes ? Axes.Ints(axes) : null,
            source,
            inputs.ElementAtOrDefault(2),
            workspace)];
    }

    // Which of the elements along an axis stands at a position outside of them; −1 for the constant.
    private static Func<int, int, int> Source(OperatorNode node) => node.Text("mode", "constant") switch
    {
        "constant" => (_, _) => -1,
        "edge" => (position, size) => Math.Clamp(position, 0, size - 1),
        "reflect" => (position, size) =>
        {
            int period = Math.Max(1, 2 * (size - 1));
            int within = ((position % period) + period) % period;
            return Math.Min(within, period - within);
        }
        ,
        "wrap" when node.OperatorSet >= 19 => (position, size) => ((position % size) + size) % size,
        string other => throw node.Unsupported("mode", other),
    };

    private static Tensor Pad(
        Tensor tensor, int[] counts, int[]? axes, Func<int, int, int> source, Tensor? value, Workspace workspace)
    {
        int[] padded = axes ?? [.. Enumerable.Range(0, tensor.Rank)];
        if (counts.Length != 2 * padded.Length)
        {
            throw new ArgumentException("Every axis is padded before and after.");
        }

        int[][] places = Axes.Whole(tensor.Shape);
        for (int i = 0; i < padded.Length; i++)
        {
            int axis = Axes.At(padded[i], tensor.Rank);
            int[] own = places[axis];
            (int before, int after) = (counts[i], counts[i + padded.Length]);
            int to = checked(own.Length + before + after);
            workspace.Require([to]);
            places[axis] = new int[to];
            for (int at = 0; at < places[axis].Length; at++)
            {
                int position = at - before;
                int from = position >= 0 && position < own.Length ? position : source(position, own.Length);
                places[axis][at] = from < 0 ? -1 : own[from];
            }
        }

        return Picking.Pick(tensor, places, workspace, value);
    }
}
