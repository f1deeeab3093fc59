using SerLab.Onnx;
using System.Numerics;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000): i, f, o = σ(…), g = tanh(…), c ← f c + i g,
/// h = o tanh(c). Gates stand in Keras's order i, f, g, o, with one bias.
/// </summary>
/// <param name="Units">Values of the state, at least 1.</param>
public sealed record Lstm(int Units) : Recurrent(Units)
{
    /// <inheritdoc/>
    internal override int Gates => 4;

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterSpec> Parameters(GridShape input) =>
        [.. Kernels(input), new ParameterSpec("bias", [4 * Units], Initialisers.OnesInSecond(4))];

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(site, this);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        (int steps, int channels) = (inputs[0].Shape.Positions, inputs[0].Shape.Channels);
        OnnxValue kernel = graph.Onnx.Constant(weights.Gates(0, channels, Units, 0, 3, 1, 2), 1, 4 * Units, channels);
        OnnxValue recurrent = graph.Onnx.Constant(weights.Gates(1, Units, Units, 0, 3, 1, 2), 1, 4 * Units, Units);
        float[] bias = [.. weights.Gates(2, 1, Units, 0, 3, 1, 2), .. new float[4 * Units]];
        OnnxValue states = graph.Onnx.Apply(
            "LSTM",
            [graph.StepsFirst(inputs[0]), kernel, recurrent, graph.Onnx.Constant(bias, 1, bias.Length)],
            OnnxAttribute.Of("hidden_size", (long)Units),
            OnnxAttribute.Of("direction", IsReversed ? "reverse" : "forward"));
        return States(graph, states, steps);
    }

    private protected override string Describe() => Describe("LSTM");

    private sealed class Pass<T>(LayerSite<T> site, Lstm layer) : RecurrentPass<T>(site, layer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T[] cells = site.Reserve((site.InputShape.Columns + 1) * layer.Units);
        private readonly T[] cellTanhs = site.Reserve((site.InputShape.Columns + 1) * layer.Units);
        private readonly T[] cellGradients = site.Reserve(layer.Units);

        protected override T[] StateSums => Sums;

        protected override T[] StateSumGradients => Sums;

        protected override ReadOnlySpan<T> StateBias => [];

        protected override void Step(int example, int t)
        {
            Span<T> inputs = Gate(Sums, example, t, 0);
            Span<T> forgets = Gate(Sums, example, t, 1);
            Span<T> candidates = Gate(Sums, example, t, 2);
            Span<T> outputs = Gate(Sums, example, t, 3);
            ReadOnlySpan<T> before = Slot(cells, example, Before(t));
            Span<T> after = Slot(cells, example, After(t));
            Span<T> tanhs = Slot(cellTanhs, example, After(t));
            Span<T> state = State(example, After(t));
            for (int j = 0; j < Units; j += Vector<T>.Count)
            {
                Vector<T> i = Lanes.Sigmoid(Lanes.Load<T>(inputs, j));
                Vector<T> f = Lanes.Sigmoid(Lanes.Load<T>(forgets, j));
                Vector<T> g = Lanes.Tanh(Lanes.Load<T>(candidates, j));
                Vector<T> o = Lanes.Sigmoid(Lanes.Load<T>(outputs, j));
                Vector<T> c = (f * Lanes.Load(before, j)) + (i * g);
                Vector<T> tanh = Lanes.Tanh(c);
                Lanes.Store(i, inputs, j);
                Lanes.Store(f, forgets, j);
                Lanes.Store(g, candidates, j);
                Lanes.Store(o, outputs, j);
                Lanes.Store(c, after, j);
                Lanes.Store(tanh, tanhs, j);
                Lanes.Store(o * tanh, state, j);
            }
        }

        protected override void StepBack(int example, int t, bool isLast)
        {
            Span<T> inputs = Gate(Sums, example, t, 0);
            Span<T> forgets = Gate(Sums, example, t, 1);
            Span<T> candidates = Gate(Sums, example, t, 2);
            Span<T> outputs = Gate(Sums, example, t, 3);
            ReadOnlySpan<T> before = Slot(cells, example, Before(t));
            ReadOnlySpan<T> tanhs = Slot(cellTanhs, example, After(t));
            Span<T> stateGradient = StateGradients.AsSpan(example * Units, Units);
            Span<T> cellGradient = cellGradients.AsSpan(example * Units, Units);
            if (isLast)
            {
                cellGradient.Clear();
            }

            for (int j = 0; j < Units; j += Vector<T>.Count)
            {
                Vector<T> i = Lanes.Load<T>(inputs, j);
                Vector<T> f = Lanes.Load<T>(forgets, j);
                Vector<T> g = Lanes.Load<T>(candidates, j);
                Vector<T> o = Lanes.Load<T>(outputs, j);
                Vector<T> tanh = Lanes.Load(tanhs, j);
                Vector<T> dh = Lanes.Load<T>(stateGradient, j);
                Vector<T> dc = Lanes.Load<T>(cellGradient, j) + (dh * o * (Vector<T>.One - (tanh * tanh)));
                Lanes.Store(dc * g * i * (Vector<T>.One - i), inputs, j);
                Lanes.Store(dc * Lanes.Load(before, j) * f * (Vector<T>.One - f), forgets, j);
                Lanes.Store(dc * i * (Vector<T>.One - (g * g)), candidates, j);
                Lanes.Store(dh * tanh * o * (Vector<T>.One - o), outputs, j);
                Lanes.Store(dc * f, cellGradient, j);
                Lanes.Store(Vector<T>.Zero, stateGradient, j);
            }
        }
    }
}
