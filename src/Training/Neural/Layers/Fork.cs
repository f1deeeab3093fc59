using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Training.Neural.Layers;

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
