using System.Numerics;
using SerLab.Core.Kernels;
using SerLab.Onnx;

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
    internal override int InitialState => 3;

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterSpec> Parameters(GridShape input) =>
    [
        .. Kernels(input),
        new ParameterSpec("bias", [4 * Units], Initialisers.OnesInSecond(4)),
        .. InitialStates("initial state", "initial cell"),
    ];

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
        OnnxValue series = graph.StepsFirst(inputs[0]);
        OnnxValue states = graph.Onnx.Apply(
            "LSTM",
            [series, kernel, recurrent, graph.Onnx.Constant(bias, 1, bias.Length), .. InitialStates(graph, series, weights)],
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

        protected override void BeginForward(Piece piece)
        {
            base.BeginForward(piece);
            Start(piece, cells, layer.InitialState + 1);
        }

        protected override void BeginBackward(Piece piece)
        {
            base.BeginBackward(piece);
            piece.Of(cellGradients, Units).Clear();
        }

        protected override void EndBackward(Piece piece)
        {
            base.EndBackward(piece);
            AddStart(piece, cellGradients, layer.InitialState + 1);
        }

        protected override void Step<TAccess>(int example, int t, int first, int end)
        {
            Span<T> inputs = Gate(Sums, example, t, 0);
            Span<T> forgets = Gate(Sums, example, t, 1);
            Span<T> candidates = Gate(Sums, example, t, 2);
            Span<T> outputs = Gate(Sums, example, t, 3);
            ReadOnlySpan<T> before = Slot(cells, example, Before(t));
            Span<T> after = Slot(cells, example, After(t));
            Span<T> tanhs = Slot(cellTanhs, example, After(t));
            Span<T> state = State(example, After(t));
            for (int j = first; j < end; j += Vector<T>.Count)
            {
                Vector<T> i = Lanes.Sigmoid(TAccess.Load<T>(inputs, j));
                Vector<T> f = Lanes.Sigmoid(TAccess.Load<T>(forgets, j));
                Vector<T> g = Lanes.Tanh(TAccess.Load<T>(candidates, j));
                Vector<T> o = Lanes.Sigmoid(TAccess.Load<T>(outputs, j));
                Vector<T> c = (f * TAccess.Load(before, j)) + (i * g);
                Vector<T> tanh = Lanes.Tanh(c);
                TAccess.Store(i, inputs, j);
                TAccess.Store(f, forgets, j);
                TAccess.Store(g, candidates, j);
                TAccess.Store(o, outputs, j);
                TAccess.Store(c, after, j);
                TAccess.Store(tanh, tanhs, j);
                TAccess.Store(o * tanh, state, j);
            }
        }

        protected override void StepBack<TAccess>(int example, int t, int first, int end)
        {
            Span<T> inputs = Gate(Sums, example, t, 0);
            Span<T> forgets = Gate(Sums, example, t, 1);
            Span<T> candidates = Gate(Sums, example, t, 2);
            Span<T> outputs = Gate(Sums, example, t, 3);
            ReadOnlySpan<T> before = Slot(cells, example, Before(t));
            ReadOnlySpan<T> tanhs = Slot(cellTanhs, example, After(t));
            Span<T> stateGradient = StateGradients.AsSpan(example * Units, Units);
            Span<T> cellGradient = cellGradients.AsSpan(example * Units, Units);
            for (int j = first; j < end; j += Vector<T>.Count)
            {
                Vector<T> i = TAccess.Load<T>(inputs, j);
                Vector<T> f = TAccess.Load<T>(forgets, j);
                Vector<T> g = TAccess.Load<T>(candidates, j);
                Vector<T> o = TAccess.Load<T>(outputs, j);
                Vector<T> tanh = TAccess.Load(tanhs, j);
                Vector<T> dh = TAccess.Load<T>(stateGradient, j);
                Vector<T> dc = TAccess.Load<T>(cellGradient, j) + (dh * o * (Vector<T>.One - (tanh * tanh)));
                TAccess.Store(dc * g * i * (Vector<T>.One - i), inputs, j);
                TAccess.Store(dc * TAccess.Load(before, j) * f * (Vector<T>.One - f), forgets, j);
                TAccess.Store(dc * i * (Vector<T>.One - (g * g)), candidates, j);
                TAccess.Store(dh * tanh * o * (Vector<T>.One - o), outputs, j);
                TAccess.Store(dc * f, cellGradient, j);
                TAccess.Store(Vector<T>.Zero, stateGradient, j);
            }
        }
    }
}
