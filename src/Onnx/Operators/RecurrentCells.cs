using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>The recurrent operators with standard activations, forwards, backwards or both.</summary>
internal static class RecurrentCells
{
    private static readonly string[] LstmActivations = ["Sigmoid", "Tanh", "Tanh"];
    private static readonly string[] GruActivations = ["Sigmoid", "Tanh"];

    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("LSTM", 7, "F,F,F,F?,int32?,F?,F?,F?->F,F,F", Lstm),
        new("GRU", 7, "F,F,F,F?,int32?,F?->F,F", Gru),
    ];

    private static Operator Lstm(OperatorNode node)
    {
        Settings settings = new(node, gates: 4, LstmActivations);
        if (node.Inputs.ElementAtOrDefault(7) is not null)
        {
            throw node.Refuse("has peepholes, which SerLab does not compute");
        }

        if (node.Flag("input_forget"))
        {
            throw node.Unsupported("input_forget", "1");
        }

        return (inputs, workspace) => inputs[0] switch
        {
            Tensor<float> => Run<float>(inputs, settings, LongShortTermMemory, workspace),
            Tensor<double> => Run<double>(inputs, settings, LongShortTermMemory, workspace),
            _ => throw Elements.NotComputed(inputs[0]),
        };
    }

    private static Operator Gru(OperatorNode node)
    {
        Settings settings = new(node, gates: 3, GruActivations);
        bool isResetLast = node.Flag("linear_before_reset");
        return (inputs, workspace) => inputs[0] switch
        {
            Tensor<float> => Run<float>(inputs, settings, isResetLast ? ResetLast : ResetFirst, workspace)[..2],
            Tensor<double> => Run<double>(inputs, settings, isResetLast ? ResetLast : ResetFirst, workspace)[..2],
            _ => throw Elements.NotComputed(inputs[0]),
        };
    }

    // Gates i, o, f, c.
    private static void LongShortTermMemory<T>(Step<T> step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        step.AddStates(0, 4, step.State);
        int units = step.State.Length;
        for (int u = 0; u < units; u++)
        {
            (T i, T o, T f, T c) = (step.Sums[u], step.Sums[units + u], step.Sums[(2 * units) + u], step.Sums[(3 * units) + u]);
            step.Memory[u] = (Sigmoid(f) * step.Memory[u]) + (Sigmoid(i) * T.Tanh(c));
            step.State[u] = Sigmoid(o) * T.Tanh(step.Memory[u]);
        }
    }

    // Gates z, r, h, the reset before the product with the state.
    private static void ResetFirst<T>(Step<T> step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        step.AddStates(0, 2, step.State);
        int units = step.State.Length;
        for (int u = 0; u < units; u++)
        {
            step.Memory[u] = Sigmoid(step.Sums[units + u]) * step.State[u];
        }

        step.AddStates(2, 3, step.Memory);
        Update(step);
    }

    // The same with the reset behind it.
    private static void ResetLast<T>(Step<T> step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int units = step.State.Length;
        Span<T> candidate = step.Sums.Slice(2 * units, units);
        candidate.CopyTo(step.Memory);
        candidate.Clear();
        step.AddStates(0, 3, step.State);
        for (int u = 0; u < units; u++)
        {
            candidate[u] = step.Memory[u] + (Sigmoid(step.Sums[units + u]) * candidate[u]);
        }

        Update(step);
    }

    private static void Update<T>(Step<T> step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int units = step.State.Length;
        for (int u = 0; u < units; u++)
        {
            T z = Sigmoid(step.Sums[u]);
            step.State[u] = (z * step.State[u]) + ((T.One - z) * T.Tanh(step.Sums[(2 * units) + u]));
        }
    }

    private static Tensor[] Run<T>(Tensor?[] inputs, Settings settings, Cell<T> cell, Workspace workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T> x = Ordered<T>(inputs[0]!, settings, workspace);
        (Tensor<T> w, Tensor<T> r) = ((Tensor<T>)inputs[1]!, (Tensor<T>)inputs[2]!);
        (int steps, int batch, int width, int units) = (x.Shape[0], x.Shape[1], x.Shape[2], r.Shape[2]);
        int directions = settings.Directions;
        int sums = settings.Gates * units;
        if (!w.Shape.SequenceEqual([directions, sums, width]) || !r.Shape.SequenceEqual([directions, sums, units]))
        {
            throw new ArgumentException("Weights, directions and gates of a recurrent operator do not fit.");
        }

        workspace.CountMultiplyAdds(steps, directions, batch, sums, checked(width + units));
        T[] bias = inputs.ElementAtOrDefault(3) is Tensor<T> b ? b.Values.ToArray() : new T[directions * 2 * sums];
        int[]? lengths = inputs.ElementAtOrDefault(4) is { } given ? Axes.Ints(given) : null;
        T[] y = workspace.Zeros<T>(Tensor.Count(steps, directions, batch, units));
        T[] states = First<T>(inputs.ElementAtOrDefault(5), settings, directions * batch * units, workspace);
        T[] memories = First<T>(inputs.ElementAtOrDefault(6), settings, directions * batch * units, workspace);
        T[] scratch = workspace.Rent<T>(sums);
        for (int row = 0; row < directions * batch; row++)
        {
            (int d, int n) = Math.DivRem(row, batch);
            int length = lengths is null ? steps : Math.Min(lengths[n], steps);
            bool isBackwards = settings.IsBackwards(d);
            Step<T> step = new()
            {
                Sums = scratch.AsSpan(0, sums),
                State = states.AsSpan(row * units, units),
                Memory = memories.AsSpan(row * units, units),
                Weights = r.Values.Slice(d * sums * units, sums * units),
                Bias = bias.AsSpan(((2 * d) + 1) * sums, sums),
            };
            for (int s = 0; s < length; s++)
            {
                int t = isBackwards ? length - 1 - s : s;
                bias.AsSpan(2 * d * sums, sums).CopyTo(step.Sums);
                AddProducts(
                    w.Values.Slice(d * sums * width, sums * width),
                    x.Values.Slice(((t * batch) + n) * width, width),
                    step.Sums);
                cell(step);
                step.State.CopyTo(y.AsSpan((((t * directions) + d) * batch + n) * units));
            }
        }

        return
        [
            settings.Answer(new Tensor<T>([steps, directions, batch, units], y), [2, 0, 1, 3], workspace),
            settings.Answer(new Tensor<T>([directions, batch, units], states), [1, 0, 2], workspace),
            settings.Answer(new Tensor<T>([directions, batch, units], memories), [1, 0, 2], workspace),
        ];
    }

    private static Tensor<T> Ordered<T>(Tensor tensor, Settings settings, Workspace workspace) =>
        (Tensor<T>)(settings.IsBatchFirst ? Picking.Permute(tensor, [1, 0, 2], workspace) : tensor);

    private static T[] First<T>(Tensor? given, Settings settings, int length, Workspace workspace)
    {
        T[] values = workspace.Zeros<T>(length);
        if (given is not null)
        {
            Ordered<T>(given, settings, workspace).Values.CopyTo(values.AsSpan(0, length));
        }

        return values;
    }

    private static void AddProducts<T>(ReadOnlySpan<T> weights, ReadOnlySpan<T> values, Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += TensorPrimitives.Dot(weights.Slice(i * values.Length, values.Length), values);
        }
    }

    private static T Sigmoid<T>(T x)
        where T : IFloatingPointIeee754<T> => T.One / (T.One + T.Exp(-x));

    private delegate void Cell<T>(Step<T> step)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>One step of one sequence.</summary>
    private ref struct Step<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>What the inputs add to each gate, with their bias; then what the state adds too.</summary>
        public Span<T> Sums;

        /// <summary>h, replaced.</summary>
        public Span<T> State;

        /// <summary>c, replaced; scratch where a cell has none.</summary>
        public Span<T> Memory;

        public ReadOnlySpan<T> Weights;

        public ReadOnlySpan<T> Bias;

        /// <summary>Adds R · state and its bias to the gates from one up to another.</summary>
        public readonly void AddStates(int from, int to, ReadOnlySpan<T> state)
        {
            int units = state.Length;
            Span<T> sums = Sums[(from * units)..(to * units)];
            TensorPrimitives.Add(sums, Bias[(from * units)..(to * units)], sums);
            AddProducts(Weights[(from * units * units)..(to * units * units)], state, sums);
        }
    }

    /// <summary>What the attributes say.</summary>
    private sealed class Settings
    {
        private readonly string direction;

        public Settings(OperatorNode node, int gates, string[] activations)
        {
            Gates = gates;
            direction = node.Choice("direction", "forward", "reverse", "bidirectional");
            IsBatchFirst = node.Flag("layout");
            node.Ignore("hidden_size");
            string[] given = node.Texts("activations");
            if (given.Where((name, i) => name != activations[i % activations.Length]).Any())
            {
                throw node.Unsupported("activations", string.Join(", ", given));
            }
        }

        public int Gates { get; }

        public bool IsBatchFirst { get; }

        public int Directions => direction == "bidirectional" ? 2 : 1;

        public bool IsBackwards(int number) => direction == "reverse" || number == 1;

        public Tensor Answer(Tensor tensor, int[] batchFirst, Workspace workspace) =>
            IsBatchFirst ? Picking.Permute(tensor, batchFirst, workspace) : tensor;
    }
}
