using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// eˣ over the sum of eˣ of the channels of a position, or its logarithm. Not to be the last layer of a network that is
/// trained by cross-entropy: that takes the values before it.
/// </summary>
/// <param name="IsLogarithm">Whether to give the logarithm; default false.</param>
public sealed record Softmax(bool IsLogarithm = false) : Layer
{
    /// <inheritdoc/>
    public override GridShape Output(GridShape input) => input;

    /// <inheritdoc/>
    internal override bool ReadsOutput => true;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(site, IsLogarithm);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        OnnxValue x = graph.ChannelsLast(inputs[0]);
        OnnxValue softmax = graph.Onnx.Apply("Softmax", [x], OnnxAttribute.Of("axis", -1L));
        return new GridValue(IsLogarithm ? graph.Onnx.Apply("Log", [softmax]) : softmax, output);
    }

    private protected override string Describe() => IsLogarithm ? "log-softmax" : "softmax";

    private sealed class Pass<T>(LayerSite<T> site, bool isLogarithm) : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int channels = site.InputShape.Channels;

        public override void Forward(Piece piece)
        {
            ReadOnlySpan<T> x = piece.Of(site.Input.Values, site.Input.Size);
            Span<T> y = piece.Of(site.Output.Values, site.Output.Size);
            for (int at = 0; at < x.Length; at += channels)
            {
                Span<T> row = y.Slice(at, channels);
                TensorPrimitives.Subtract(x.Slice(at, channels), TensorPrimitives.Max(x.Slice(at, channels)), row);
                T sum = T.Zero;
                foreach (T value in row)
                {
                    sum += T.Exp(value);
                }

                TensorPrimitives.Subtract(row, T.Log(sum), row);
                if (!isLogarithm)
                {
                    TensorPrimitives.Exp<T>(row, row);
                }
            }
        }

        public override void Backward(Piece piece)
        {
            if (!site.Input.HasGradients)
            {
                return;
            }

            ReadOnlySpan<T> y = piece.Of(site.Output.Values, site.Output.Size);
            ReadOnlySpan<T> dy = piece.Of(site.Output.Gradients, site.Output.Size);
            Span<T> dx = piece.Of(site.Input.Gradients, site.Input.Size);
            for (int at = 0; at < y.Length; at += channels)
            {
                ReadOnlySpan<T> row = y.Slice(at, channels);
                ReadOnlySpan<T> given = dy.Slice(at, channels);
                T total = isLogarithm ? TensorPrimitives.Sum(given) : TensorPrimitives.Dot(row, given);
                for (int c = 0; c < channels; c++)
                {
                    dx[at + c] = isLogarithm ? given[c] - (T.Exp(row[c]) * total) : row[c] * (given[c] - total);
                }
            }
        }
    }
}
