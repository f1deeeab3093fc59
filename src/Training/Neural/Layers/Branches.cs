using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;

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

/// <summary>Gives one input to several branches.</summary>
internal sealed record Fork : Layer
{
    /// <inheritdoc/>
    public override GridShape Output(GridShape input) => input;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(site);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) => inputs[0];

    private protected override string Describe() => "Fork";

    private sealed class Pass<T>(LayerSite<T> site) : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override void Forward(Piece piece)
        {
            foreach (BatchBuffer<T> output in site.Outputs)
            {
                piece.Of(site.Input.Values, site.Input.Size).CopyTo(piece.Of(output.Values, output.Size));
            }
        }

        public override void Backward(Piece piece)
        {
            if (!site.Input.HasGradients)
            {
                return;
            }

            Span<T> sum = piece.Of(site.Input.Gradients, site.Input.Size);
            sum.Clear();
            foreach (BatchBuffer<T> output in site.Outputs)
            {
                TensorPrimitives.Add(sum, piece.Of(output.Gradients, output.Size), sum);
            }
        }
    }
}

/// <summary>The sum of equal shapes.</summary>
internal sealed record SumJoin(IReadOnlyList<GridShape> Parts) : Layer
{
    /// <inheritdoc/>
    public override GridShape Output(GridShape input) => Parts.All(part => part == input)
        ? input
        : throw new InvalidInputException($"the branches end in {string.Join(" and ", Parts)}; a sum needs equal shapes.");

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(site);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) => new(
        inputs.Skip(1).Aggregate(graph.ChannelsLast(inputs[0]), (sum, part) => graph.Onnx.Add(sum, graph.ChannelsLast(part))),
        output);

    private protected override string Describe() => "Sum";

    private sealed class Pass<T>(LayerSite<T> site) : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override void Forward(Piece piece)
        {
            Span<T> sum = piece.Of(site.Output.Values, site.Output.Size);
            sum.Clear();
            foreach (BatchBuffer<T> input in site.Inputs)
            {
                TensorPrimitives.Add(sum, piece.Of(input.Values, input.Size), sum);
            }
        }

        public override void Backward(Piece piece)
        {
            foreach (BatchBuffer<T> input in site.Inputs)
            {
                if (input.HasGradients)
                {
                    piece.Of(site.Output.Gradients, site.Output.Size).CopyTo(piece.Of(input.Gradients, input.Size));
                }
            }
        }
    }
}

/// <summary>Channels side by side.</summary>
internal sealed record ConcatenationJoin(IReadOnlyList<GridShape> Parts) : Layer
{
    /// <inheritdoc/>
    public override GridShape Output(GridShape input) => Parts.All(part => part.Extent == input.Extent)
        ? input with { Channels = Parts.Sum(part => part.Channels) }
        : throw new InvalidInputException(
            $"the branches end in {string.Join(" and ", Parts)}; side by side need equal rows and columns.");

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(site);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) =>
        new(graph.Onnx.Concat(3, [.. inputs.Select(graph.ChannelsLast)]), output);

    private protected override string Describe() => "Concatenation";

    private sealed class Pass<T>(LayerSite<T> site) : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override void Forward(Piece piece) => ForEachPart(piece, (part, whole, i, j, count) =>
            part.Values.AsSpan(i, count).CopyTo(whole.Values.AsSpan(j)));

        public override void Backward(Piece piece) => ForEachPart(piece, (part, whole, i, j, count) =>
        {
            if (part.HasGradients)
            {
                whole.Gradients.AsSpan(j, count).CopyTo(part.Gradients.AsSpan(i));
            }
        });

        private void ForEachPart(Piece piece, Action<BatchBuffer<T>, BatchBuffer<T>, int, int, int> move)
        {
            int positions = site.OutputShape.Positions;
            int first = 0;
            foreach (BatchBuffer<T> part in site.Inputs)
            {
                int channels = part.Size / positions;
                for (int p = piece.First * positions; p < (piece.First + piece.Count) * positions; p++)
                {
                    move(part, site.Output, p * channels, (p * site.OutputShape.Channels) + first, channels);
                }

                first += channels;
            }
        }
    }
}

/// <summary>The first times all others.</summary>
internal sealed record ProductJoin(IReadOnlyList<GridShape> Parts) : Layer
{
    /// <inheritdoc/>
    public override GridShape Output(GridShape input) =>
        Parts.Count == 2 && Parts[1].Channels == input.Channels && (Parts[1].Positions == 1 || Parts[1] == input)
            ? input
            : throw new InvalidInputException(
                $"the branches end in {string.Join(" and ", Parts)}; a product is of two with equal channels.");

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(site, Parts[1].Positions == 1);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) =>
        new(graph.Onnx.Multiply(graph.ChannelsLast(inputs[0]), graph.ChannelsLast(inputs[1])), output);

    private protected override string Describe() => "Product";

    private sealed class Pass<T>(LayerSite<T> site, bool isScale) : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int channels = site.InputShape.Channels;

        public override void Forward(Piece piece) => ForEachPosition(piece, (at, scale) => TensorPrimitives.Multiply(
            site.Inputs[0].Values.AsSpan(at, channels),
            site.Inputs[1].Values.AsSpan(scale, channels),
            site.Output.Values.AsSpan(at)));

        public override void Backward(Piece piece)
        {
            if (!site.Inputs[0].HasGradients)
            {
                return;
            }

            piece.Of(site.Inputs[1].Gradients, site.Inputs[1].Size).Clear();
            ForEachPosition(piece, (at, scale) =>
            {
                ReadOnlySpan<T> given = site.Output.Gradients.AsSpan(at, channels);
                TensorPrimitives.Multiply(
                    given, site.Inputs[1].Values.AsSpan(scale, channels), site.Inputs[0].Gradients.AsSpan(at));
                Span<T> sum = site.Inputs[1].Gradients.AsSpan(scale, channels);
                TensorPrimitives.MultiplyAdd(given, site.Inputs[0].Values.AsSpan(at, channels), sum, sum);
            });
        }

        private void ForEachPosition(Piece piece, Action<int, int> act)
        {
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                for (int p = 0; p < site.InputShape.Positions; p++)
                {
                    act((n * site.Output.Size) + (p * channels), (n * site.Inputs[1].Size) + (isScale ? 0 : p * channels));
                }
            }
        }
    }
}
