using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton 2016) over the channels of each position: less their mean, over their deviation,
/// times gamma, plus beta.
/// </summary>
public sealed record LayerNormalisation : Layer
{
    internal const int Gamma = 0;
    internal const int Beta = 1;

    /// <summary>Added to the variance, above 0; default 0.001, Keras's (PyTorch's is 1e-5).</summary>
    public double Epsilon { get; init; } = 1e-3;

    /// <inheritdoc/>
    public override GridShape Output(GridShape input) => input;

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterSpec> Parameters(GridShape input) =>
    [
        new("gamma", [input.Channels], Initialisers.Ones),
        new("beta", [input.Channels], Initialisers.Zeros),
    ];

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(Epsilon, site);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        OnnxValue x = graph.ChannelsLast(inputs[0]);
        OnnxValue Mean(OnnxValue value) => graph.Onnx.Apply("ReduceMean", [value], OnnxAttribute.Of("axes", [3L]));
        OnnxValue centred = graph.Onnx.Subtract(x, Mean(x));
        OnnxValue variance = Mean(graph.Onnx.Multiply(centred, centred));
        OnnxValue deviation = graph.Onnx.Apply("Sqrt", [graph.Onnx.Add(variance, graph.Onnx.Scalar((float)Epsilon))]);
        OnnxValue scaled = graph.Onnx.Multiply(graph.Onnx.Divide(centred, deviation), graph.PerChannel(weights[Gamma]));
        return new GridValue(graph.Onnx.Add(scaled, graph.PerChannel(weights[Beta])), output);
    }

    private protected override string Describe() => "Layer norm";

    private sealed class Pass<T>(double epsilon, LayerSite<T> site) : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int channels = site.InputShape.Channels;

        // Normalised inputs, and one over the deviation of each position.
        private readonly T[] normalised = site.Reserve(site.Input.Size);
        private readonly T[] inverses = site.Reserve(site.InputShape.Positions);

        public override void Forward(Piece piece)
        {
            ReadOnlySpan<T> x = piece.Of(site.Input.Values, site.Input.Size);
            Span<T> y = piece.Of(site.Output.Values, site.Output.Size);
            Span<T> hats = piece.Of(normalised, site.Input.Size);
            Span<T> own = piece.Of(inverses, site.InputShape.Positions);
            T count = T.CreateChecked(channels);
            for (int p = 0; p < own.Length; p++)
            {
                Span<T> hat = hats.Slice(p * channels, channels);
                ReadOnlySpan<T> row = x.Slice(p * channels, channels);
                TensorPrimitives.Subtract(row, TensorPrimitives.Sum(row) / count, hat);
                own[p] = T.One / T.Sqrt((TensorPrimitives.SumOfSquares<T>(hat) / count) + T.CreateChecked(epsilon));
                TensorPrimitives.Multiply(hat, own[p], hat);
                TensorPrimitives.MultiplyAdd(hat, site.Parameters[Gamma], site.Parameters[Beta], y.Slice(p * channels, channels));
            }
        }

        public override void Backward(Piece piece)
        {
            ReadOnlySpan<T> dy = piece.Of(site.Output.Gradients, site.Output.Size);
            ReadOnlySpan<T> hats = piece.Of(normalised, site.Input.Size);
            ReadOnlySpan<T> own = piece.Of(inverses, site.InputShape.Positions);
            Span<T> gamma = site.Parameters.Gradient(piece, Gamma);
            Span<T> beta = site.Parameters.Gradient(piece, Beta);
            for (int p = 0; p < own.Length; p++)
            {
                ReadOnlySpan<T> hat = hats.Slice(p * channels, channels);
                ReadOnlySpan<T> given = dy.Slice(p * channels, channels);
                TensorPrimitives.MultiplyAdd(given, hat, gamma, gamma);
                TensorPrimitives.Add(beta, given, beta);
                if (site.Input.HasGradients)
                {
                    Span<T> dx = piece.Of(site.Input.Gradients, site.Input.Size).Slice(p * channels, channels);
                    InputGradient(hat, given, own[p], dx);
                }
            }
        }

        // dx = (g − mean(g) − x̂ mean(g x̂)) / deviation, with g = gamma dy.
        private void InputGradient(ReadOnlySpan<T> hat, ReadOnlySpan<T> dy, T inverse, Span<T> dx)
        {
            T count = T.CreateChecked(channels);
            TensorPrimitives.Multiply(dy, site.Parameters[Gamma], dx);
            T mean = TensorPrimitives.Sum<T>(dx) / count;
            T product = TensorPrimitives.Dot(dx, hat) / count;
            TensorPrimitives.Subtract(dx, mean, dx);
            TensorPrimitives.MultiplyAdd(hat, -product, dx, dx);
            TensorPrimitives.Multiply(dx, inverse, dx);
        }
    }
}
