using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>Repeats every cell of a grid: nearest-neighbour enlargement.</summary>
/// <param name="Factor">How often along rows and columns.</param>
public sealed record UpSampling(Extent Factor) : Layer
{
    /// <inheritdoc/>
    public override GridShape Output(GridShape input)
    {
        Require.Positive(1, 1, Factor);
        return new GridShape(checked(input.Rows * Factor.Rows), checked(input.Columns * Factor.Columns), input.Channels);
    }

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(site, Factor);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        (int rows, int columns, int channels) = inputs[0].Shape;
        OnnxValue apart = graph.Onnx.Reshape(graph.ChannelsLast(inputs[0]), 0, rows, 1, columns, 1, channels);
        OnnxValue repeated =
            graph.Onnx.Apply("Expand", [apart, graph.Onnx.Integers([1, 1, Factor.Rows, 1, Factor.Columns, 1], 6)]);
        return new GridValue(graph.Onnx.Reshape(repeated, 0, output.Rows, output.Columns, channels), output);
    }

    private protected override string Describe() => $"Up {Factor}";

    private sealed class Pass<T>(LayerSite<T> site, Extent factor) : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int channels = site.InputShape.Channels;

        public override void Forward(Piece piece)
        {
            ReadOnlySpan<T> x = piece.Of(site.Input.Values, site.Input.Size);
            Span<T> y = piece.Of(site.Output.Values, site.Output.Size);
            for (int at = 0; at < y.Length; at += channels)
            {
                x.Slice(Source(at), channels).CopyTo(y[at..]);
            }
        }

        public override void Backward(Piece piece)
        {
            if (!site.Input.HasGradients)
            {
                return;
            }

            ReadOnlySpan<T> dy = piece.Of(site.Output.Gradients, site.Output.Size);
            Span<T> dx = piece.Of(site.Input.Gradients, site.Input.Size);
            dx.Clear();
            for (int at = 0; at < dy.Length; at += channels)
            {
                Span<T> target = dx.Slice(Source(at), channels);
                TensorPrimitives.Add(target, dy.Slice(at, channels), target);
            }
        }

        // All examples of a piece below each other are one tall grid.
        private int Source(int at)
        {
            int position = at / channels;
            int row = position / site.OutputShape.Columns / factor.Rows;
            int column = position % site.OutputShape.Columns / factor.Columns;
            return ((row * site.InputShape.Columns) + column) * channels;
        }
    }
}
