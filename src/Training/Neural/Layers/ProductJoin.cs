using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

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
