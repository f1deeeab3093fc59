using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Statistics pooling (Snyder et al. 2017, x-vectors): the mean of every channel over all positions, then its deviation,
/// √(variance + ε).
/// </summary>
public sealed record StatisticsPooling : Layer
{
    /// <summary>Added to the variance, above 0; default 0.00001.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <inheritdoc/>
    public override GridShape Output(GridShape input) => GridShape.Vector(checked(2 * input.Channels));

    /// <inheritdoc/>
    internal override bool ReadsOutput => true;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(site, Epsilon);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        OnnxValue x = graph.ChannelsLast(inputs[0]);
        OnnxValue Mean(OnnxValue value) => graph.Onnx.Apply("ReduceMean", [value], OnnxAttribute.Of("axes", [1L, 2]));
        OnnxValue mean = Mean(x);
        OnnxValue centred = graph.Onnx.Subtract(x, mean);
        OnnxValue variance = Mean(graph.Onnx.Multiply(centred, centred));
        OnnxValue deviation = graph.Onnx.Apply("Sqrt", [graph.Onnx.Add(variance, graph.Onnx.Scalar((float)Epsilon))]);
        return new GridValue(graph.Onnx.Concat(3, mean, deviation), output);
    }

    private protected override string Describe() => "Mean and deviation";

    private sealed class Pass<T>(LayerSite<T> site, double epsilon) : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int channels = site.InputShape.Channels;
        private readonly T count = T.CreateChecked(site.InputShape.Positions);
        private readonly T[] differences = site.Reserve(site.InputShape.Channels);

        public override void Forward(Piece piece)
        {
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                ReadOnlySpan<T> x = Of(site.Input.Values, n, site.Input.Size);
                Span<T> mean = Of(site.Output.Values, n, site.Output.Size)[..channels];
                Span<T> deviation = Of(site.Output.Values, n, site.Output.Size)[channels..];
                Span<T> difference = Of(differences, n, channels);
                mean.Clear();
                deviation.Clear();
                for (int at = 0; at < x.Length; at += channels)
                {
                    TensorPrimitives.Add(mean, x.Slice(at, channels), mean);
                }

                TensorPrimitives.Divide(mean, count, mean);
                for (int at = 0; at < x.Length; at += channels)
                {
                    TensorPrimitives.Subtract(x.Slice(at, channels), mean, difference);
                    TensorPrimitives.MultiplyAdd<T>(difference, difference, deviation, deviation);
                }

                TensorPrimitives.Divide(deviation, count, deviation);
                TensorPrimitives.Add(deviation, T.CreateChecked(epsilon), deviation);
                TensorPrimitives.Sqrt<T>(deviation, deviation);
            }
        }

        // dx = (dmean + ddeviation (x − mean) / deviation) / count.
        public override void Backward(Piece piece)
        {
            for (int n = piece.First; n < piece.First + piece.Count && site.Input.HasGradients; n++)
            {
                ReadOnlySpan<T> x = Of(site.Input.Values, n, site.Input.Size);
                ReadOnlySpan<T> y = Of(site.Output.Values, n, site.Output.Size);
                ReadOnlySpan<T> dy = Of(site.Output.Gradients, n, site.Output.Size);
                Span<T> gradients = Of(site.Input.Gradients, n, site.Input.Size);
                Span<T> slope = Of(differences, n, channels);
                TensorPrimitives.Divide(dy[channels..], y[channels..], slope);
                for (int at = 0; at < x.Length; at += channels)
                {
                    Span<T> dx = gradients.Slice(at, channels);
                    TensorPrimitives.Subtract(x.Slice(at, channels), y[..channels], dx);
                    TensorPrimitives.MultiplyAdd(dx, slope, dy[..channels], dx);
                    TensorPrimitives.Divide(dx, count, dx);
                }
            }
        }

        private static Span<T> Of(T[] buffer, int example, int size) => buffer.AsSpan(example * size, size);
    }
}
