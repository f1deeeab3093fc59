using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>
/// The recurrent operators in one direction, with standard activations, from a state of zeros, in float32: X [steps, batch,
/// inputs] → [steps, 1, batch, units].
/// </summary>
internal static class RecurrentCells
{
    /// <summary>Makes the next state of sums, gate by gate; the cell is kept by the long short-term memory only.</summary>
    /// <param name="inputs">W x + the bias of the inputs.</param>
    /// <param name="states">R h + the bias of the states.</param>
    /// <param name="state">h, replaced.</param>
    /// <param name="cell">c, replaced.</param>
    public delegate void Cell(ReadOnlySpan<float> inputs, ReadOnlySpan<float> states, Span<float> state, Span<float> cell);

    /// <summary>Gates i, o, f, c.</summary>
    public static void LongShortTermMemory(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> states, Span<float> state, Span<float> cell)
    {
        int units = state.Length;
        for (int u = 0; u < units; u++)
        {
            float Sum(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int gate) => a[(gate * units) + u] + b[(gate * units) + u];
            cell[u] = (Sigmoid(Sum(inputs, states, 2)) * cell[u])
                + (Sigmoid(Sum(inputs, states, 0)) * MathF.Tanh(Sum(inputs, states, 3)));
            state[u] = Sigmoid(Sum(inputs, states, 1)) * MathF.Tanh(cell[u]);
        }
    }

    /// <summary>Gates z, r, h, the reset after the product.</summary>
    public static void GatedUnit(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> states, Span<float> state, Span<float> cell)
    {
        int units = state.Length;
        for (int u = 0; u < units; u++)
        {
            float z = Sigmoid(inputs[u] + states[u]);
            float r = Sigmoid(inputs[units + u] + states[units + u]);
            float n = MathF.Tanh(inputs[(2 * units) + u] + (r * states[(2 * units) + u]));
            state[u] = (z * state[u]) + ((1 - z) * n);
        }
    }

    /// <summary>The operators LSTM and GRU.</summary>
    public static Operator Run(OperatorNode node, Cell cell, int gates)
    {
        string direction = node.Text("direction", "forward");
        if (direction is not ("forward" or "reverse"))
        {
            throw node.Unsupported("direction", direction);
        }

        if (gates == 3 && node.Int("linear_before_reset", 0) == 0)
        {
            throw node.Unsupported("linear_before_reset", "0");
        }

        if (node.Has("activations") || node.Has("clip") || node.Int("layout", 0) != 0 || node.Int("input_forget", 0) != 0)
        {
            throw node.Unsupported("settings", "activations, clip, layout or input_forget");
        }

        return inputs => inputs.Skip(4).All(input => input is null)
            ? [Run((Tensor<float>)inputs[0]!, (Tensor<float>)inputs[1]!, (Tensor<float>)inputs[2]!, inputs.ElementAtOrDefault(3))]
            : throw node.Unsupported("inputs", "lengths or first states");

        Tensor<float> Run(Tensor<float> x, Tensor<float> w, Tensor<float> r, Tensor? b)
        {
            (int steps, int batch, int width) = (x.Shape[0], x.Shape[1], r.Shape[2]);
            float[] bias = b is Tensor<float> given ? given.Values.ToArray() : new float[2 * gates * width];
            float[] y = new float[Tensor.Count([steps, batch, width])];
            float[] fromInput = new float[gates * width];
            float[] fromState = new float[gates * width];
            for (int n = 0; n < batch; n++)
            {
                float[] state = new float[width];
                float[] memory = new float[width];
                for (int s = 0; s < steps; s++)
                {
                    int t = direction == "reverse" ? steps - 1 - s : s;
                    int channels = x.Shape[2];
                    Sums(w, x.Values.Slice(((t * batch) + n) * channels, channels), bias, fromInput);
                    Sums(r, state, bias.AsSpan(gates * width), fromState);
                    cell(fromInput, fromState, state, memory);
                    state.CopyTo(y, ((t * batch) + n) * width);
                }
            }

            return new Tensor<float>(y, steps, 1, batch, width);
        }
    }

    private static void Sums(Tensor<float> weights, ReadOnlySpan<float> values, ReadOnlySpan<float> bias, Span<float> sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = bias[i] + TensorPrimitives.Dot(weights.Values.Slice(i * values.Length, values.Length), values);
        }
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
