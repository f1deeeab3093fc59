using SerLab.Core;

namespace SerLab.Training.Neural.Layers;

/// <summary>Sees the same values in another shape, without touching them.</summary>
public abstract record Reshape : Layer
{
    private protected Reshape()
    {
    }

    /// <inheritdoc/>
    internal sealed override PlanSlot Unfold(NetworkPlan plan, PlanSlot input) => plan.See(this, input);

    /// <inheritdoc/>
    internal sealed override LayerPass<T> Build<T>(LayerSite<T> site) =>
        throw new InvalidOperationException("Another shape of the same values is nothing to compute.");

    /// <inheritdoc/>
    internal sealed override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) =>
        graph.Reshape(inputs[0], output);
}

/// <summary>Makes a vector of a grid: row by row, column by column, channel by channel, as Keras does.</summary>
public sealed record Flatten : Reshape
{
    /// <inheritdoc/>
    public override GridShape Output(GridShape input) => GridShape.Vector(input.Size);

    private protected override string Describe() => "Flatten";
}

/// <summary>Makes a grid of one channel of a series: a row per step, a column per channel.</summary>
public sealed record AsImage : Reshape
{
    /// <inheritdoc/>
    public override GridShape Output(GridShape input) => input.Rows == 1
        ? new GridShape(input.Columns, input.Channels, 1)
        : throw new InvalidInputException("only a series can be seen as an image, and this is one already.");

    private protected override string Describe() => "As image";
}

/// <summary>Makes a series of a grid: a step per row, with the channels of all its columns side by side.</summary>
public sealed record AsSeries : Reshape
{
    /// <inheritdoc/>
    public override GridShape Output(GridShape input) =>
        GridShape.Series(input.Rows, checked(input.Columns * input.Channels));

    private protected override string Describe() => "As series";
}

/// <summary>Gives a grid another shape of the same size.</summary>
/// <param name="Shape">The shape.</param>
public sealed record AsShape(GridShape Shape) : Reshape
{
    /// <inheritdoc/>
    public override GridShape Output(GridShape input) => Shape.Size == input.Size
        ? Shape
        : throw new InvalidInputException($"{input.Size} values do not fill {Shape}.");

    private protected override string Describe() => $"As {Shape}";
}
