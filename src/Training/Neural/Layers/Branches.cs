using SerLab.Core;

namespace SerLab.Training.Neural.Layers;

/// <summary>How branches become one again.</summary>
public enum Joining
{
    /// <summary>Their sum; with one branch empty, a residual connection (He et al. 2016).</summary>
    Sum,

    /// <summary>Their channels side by side, in the order of the branches.</summary>
    Concatenation,

    /// <summary>
    /// The first times every other; one of a single position scales all positions (squeeze and excitation, Hu et al. 2018).
    /// </summary>
    Product,
}

/// <summary>Lists of layers that all read the same input and whose outputs are joined.</summary>
/// <param name="Joining">How.</param>
/// <param name="Paths">The lists, at least two; an empty one passes the input on.</param>
public sealed record Branches(Joining Joining, params IReadOnlyList<IReadOnlyList<Layer>> Paths) : Layer
{
    /// <summary>The input plus what layers make of it.</summary>
    public static Branches Residual(params IReadOnlyList<Layer> layers) => new(Joining.Sum, [], layers);

    /// <summary>A recurrent layer in both directions, with their channels side by side.</summary>
    public static Branches Bidirectional(Recurrent layer) =>
        new(Joining.Concatenation, [layer with { IsReversed = false }], [layer with { IsReversed = true }]);

    /// <inheritdoc/>
    public override GridShape Output(GridShape input) => new NetworkPlan(input, [this]).Output.Shape;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) =>
        throw new InvalidOperationException("Branches are computed by the layers they consist of.");

    /// <inheritdoc/>
    internal override PlanSlot Unfold(NetworkPlan plan, PlanSlot input)
    {
        if (Paths.Count < 2)
        {
            throw new InvalidInputException($"{this} on {input.Shape}: branches are two or more.");
        }

        IReadOnlyList<PlanSlot> starts = plan.Add(new Fork(), [input], Paths.Count);
        PlanSlot[] ends = [.. Paths.Zip(starts, (path, start) =>
            path.Aggregate(start, (slot, layer) => layer.Unfold(plan, slot)))];
        Layer join = Joining switch
        {
            Joining.Sum => new SumJoin([.. ends.Select(end => end.Shape)]),
            Joining.Concatenation => new ConcatenationJoin([.. ends.Select(end => end.Shape)]),
            _ => new ProductJoin([.. ends.Select(end => end.Shape)]),
        };
        return plan.Add(join, ends, 1)[0];
    }

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) =>
        throw new InvalidOperationException("Branches are written by the layers they consist of.");

    private protected override string Describe() => $"{Joining} of {Paths.Count} branches";
}
