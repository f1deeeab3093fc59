using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

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
