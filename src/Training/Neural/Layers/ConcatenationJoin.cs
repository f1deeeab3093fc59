using System.Numerics;
using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

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
