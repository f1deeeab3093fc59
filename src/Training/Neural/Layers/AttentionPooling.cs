using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Onnx;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Weighted mean over all positions (additive attention): e = v · tanh(W x + b), weights a = softmax of e over positions, output
/// Σ a x; with the deviation, √max(Σ a x² − (Σ a x)², 10⁻⁴) is appended (Okabe et al. 2018).
/// </summary>
/// <param name="Units">Length of v, at least 1.</param>
public sealed record AttentionPooling(int Units) : Layer
{
    internal const int Kernel = 0;
    internal const int Bias = 1;
    internal const int Query = 2;
    internal const double SmallestVariance = 1e-4;

    /// <summary>Whether to append the weighted deviation; default false.</summary>
    public bool HasDeviation { get; init; }

    /// <inheritdoc/>
    public override GridShape Output(GridShape input)
    {
        Require.Positive(Units, 1);
        return GridShape.Vector(checked(input.Channels * (HasDeviation ? 2 : 1)));
    }

    /// <inheritdoc/>
    public override long Operations(GridShape input) =>
        2L * input.Positions * ((long)input.Channels * Units + Units + input.Channels);

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterSpec> Parameters(GridShape input) =>
    [
        new("kernel", [input.Channels, Units], Initialisers.Glorot(input.Channels, Units)),
        new("bias", [Units], Initialisers.Zeros),
        new("query", [Units], Initialisers.Glorot(Units, 1)),
    ];

    /// <inheritdoc/>
    internal override bool ReadsOutput => HasDeviation;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(site, this);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        (int positions, int channels) = (inputs[0].Shape.Positions, inputs[0].Shape.Channels);
        OnnxValue x = graph.Onnx.Reshape(graph.ChannelsLast(inputs[0]), 0, positions, channels);
        OnnxValue hidden = graph.Onnx.Apply("Tanh", [graph.Onnx.Add(
            graph.Onnx.MatrixProduct(x, graph.Onnx.Constant(weights[Kernel], channels, Units)),
            graph.PerChannel(weights[Bias]))]);
        OnnxValue scores = graph.Onnx.MatrixProduct(hidden, graph.Onnx.Constant(weights[Query], Units, 1));
        OnnxValue row = graph.Onnx.Reshape(scores, 0, positions);
        OnnxValue softmax = graph.Onnx.Apply("Softmax", [row], OnnxAttribute.Of("axis", -1L));
        OnnxValue shares = graph.Onnx.Reshape(softmax, 0, positions, 1);
        OnnxValue mean = graph.Onnx.Sum(graph.Onnx.Multiply(x, shares), 1);
        OnnxValue pooled = mean;
        if (HasDeviation)
        {
            OnnxValue squares = graph.Onnx.Sum(graph.Onnx.Multiply(graph.Onnx.Multiply(x, x), shares), 1);
            OnnxValue variance = graph.Onnx.Subtract(squares, graph.Onnx.Multiply(mean, mean));
            OnnxValue held = graph.Onnx.Apply("Max", [variance, graph.Onnx.Scalar((float)SmallestVariance)]);
            pooled = graph.Onnx.Concat(2, mean, graph.Onnx.Apply("Sqrt", [held]));
        }

        return new GridValue(graph.Onnx.Reshape(pooled, 0, 1, 1, output.Channels), output);
    }

    private protected override string Describe() => $"Attention {Units}{(HasDeviation ? ", mean and deviation" : "")}";

    private sealed class Pass<T> : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly LayerSite<T> site;
        private readonly int units;
        private readonly bool hasDeviation;
        private readonly int positions;
        private readonly int channels;
        private readonly T[] hidden;
        private readonly T[] weights;
        private readonly T[] scoreGradients;
        private readonly T[] zeros;
        private readonly WindowGather<T> gather;
        private readonly WindowScatter<T> scatter;

        public Pass(LayerSite<T> site, AttentionPooling layer)
        {
            this.site = site;
            units = layer.Units;
            hasDeviation = layer.HasDeviation;
            positions = site.InputShape.Positions;
            channels = site.InputShape.Channels;
            hidden = site.Reserve(positions * units);
            weights = site.Reserve(positions);
            scoreGradients = site.Reserve(positions);
            zeros = new T[channels];
            WindowGeometry geometry = WindowGeometry.OfCells(site.InputShape.Extent);
            gather = new WindowGather<T>(site.InputShape, geometry, units, 1, site);
            scatter = new WindowScatter<T>(site.InputShape, geometry, units, 1, site);
        }

        public override void Prepare() => scatter.Prepare(site.Parameters[Kernel]);

        public override void Forward(Piece piece)
        {
            gather.Forward(piece, site.Input.Values, site.Parameters.Factor(Kernel), site.Parameters[Bias], hidden);
            Span<T> tanhs = piece.Of(hidden, positions * units);
            TensorPrimitives.Tanh<T>(tanhs, tanhs);
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                Span<T> a = Of(weights, n, positions);
                for (int p = 0; p < positions; p++)
                {
                    ReadOnlySpan<T> own = Of(hidden, n, positions * units).Slice(p * units, units);
                    a[p] = TensorPrimitives.Dot<T>(own, site.Parameters[Query]);
                }

                TensorPrimitives.SoftMax<T>(a, a);
                Pool(Of(site.Input.Values, n, site.Input.Size), a, Of(site.Output.Values, n, site.Output.Size));
            }
        }

        public override void Backward(Piece piece)
        {
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                ReadOnlySpan<T> x = Of(site.Input.Values, n, site.Input.Size);
                ReadOnlySpan<T> y = Of(site.Output.Values, n, site.Output.Size);
                ReadOnlySpan<T> dy = Of(site.Output.Gradients, n, site.Output.Size);
                ReadOnlySpan<T> a = Of(weights, n, positions);
                Span<T> de = Of(scoreGradients, n, positions);
                de.Clear();
                for (int c = 0; c < channels; c++)
                {
                    (T linear, T square) = Slopes(y, dy, c);
                    for (int p = 0; p < positions; p++)
                    {
                        T value = x[(p * channels) + c];
                        de[p] += value * (linear + (square * value));
                    }
                }

                TensorPrimitives.Subtract(de, TensorPrimitives.Dot<T>(a, de), de);
                TensorPrimitives.Multiply(de, a, de);
                for (int p = 0; p < positions; p++)
                {
                    Span<T> own = Of(hidden, n, positions * units).Slice(p * units, units);
                    ThroughTanh(own, de[p], site.Parameters.Gradient(piece, Query));
                }
            }

            // What was tanh is now the gradient by its argument.
            gather.WeightGradient(piece, site.Input.Values, hidden, site.Parameters.Gradient(piece, Kernel));
            Columns.AddSums<T>(piece.Of(hidden, positions * units), site.Parameters.Gradient(piece, Bias));
            if (site.Input.HasGradients)
            {
                scatter.Forward(piece, hidden, zeros, site.Input.Gradients);
                AddDirect(piece);
            }
        }

        private static Span<T> Of(T[] buffer, int example, int size) => buffer.AsSpan(example * size, size);

        private void Pool(ReadOnlySpan<T> x, ReadOnlySpan<T> a, Span<T> y)
        {
            y.Clear();
            Span<T> mean = y[..channels];
            Span<T> deviation = y[channels..];
            for (int p = 0; p < positions; p++)
            {
                TensorPrimitives.MultiplyAdd(x.Slice(p * channels, channels), a[p], mean, mean);
            }

            for (int p = 0; p < positions && hasDeviation; p++)
            {
                for (int c = 0; c < channels; c++)
                {
                    T value = x[(p * channels) + c];
                    deviation[c] += a[p] * value * value;
                }
            }

            for (int c = 0; c < deviation.Length; c++)
            {
                deviation[c] = T.Sqrt(T.Max(deviation[c] - (mean[c] * mean[c]), T.CreateTruncating(SmallestVariance)));
            }
        }

        // The output's gradient reaches a x by dm, and a x² by the square; the mean takes part in the variance.
        private (T Linear, T Square) Slopes(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, int channel)
        {
            if (!hasDeviation)
            {
                return (dy[channel], T.Zero);
            }

            T deviation = y[channels + channel];
            bool isHeld = deviation * deviation <= T.CreateTruncating(SmallestVariance * 1.000001);
            T square = isHeld ? T.Zero : dy[channels + channel] / (deviation + deviation);
            return (dy[channel] - ((square + square) * y[channel]), square);
        }

        private void ThroughTanh(Span<T> tanhs, T gradient, Span<T> query)
        {
            ReadOnlySpan<T> v = site.Parameters[Query];
            for (int u = 0; u < units; u++)
            {
                query[u] += gradient * tanhs[u];
                tanhs[u] = gradient * v[u] * (T.One - (tanhs[u] * tanhs[u]));
            }
        }

        private void AddDirect(Piece piece)
        {
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                ReadOnlySpan<T> x = Of(site.Input.Values, n, site.Input.Size);
                Span<T> dx = Of(site.Input.Gradients, n, site.Input.Size);
                for (int c = 0; c < channels; c++)
                {
                    (T linear, T square) = Slopes(
                        Of(site.Output.Values, n, site.Output.Size), Of(site.Output.Gradients, n, site.Output.Size), c);
                    for (int p = 0; p < positions; p++)
                    {
                        int at = (p * channels) + c;
                        dx[at] += weights[(n * positions) + p] * (linear + ((square + square) * x[at]));
                    }
                }
            }
        }
    }
}
