using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Core.Kernels;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// What recurrent layers share: one product for the inputs of all steps, then step by step a product of the states, and the same
/// backward. States have a slot more than there are steps: the state before the first step, which is zero.
/// </summary>
internal abstract class RecurrentPass<T> : LayerPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool isReversed;
    private readonly int wholeUnits;
    private readonly bool givesSequence;
    private readonly T[] zeros;
    private readonly WindowGather<T> inputProduct;
    private readonly WindowScatter<T>? inputGradient;
    private readonly T[] transposed;
    private readonly Offsets units;
    private readonly Offsets gateColumns;
    private readonly Offsets stateRows;
    private readonly Offsets sumRows;
    private readonly Offsets stepRows;
    private readonly Offsets allStates;
    private readonly Offsets kernelRows;

    /// <summary>Prepares a layer.</summary>
    protected RecurrentPass(LayerSite<T> site, Recurrent layer)
    {
        Site = site;
        isReversed = layer.IsReversed;
        givesSequence = layer.GivesSequence;
        Units = layer.Units;
        wholeUnits = Units - (Units % Vector<T>.Count);
        Steps = site.InputShape.Columns;
        Width = layer.Gates * Units;
        StateSize = (Steps + 1) * Units;
        SumSize = Steps * Width;
        States = site.Reserve(StateSize);
        Sums = site.Reserve(SumSize);
        StateGradients = site.Reserve(Units);
        zeros = new T[Math.Max(Width, site.InputShape.Channels)];
        WindowGeometry geometry = WindowGeometry.OfCells(site.InputShape.Extent);
        inputProduct = new WindowGather<T>(site.InputShape, geometry, Width, 1, site);
        inputGradient = site.Input.HasGradients ? new WindowScatter<T>(site.InputShape, geometry, Width, 1, site) : null;
        transposed = new T[(Width * Units) + OffsetProduct.Slack<T>()];
        units = Offsets.Regular(Units, 1);
        gateColumns = Offsets.Regular(Width, 1);
        int examples = site.PieceCapacity;
        stateRows = Offsets.Regular(examples, StateSize);
        sumRows = Offsets.Regular(examples, SumSize);
        stepRows = Offsets.Regular(examples, Units);
        kernelRows = Offsets.Regular(Units, Width);
        allStates = new Offsets(
            from n in Enumerable.Range(0, examples)
            from t in Enumerable.Range(0, Steps)
            select (n * StateSize) + (Before(t) * Units));
    }

    protected LayerSite<T> Site { get; }

    protected int Units { get; }

    protected int Steps { get; }

    /// <summary>Sums of one step: gates × units.</summary>
    protected int Width { get; }

    protected int StateSize { get; }

    protected int SumSize { get; }

    /// <summary>States of every example: (steps + 1) × units.</summary>
    protected T[] States { get; }

    /// <summary>
    /// Of every example and step the sums of the inputs, gate by gate; the forward pass leaves the gates there, the backward pass
    /// the gradients by the sums.
    /// </summary>
    protected T[] Sums { get; }

    /// <summary>Gradients by the state, of every example, on their way back.</summary>
    protected T[] StateGradients { get; }

    /// <summary>What the product with the states adds to: the sums themselves, or an array like them of its own.</summary>
    protected abstract T[] StateSums { get; }

    /// <summary>Gradients by <see cref="StateSums"/>.</summary>
    protected abstract T[] StateSumGradients { get; }

    /// <summary>What <see cref="StateSums"/> start from; empty to add to the sums of the inputs.</summary>
    protected abstract ReadOnlySpan<T> StateBias { get; }

    /// <inheritdoc/>
    public override void Prepare()
    {
        inputGradient?.Prepare(Site.Parameters[0]);
        Columns.Transpose<T>(Site.Parameters[1], Units, Width, Width, transposed, Units);
    }

    /// <inheritdoc/>
    public sealed override void Forward(Piece piece)
    {
        inputProduct.Forward(piece, Site.Input.Values, Site.Parameters.Factor(0), Site.Parameters[2], Sums);
        for (int s = 0; s < Steps; s++)
        {
            int t = isReversed ? Steps - 1 - s : s;
            OffsetProduct.Multiply(
                new LeftOffsets<T>(
                    piece.Of(States, StateSize)[(Before(t) * Units)..], stateRows, piece.Count, units, Units),
                new RightRows<T>(Site.Parameters.Factor(1), Width, Width),
                StateBias,
                piece.Of(StateSums, SumSize)[(t * Width)..],
                sumRows);
            bool isLast = s == Steps - 1;
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                Step<WholeLanes>(n, t, 0, wholeUnits);
                Step<LastLanes>(n, t, wholeUnits, Units);
                if (givesSequence || isLast)
                {
                    State(n, After(t)).CopyTo(OutputOf(Site.Output.Values, n, t));
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(Piece piece)
    {
        BeginBackward(piece);
        for (int s = Steps - 1; s >= 0; s--)
        {
            int t = isReversed ? Steps - 1 - s : s;
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                if (givesSequence || s == Steps - 1)
                {
                    Span<T> gradient = StateGradients.AsSpan(n * Units, Units);
                    TensorPrimitives.Add<T>(gradient, OutputOf(Site.Output.Gradients, n, t), gradient);
                }

                StepBack<WholeLanes>(n, t, 0, wholeUnits);
                StepBack<LastLanes>(n, t, wholeUnits, Units);
            }

            // The cell leaves there what reaches the state before past the sums; the product adds what comes through them.
            OffsetProduct.Multiply(
                new LeftOffsets<T>(
                    piece.Of(StateSumGradients, SumSize)[(t * Width)..], sumRows, piece.Count, gateColumns, Width),
                new RightRows<T>(transposed, Units, Units),
                [],
                piece.Of(StateGradients, Units),
                stepRows);
        }

        OffsetProduct.Multiply(
            new LeftOffsets<T>(piece.Of(States, StateSize), units, Units, allStates, piece.Count * Steps),
            new RightRows<T>(piece.From(StateSumGradients, SumSize), Width, Width),
            [],
            Site.Parameters.Gradient(piece, 1),
            kernelRows);
        inputProduct.WeightGradient(piece, Site.Input.Values, Sums, Site.Parameters.Gradient(piece, 0));
        Columns.AddSums<T>(piece.Of(Sums, SumSize), Site.Parameters.Gradient(piece, 2));
        inputGradient?.Forward(piece, Sums, zeros, Site.Input.Gradients);
    }

    /// <summary>Makes of the sums of one example and step its gates and state, for some of the units.</summary>
    protected abstract void Step<TAccess>(int example, int t, int first, int end)
        where TAccess : ILaneAccess;

    /// <summary>
    /// Makes of the gradient by the state of one example and step the gradients by its sums, and leaves in its place what reaches
    /// the state before without passing a sum.
    /// </summary>
    protected abstract void StepBack<TAccess>(int example, int t, int first, int end)
        where TAccess : ILaneAccess;

    /// <summary>Clears what a backward pass hands from step to step.</summary>
    protected virtual void BeginBackward(Piece piece) => piece.Of(StateGradients, Units).Clear();

    /// <summary>The slot of the state before a step.</summary>
    protected int Before(int t) => isReversed ? t + 1 : t;

    /// <summary>The slot of the state after a step.</summary>
    protected int After(int t) => isReversed ? t : t + 1;

    /// <summary>A slot of the states of an example.</summary>
    protected Span<T> State(int example, int slot) => Slot(States, example, slot);

    /// <summary>A slot of an array like the states.</summary>
    protected Span<T> Slot(T[] array, int example, int slot) => array.AsSpan((example * StateSize) + (slot * Units), Units);

    /// <summary>One gate of an example and step, in an array like the sums.</summary>
    protected Span<T> Gate(T[] array, int example, int t, int gate) =>
        array.AsSpan((example * SumSize) + (t * Width) + (gate * Units), Units);

    private Span<T> OutputOf(T[] buffer, int example, int t) =>
        buffer.AsSpan((example * Site.Output.Size) + (givesSequence ? t * Units : 0), Units);
}
