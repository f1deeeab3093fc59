using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Core.Kernels;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// What recurrent layers share: one product for the inputs of all steps, then step by step a product of the states, and the same
/// backward. States have a slot more than there are steps: the state before the first step, which is zero or learnt.
/// </summary>
internal abstract class RecurrentPass<T> : LayerPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Recurrent layer;
    private readonly T[] zeros;
    private readonly WindowGather<T> inputProduct;
    private readonly WindowScatter<T>? inputGradient;
    private readonly T[] transposed;
    private readonly Offsets units;
    private readonly Offsets gateColumns;
    private readonly Offsets sumRows;
    private readonly Offsets stepRows;
    private readonly Offsets kernelRows;

    /// <summary>Prepares a layer.</summary>
    protected RecurrentPass(LayerSite<T> site, Recurrent layer)
    {
        Site = site;
        this.layer = layer;
        Units = layer.Units;
        WholeUnits = Units - (Units % Vector<T>.Count);
        AllGates = new GateRange(0, layer.Gates);
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
        StateRows = Offsets.Regular(examples, StateSize);
        sumRows = Offsets.Regular(examples, SumSize);
        stepRows = Offsets.Regular(examples, Units);
        kernelRows = Offsets.Regular(Units, Width);
        AllStates = new Offsets(
            from n in Enumerable.Range(0, examples)
            from t in Enumerable.Range(0, Steps)
            select (n * StateSize) + (Before(t) * Units));
    }

    protected LayerSite<T> Site { get; }

    protected int Units { get; }

    /// <summary>Units that fill whole vectors.</summary>
    protected int WholeUnits { get; }

    /// <summary>The gates of the cell.</summary>
    protected GateRange AllGates { get; }

    protected int Steps { get; }

    /// <summary>Sums of one step: gates × units.</summary>
    protected int Width { get; }

    protected int StateSize { get; }

    /// <summary>Where the states of a piece's examples start.</summary>
    protected Offsets StateRows { get; }

    /// <summary>Where the state before each step of a piece's examples stands.</summary>
    protected Offsets AllStates { get; }

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
        BeginForward(piece);
        inputProduct.Forward(piece, Site.Input.Values, Site.Parameters.Factor(0), Site.Parameters[2], Sums);
        for (int s = 0; s < Steps; s++)
        {
            int t = layer.IsReversed ? Steps - 1 - s : s;
            StepForward(piece, t);
            for (int n = piece.First; (layer.GivesSequence || s == Steps - 1) && n < piece.First + piece.Count; n++)
            {
                State(n, After(t)).CopyTo(OutputOf(Site.Output.Values, n, t));
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(Piece piece)
    {
        BeginBackward(piece);
        for (int s = Steps - 1; s >= 0; s--)
        {
            int t = layer.IsReversed ? Steps - 1 - s : s;
            for (int n = piece.First; (layer.GivesSequence || s == Steps - 1) && n < piece.First + piece.Count; n++)
            {
                Span<T> gradient = StateGradients.AsSpan(n * Units, Units);
                TensorPrimitives.Add<T>(gradient, OutputOf(Site.Output.Gradients, n, t), gradient);
            }

            StepBackward(piece, t);
        }

        AddStateKernelGradient(piece);
        inputProduct.WeightGradient(piece, Site.Input.Values, Sums, Site.Parameters.Gradient(piece, 0));
        Columns.AddSums<T>(piece.Of(Sums, SumSize), Site.Parameters.Gradient(piece, 2));
        inputGradient?.Forward(piece, Sums, zeros, Site.Input.Gradients);
        EndBackward(piece);
    }

    /// <summary>Makes of the states before a step those after it.</summary>
    protected virtual void StepForward(Piece piece, int t)
    {
        AddProduct(piece, piece.Of(States, StateSize)[(Before(t) * Units)..], StateRows, AllGates, StateBias, StateSums, t);
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            Step<WholeLanes>(n, t, 0, WholeUnits);
            Step<LastLanes>(n, t, WholeUnits, Units);
        }
    }

    /// <summary>Makes of the gradients by the states after a step those by its sums and by the states before.</summary>
    protected virtual void StepBackward(Piece piece, int t)
    {
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            StepBack<WholeLanes>(n, t, 0, WholeUnits);
            StepBack<LastLanes>(n, t, WholeUnits, Units);
        }

        // The cell leaves there what reaches the state before past the sums; the product adds what comes through them.
        AddReturn(piece, StateSumGradients, t, AllGates, StateGradients);
    }

    /// <summary>Adds to the gradient by the recurrent kernel.</summary>
    protected virtual void AddStateKernelGradient(Piece piece) =>
        AddKernelGradient(piece, piece.Of(States, StateSize), AllStates, AllGates, StateSumGradients);

    /// <summary>Adds the product of states and recurrent kernel to the sums of a step.</summary>
    /// <param name="piece">The examples.</param>
    /// <param name="states">The states, from that of the first example on.</param>
    /// <param name="rows">Where those of the others stand.</param>
    /// <param name="gates">The gates whose sums are meant.</param>
    /// <param name="start">What the sums start from; empty: from what they hold.</param>
    /// <param name="sums">The sums of all steps.</param>
    /// <param name="t">The step.</param>
    protected void AddProduct(
        Piece piece, ReadOnlySpan<T> states, Offsets rows, GateRange gates, ReadOnlySpan<T> start, T[] sums, int t) =>
        OffsetProduct.Multiply(
            new LeftOffsets<T>(states, rows, piece.Count, units, Units),
            new RightRows<T>(Site.Parameters.Factor(1)[gates.Start(Units)..], gates.Width(Units), Width),
            start,
            piece.Of(sums, SumSize)[((t * Width) + gates.Start(Units))..],
            sumRows);

    /// <summary>Adds what gradients by the sums of a step give back through the recurrent kernel: units per example.</summary>
    protected void AddReturn(Piece piece, T[] sumGradients, int t, GateRange gates, T[] gradients) =>
        OffsetProduct.Multiply(
            new LeftOffsets<T>(
                piece.Of(sumGradients, SumSize)[((t * Width) + gates.Start(Units))..],
                sumRows,
                piece.Count,
                gateColumns,
                gates.Width(Units)),
            new RightRows<T>(transposed.AsSpan(gates.Start(Units) * Units), Units, Units),
            [],
            piece.Of(gradients, Units),
            stepRows);

    /// <summary>Adds to some gates' gradient by the recurrent kernel.</summary>
    /// <param name="piece">The examples.</param>
    /// <param name="states">What the kernel was multiplied with.</param>
    /// <param name="places">Where it stands, example by example and step by step.</param>
    /// <param name="gates">The gates.</param>
    /// <param name="sumGradients">Gradients by the sums.</param>
    protected void AddKernelGradient(
        Piece piece, ReadOnlySpan<T> states, Offsets places, GateRange gates, T[] sumGradients) =>
        OffsetProduct.Multiply(
            new LeftOffsets<T>(states, units, Units, places, piece.Count * Steps),
            new RightRows<T>(piece.From(sumGradients, SumSize)[gates.Start(Units)..], gates.Width(Units), Width),
            [],
            Site.Parameters.Gradient(piece, 1)[gates.Start(Units)..],
            kernelRows);

    /// <summary>Makes of the sums of one example and step its gates and state, for some of the units.</summary>
    protected abstract void Step<TAccess>(int example, int t, int first, int end)
        where TAccess : ILaneAccess;

    /// <summary>
    /// Makes of the gradient by the state of one example and step the gradients by its sums, and leaves in its place what reaches
    /// the state before without passing a sum.
    /// </summary>
    protected abstract void StepBack<TAccess>(int example, int t, int first, int end)
        where TAccess : ILaneAccess;

    /// <summary>Lays the initial states before the first step.</summary>
    protected virtual void BeginForward(Piece piece) => Start(piece, States, layer.InitialState);

    /// <summary>Adds to the gradients by the initial states.</summary>
    protected virtual void EndBackward(Piece piece) => AddStart(piece, StateGradients, layer.InitialState);

    /// <summary>Lays a learnt initial state into the slot before the first step of every example.</summary>
    protected void Start(Piece piece, T[] states, int parameter)
    {
        for (int n = piece.First; layer.LearnsInitialState && n < piece.First + piece.Count; n++)
        {
            Site.Parameters[parameter].CopyTo(Slot(states, n, layer.IsReversed ? Steps : 0));
        }
    }

    /// <summary>Adds what has come back to before the first step to the gradient by a learnt initial state.</summary>
    protected void AddStart(Piece piece, T[] gradients, int parameter)
    {
        if (layer.LearnsInitialState)
        {
            Columns.AddSums<T>(piece.Of(gradients, Units), Site.Parameters.Gradient(piece, parameter));
        }
    }

    /// <summary>Clears what a backward pass hands from step to step.</summary>
    protected virtual void BeginBackward(Piece piece) => piece.Of(StateGradients, Units).Clear();

    /// <summary>The slot of the state before a step.</summary>
    protected int Before(int t) => layer.IsReversed ? t + 1 : t;

    /// <summary>The slot of the state after a step.</summary>
    protected int After(int t) => layer.IsReversed ? t : t + 1;

    /// <summary>A slot of the states of an example.</summary>
    protected Span<T> State(int example, int slot) => Slot(States, example, slot);

    /// <summary>A slot of an array like the states.</summary>
    protected Span<T> Slot(T[] array, int example, int slot) => array.AsSpan((example * StateSize) + (slot * Units), Units);

    /// <summary>One gate of an example and step, in an array like the sums.</summary>
    protected Span<T> Gate(T[] array, int example, int t, int gate) =>
        array.AsSpan((example * SumSize) + (t * Width) + (gate * Units), Units);

    private Span<T> OutputOf(T[] buffer, int example, int t) =>
        buffer.AsSpan((example * Site.Output.Size) + (layer.GivesSequence ? t * Units : 0), Units);
}

/// <summary>Neighbouring gates of a recurrent cell.</summary>
/// <param name="First">The first.</param>
/// <param name="Count">How many.</param>
internal readonly record struct GateRange(int First, int Count)
{
    /// <summary>Where they start in a row of sums.</summary>
    public int Start(int units) => First * units;

    /// <summary>Their sums.</summary>
    public int Width(int units) => Count * units;
}
