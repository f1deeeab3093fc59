using System.Numerics;
using SerLab.Core.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Steps of a <see cref="Gru"/> that resets its state before the product: the sums of the candidates need the resets, which need
/// a product of their own.
/// </summary>
internal sealed class GruResetFirstPass<T> : RecurrentPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly GateRange UpdatesAndResets = new(0, 2);
    private static readonly GateRange Candidates = new(2, 1);

    // r h of every step, and what comes back to it in one step.
    private readonly T[] resetStates;
    private readonly T[] resetGradients;
    private readonly Offsets resetRows;
    private readonly Offsets allResets;

    /// <summary>Prepares a layer.</summary>
    public GruResetFirstPass(LayerSite<T> site, Gru layer)
        : base(site, layer)
    {
        resetStates = site.Reserve(Steps * Units);
        resetGradients = site.Reserve(Units);
        resetRows = Offsets.Regular(site.PieceCapacity, Steps * Units);
        allResets = Offsets.Regular(site.PieceCapacity * Steps, Units);
    }

    /// <inheritdoc/>
    protected override T[] StateSums => Sums;

    /// <inheritdoc/>
    protected override T[] StateSumGradients => Sums;

    /// <inheritdoc/>
    protected override ReadOnlySpan<T> StateBias => [];

    /// <inheritdoc/>
    protected override void StepForward(Piece piece, int t)
    {
        AddProduct(
            piece, piece.Of(States, StateSize)[(Before(t) * Units)..], StateRows, UpdatesAndResets, StateBias, Sums, t);
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            Reset<WholeLanes>(n, t, 0, WholeUnits);
            Reset<LastLanes>(n, t, WholeUnits, Units);
        }

        AddProduct(
            piece, piece.Of(resetStates, Steps * Units)[(t * Units)..], resetRows, Candidates, StateBias, Sums, t);
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            Step<WholeLanes>(n, t, 0, WholeUnits);
            Step<LastLanes>(n, t, WholeUnits, Units);
        }
    }

    /// <inheritdoc/>
    protected override void StepBackward(Piece piece, int t)
    {
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            StepBack<WholeLanes>(n, t, 0, WholeUnits);
            StepBack<LastLanes>(n, t, WholeUnits, Units);
        }

        piece.Of(resetGradients, Units).Clear();
        AddReturn(piece, Sums, t, Candidates, resetGradients);
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            ResetBack<WholeLanes>(n, t, 0, WholeUnits);
            ResetBack<LastLanes>(n, t, WholeUnits, Units);
        }

        AddReturn(piece, Sums, t, UpdatesAndResets, StateGradients);
    }

    /// <inheritdoc/>
    protected override void AddStateKernelGradient(Piece piece)
    {
        AddKernelGradient(piece, piece.Of(States, StateSize), AllStates, UpdatesAndResets, Sums);
        AddKernelGradient(piece, piece.Of(resetStates, Steps * Units), allResets, Candidates, Sums);
    }

    /// <inheritdoc/>
    protected override void Step<TAccess>(int example, int t, int first, int end)
    {
        ReadOnlySpan<T> updates = Gate(Sums, example, t, 0);
        Span<T> candidates = Gate(Sums, example, t, 2);
        ReadOnlySpan<T> before = State(example, Before(t));
        Span<T> state = State(example, After(t));
        for (int j = first; j < end; j += Vector<T>.Count)
        {
            Vector<T> z = TAccess.Load(updates, j);
            Vector<T> n = Lanes.Tanh(TAccess.Load<T>(candidates, j));
            TAccess.Store(n, candidates, j);
            TAccess.Store((z * TAccess.Load(before, j)) + ((Vector<T>.One - z) * n), state, j);
        }
    }

    /// <inheritdoc/>
    protected override void StepBack<TAccess>(int example, int t, int first, int end)
    {
        Span<T> updates = Gate(Sums, example, t, 0);
        Span<T> candidates = Gate(Sums, example, t, 2);
        ReadOnlySpan<T> before = State(example, Before(t));
        Span<T> gradient = StateGradients.AsSpan(example * Units, Units);
        for (int j = first; j < end; j += Vector<T>.Count)
        {
            Vector<T> z = TAccess.Load<T>(updates, j);
            Vector<T> n = TAccess.Load<T>(candidates, j);
            Vector<T> dh = TAccess.Load<T>(gradient, j);
            TAccess.Store(dh * (TAccess.Load(before, j) - n) * z * (Vector<T>.One - z), updates, j);
            TAccess.Store(dh * (Vector<T>.One - z) * (Vector<T>.One - (n * n)), candidates, j);
            TAccess.Store(dh * z, gradient, j);
        }
    }

    // Makes of two sums the gates z and r, and resets the state.
    private void Reset<TAccess>(int example, int t, int first, int end)
        where TAccess : ILaneAccess
    {
        Span<T> updates = Gate(Sums, example, t, 0);
        Span<T> resets = Gate(Sums, example, t, 1);
        ReadOnlySpan<T> before = State(example, Before(t));
        Span<T> reset = ResetState(example, t);
        for (int j = first; j < end; j += Vector<T>.Count)
        {
            Vector<T> r = Lanes.Sigmoid(TAccess.Load<T>(resets, j));
            TAccess.Store(Lanes.Sigmoid(TAccess.Load<T>(updates, j)), updates, j);
            TAccess.Store(r, resets, j);
            TAccess.Store(r * TAccess.Load(before, j), reset, j);
        }
    }

    // Hands what came back to r h on to the reset and to the state.
    private void ResetBack<TAccess>(int example, int t, int first, int end)
        where TAccess : ILaneAccess
    {
        Span<T> resets = Gate(Sums, example, t, 1);
        ReadOnlySpan<T> before = State(example, Before(t));
        ReadOnlySpan<T> back = resetGradients.AsSpan(example * Units, Units);
        Span<T> gradient = StateGradients.AsSpan(example * Units, Units);
        for (int j = first; j < end; j += Vector<T>.Count)
        {
            Vector<T> r = TAccess.Load<T>(resets, j);
            Vector<T> d = TAccess.Load(back, j);
            TAccess.Store(d * TAccess.Load(before, j) * r * (Vector<T>.One - r), resets, j);
            TAccess.Store(TAccess.Load<T>(gradient, j) + (d * r), gradient, j);
        }
    }

    private Span<T> ResetState(int example, int t) => resetStates.AsSpan(((example * Steps) + t) * Units, Units);
}
