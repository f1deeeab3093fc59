using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Group normalisation (Wu and He 2018): of each example by itself, the channels of a group over all positions, less their mean,
/// over their deviation, times gamma, plus beta, which every channel has. Unlike batch normalisation it does the same in training
/// and after, and to a batch of one. As many groups as channels make it instance normalisation.
/// </summary>
/// <param name="Groups">Equal parts of the channels, at least 1.</param>
public sealed record GroupNormalisation(int Groups) : Layer
{
    internal const int Gamma = 0;
    internal const int Beta = 1;

    /// <summary>Added to the variance, above 0; default 0.00001, PyTorch's.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <inheritdoc/>
    public override GridShape Output(GridShape input)
    {
        Require.Positive(Groups, 1);
        return input.Channels % Groups == 0
            ? input
            : throw new InvalidInputException($"{input.Channels} channels do not divide into {Groups} groups.");
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterSpec> Parameters(GridShape input) =>
    [
        new("gamma", [input.Channels], Initialisers.Ones),
        new("beta", [input.Channels], Initialisers.Zeros),
    ];

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(site, this);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        OnnxValue x = graph.Onnx.Reshape(
            graph.ChannelsLast(inputs[0]), 0, output.Positions, Groups, output.Channels / Groups);
        OnnxValue Mean(OnnxValue value) => graph.Onnx.Apply("ReduceMean", [value], OnnxAttribute.Of("axes", [1L, 3]));
        OnnxValue centred = graph.Onnx.Subtract(x, Mean(x));
        OnnxValue variance = Mean(graph.Onnx.Multiply(centred, centred));
        OnnxValue deviation = graph.Onnx.Apply("Sqrt", [graph.Onnx.Add(variance, graph.Onnx.Scalar((float)Epsilon))]);
        OnnxValue normalised = graph.Onnx.Reshape(
            graph.Onnx.Divide(centred, deviation), 0, output.Rows, output.Columns, output.Channels);
        OnnxValue scaled = graph.Onnx.Multiply(normalised, graph.PerChannel(weights[Gamma]));
        return new GridValue(graph.Onnx.Add(scaled, graph.PerChannel(weights[Beta])), output);
    }

    private protected override string Describe() => $"Group norm, {Groups}";

    private sealed class Pass<T>(LayerSite<T> site, GroupNormalisation layer) : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int channels = site.InputShape.Channels;
        private readonly int positions = site.InputShape.Positions;
        private readonly int groupChannels = site.InputShape.Channels / layer.Groups;
        private readonly T[] normalised = site.Reserve(site.Input.Size);

        // Of each channel what its group has: first the mean, in the end one over the deviation.
        private readonly T[] inverses = site.Reserve(site.InputShape.Channels);
        private readonly T[] means = site.Reserve(site.InputShape.Channels);
        private readonly T[] products = site.Reserve(site.InputShape.Channels);

        public override void Forward(Piece piece)
        {
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                ReadOnlySpan<T> x = Of(site.Input.Values, n, site.Input.Size);
                Span<T> hats = Of(normalised, n, site.Input.Size);
                Span<T> y = Of(site.Output.Values, n, site.Output.Size);
                Span<T> own = Of(inverses, n, channels);
                own.Clear();
                for (int at = 0; at < x.Length; at += channels)
                {
                    TensorPrimitives.Add(own, x.Slice(at, channels), own);
                }

                AverageGroups(own);
                Span<T> variances = Of(products, n, channels);
                variances.Clear();
                for (int at = 0; at < x.Length; at += channels)
                {
                    Span<T> hat = hats.Slice(at, channels);
                    TensorPrimitives.Subtract(x.Slice(at, channels), own, hat);
                    TensorPrimitives.MultiplyAdd<T>(hat, hat, variances, variances);
                }

                AverageGroups(variances);
                TensorPrimitives.Add(variances, T.CreateChecked(layer.Epsilon), own);
                TensorPrimitives.ReciprocalSqrt<T>(own, own);
                for (int at = 0; at < x.Length; at += channels)
                {
                    Span<T> hat = hats.Slice(at, channels);
                    TensorPrimitives.Multiply(hat, own, hat);
                    TensorPrimitives.MultiplyAdd(hat, site.Parameters[Gamma], site.Parameters[Beta], y.Slice(at, channels));
                }
            }
        }

        public override void Backward(Piece piece)
        {
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                ReadOnlySpan<T> dy = Of(site.Output.Gradients, n, site.Output.Size);
                ReadOnlySpan<T> hats = Of(normalised, n, site.Input.Size);
                Span<T> sums = Of(means, n, channels);
                Span<T> along = Of(products, n, channels);
                sums.Clear();
                along.Clear();
                for (int at = 0; at < dy.Length; at += channels)
                {
                    TensorPrimitives.Add(sums, dy.Slice(at, channels), sums);
                    TensorPrimitives.MultiplyAdd(dy.Slice(at, channels), hats.Slice(at, channels), along, along);
                }

                Span<T> gamma = site.Parameters.Gradient(piece, Gamma);
                Span<T> beta = site.Parameters.Gradient(piece, Beta);
                TensorPrimitives.Add(gamma, along, gamma);
                TensorPrimitives.Add(beta, sums, beta);
                if (site.Input.HasGradients)
                {
                    InputGradient(dy, hats, sums, along, n);
                }
            }
        }

        // dx = (g − mean(g) − x̂ mean(g x̂)) / deviation, with g = gamma dy and means over the group.
        private void InputGradient(ReadOnlySpan<T> dy, ReadOnlySpan<T> hats, Span<T> sums, Span<T> along, int example)
        {
            ReadOnlySpan<T> gamma = site.Parameters[Gamma];
            ReadOnlySpan<T> own = Of(inverses, example, channels);
            Span<T> gradients = Of(site.Input.Gradients, example, site.Input.Size);
            TensorPrimitives.Multiply(sums, gamma, sums);
            TensorPrimitives.Multiply(along, gamma, along);
            AverageGroups(sums);
            AverageGroups(along);
            TensorPrimitives.Negate<T>(along, along);
            for (int at = 0; at < dy.Length; at += channels)
            {
                Span<T> dx = gradients.Slice(at, channels);
                TensorPrimitives.Multiply(dy.Slice(at, channels), gamma, dx);
                TensorPrimitives.Subtract(dx, sums, dx);
                TensorPrimitives.MultiplyAdd(hats.Slice(at, channels), along, dx, dx);
                TensorPrimitives.Multiply(dx, own, dx);
            }
        }

        // Sums of each channel over positions become the mean of the channel's group over all its values.
        private void AverageGroups(Span<T> sums)
        {
            T count = T.CreateChecked(groupChannels * positions);
            for (int first = 0; first < channels; first += groupChannels)
            {
                Span<T> group = sums.Slice(first, groupChannels);
                group.Fill(TensorPrimitives.Sum<T>(group) / count);
            }
        }

        private static Span<T> Of(T[] buffer, int example, int size) => buffer.AsSpan(example * size, size);
    }
}
