using System.Numerics;
using SerLab.Core.Kernels;
using SerLab.Onnx;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Gated recurrent unit (Cho et al. 2014) in the form of Keras 2, PyTorch and cuDNN: z, r = σ(…),
/// n = tanh(W x + b + r (U h + b′)), h ← z h + (1 − z) n. Gates stand in Keras's order z, r, n, with a bias for inputs and
/// one for the state; in the first published form (<see cref="ResetsFirst"/>) with one bias.
/// </summary>
/// <param name="Units">Values of the state, at least 1.</param>
public sealed record Gru(int Units) : Recurrent(Units)
{
    /// <summary>
    /// Whether the state is reset before its product, n = tanh(W x + b + U (r h)), as first published and as Keras has it with
    /// <c>reset_after=False</c>; default false.
    /// </summary>
    public bool ResetsFirst { get; init; }

    /// <inheritdoc/>
    internal override int Gates => 3;

    /// <inheritdoc/>
    internal override int InitialState => ResetsFirst ? 3 : 4;

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterSpec> Parameters(GridShape input) =>
    [
        .. Kernels(input),
        new ParameterSpec("bias", [3 * Units], Initialisers.Zeros),
        .. ResetsFirst ? [] : new[] { new ParameterSpec("recurrent bias", [3 * Units], Initialisers.Zeros) },
        .. InitialStates("initial state"),
    ];

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) =>
        ResetsFirst ? new GruResetFirstPass<T>(site, this) : new Pass<T>(site, this);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        (int steps, int channels) = (inputs[0].Shape.Positions, inputs[0].Shape.Channels);
        OnnxValue kernel = graph.Onnx.Constant(weights.Gates(0, channels, Units, 0, 1, 2), 1, 3 * Units, channels);
        OnnxValue recurrent = graph.Onnx.Constant(weights.Gates(1, Units, Units, 0, 1, 2), 1, 3 * Units, Units);
        float[] stateBias = ResetsFirst ? new float[3 * Units] : weights.Gates(3, 1, Units, 0, 1, 2);
        float[] bias = [.. weights.Gates(2, 1, Units, 0, 1, 2), .. stateBias];
        OnnxValue series = graph.StepsFirst(inputs[0]);
        OnnxValue states = graph.Onnx.Apply(
            "GRU",
            [series, kernel, recurrent, graph.Onnx.Constant(bias, 1, bias.Length), .. InitialStates(graph, series, weights)],
            OnnxAttribute.Of("hidden_size", (long)Units),
            OnnxAttribute.Of("direction", IsReversed ? "reverse" : "forward"),
            OnnxAttribute.Of("linear_before_reset", ResetsFirst ? 0L : 1L));
        return States(graph, states, steps);
    }

    private protected override string Describe() => Describe("GRU") + (ResetsFirst ? ", reset first" : "");

    private sealed class Pass<T>(LayerSite<T> site, Gru layer) : RecurrentPass<T>(site, layer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T[] stateSums = site.Reserve(site.InputShape.Columns * 3 * layer.Units);

        protected override T[] StateSums => stateSums;

        protected override T[] StateSumGradients => stateSums;

        protected override ReadOnlySpan<T> StateBias => Site.Parameters[3];

        public override void Backward(Piece piece)
        {
            base.Backward(piece);
            Columns.AddSums<T>(piece.Of(stateSums, SumSize), Site.Parameters.Gradient(piece, 3));
        }

        protected override void Step<TAccess>(int example, int t, int first, int end)
        {
            Span<T> updates = Gate(Sums, example, t, 0);
            Span<T> resets = Gate(Sums, example, t, 1);
            Span<T> candidates = Gate(Sums, example, t, 2);
            ReadOnlySpan<T> stateUpdates = Gate(stateSums, example, t, 0);
            ReadOnlySpan<T> stateResets = Gate(stateSums, example, t, 1);
            ReadOnlySpan<T> stateCandidates = Gate(stateSums, example, t, 2);
            ReadOnlySpan<T> before = State(example, Before(t));
            Span<T> state = State(example, After(t));
            for (int j = first; j < end; j += Vector<T>.Count)
            {
                Vector<T> z = Lanes.Sigmoid(TAccess.Load<T>(updates, j) + TAccess.Load(stateUpdates, j));
                Vector<T> r = Lanes.Sigmoid(TAccess.Load<T>(resets, j) + TAccess.Load(stateResets, j));
                Vector<T> n = Lanes.Tanh(TAccess.Load<T>(candidates, j) + (r * TAccess.Load(stateCandidates, j)));
                TAccess.Store(z, updates, j);
                TAccess.Store(r, resets, j);
                TAccess.Store(n, candidates, j);
                TAccess.Store((z * TAccess.Load(before, j)) + ((Vector<T>.One - z) * n), state, j);
            }
        }

        protected override void StepBack<TAccess>(int example, int t, int first, int end)
        {
            Span<T> updates = Gate(Sums, example, t, 0);
            Span<T> resets = Gate(Sums, example, t, 1);
            Span<T> candidates = Gate(Sums, example, t, 2);
            Span<T> stateUpdates = Gate(stateSums, example, t, 0);
            Span<T> stateResets = Gate(stateSums, example, t, 1);
            Span<T> stateCandidates = Gate(stateSums, example, t, 2);
            ReadOnlySpan<T> before = State(example, Before(t));
            Span<T> gradient = StateGradients.AsSpan(example * Units, Units);
            for (int j = first; j < end; j += Vector<T>.Count)
            {
                Vector<T> z = TAccess.Load<T>(updates, j);
                Vector<T> r = TAccess.Load<T>(resets, j);
                Vector<T> n = TAccess.Load<T>(candidates, j);
                Vector<T> dh = TAccess.Load<T>(gradient, j);
                Vector<T> dn = dh * (Vector<T>.One - z) * (Vector<T>.One - (n * n));
                Vector<T> dz = dh * (TAccess.Load(before, j) - n) * z * (Vector<T>.One - z);
                Vector<T> dr = dn * TAccess.Load<T>(stateCandidates, j) * r * (Vector<T>.One - r);
                TAccess.Store(dz, updates, j);
                TAccess.Store(dr, resets, j);
                TAccess.Store(dn, candidates, j);
                TAccess.Store(dz, stateUpdates, j);
                TAccess.Store(dr, stateResets, j);
                TAccess.Store(dn * r, stateCandidates, j);
                TAccess.Store(dh * z, gradient, j);
            }
        }
    }
}
