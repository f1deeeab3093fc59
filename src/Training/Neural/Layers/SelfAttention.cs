using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Self-attention of several heads (Vaswani et al. 2017): every position answers with a mean of values of all, weighted by the
/// softmax of query · key / √(channels of a head), and the heads side by side are mixed by a dense layer. It knows no order of
/// positions; recurrent layers or convolutions before it do. <c>residual(layernorm, selfattention 4)</c> is half of a
/// transformer's block.
/// </summary>
/// <param name="Heads">Equal parts of the channels that attend by themselves, at least 1.</param>
public sealed record SelfAttention(int Heads) : Layer
{
    internal const int Kernel = 0;
    internal const int Bias = 1;
    internal const int OutputKernel = 2;
    internal const int OutputBias = 3;

    /// <inheritdoc/>
    public override GridShape Output(GridShape input)
    {
        Require.Positive(Heads, 1);
        return input.Channels % Heads == 0
            ? input
            : throw new InvalidInputException($"{input.Channels} channels do not divide into {Heads} heads.");
    }

    /// <inheritdoc/>
    public override long Operations(GridShape input) =>
        2L * input.Positions * input.Channels * ((4L * input.Channels) + (2L * input.Positions));

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterSpec> Parameters(GridShape input) =>
    [
        new("kernel", [input.Channels, 3 * input.Channels], Initialisers.Glorot(input.Channels, input.Channels)),
        new("bias", [3 * input.Channels], Initialisers.Zeros),
        new("output kernel", [input.Channels, input.Channels], Initialisers.Glorot(input.Channels, input.Channels)),
        new("output bias", [input.Channels], Initialisers.Zeros),
    ];

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(site, this);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        (int positions, int channels) = (output.Positions, output.Channels);
        OnnxGraph onnx = graph.Onnx;
        OnnxValue Dense(OnnxValue value, int kernel, int bias, int width) => onnx.Add(
            onnx.MatrixProduct(value, onnx.Constant(weights[kernel], channels, width)), graph.PerChannel(weights[bias]));

        OnnxValue x = onnx.Reshape(graph.ChannelsLast(inputs[0]), 0, positions, channels);
        OnnxValue projected = onnx.Reshape(Dense(x, Kernel, Bias, 3 * channels), 0, positions, 3 * Heads, channels / Heads);
        OnnxValue OfHeads(int part) => onnx.Slice(projected, 2, part * Heads, (part + 1) * Heads);
        OnnxValue products = onnx.MatrixProduct(
            onnx.Transpose(OfHeads(0), 0, 2, 1, 3), onnx.Transpose(OfHeads(1), 0, 2, 3, 1));
        OnnxValue weighted = onnx.Apply(
            "Softmax",
            [onnx.Multiply(products, onnx.Scalar((float)(1 / Math.Sqrt(channels / Heads))))],
            OnnxAttribute.Of("axis", -1L));
        OnnxValue heard = onnx.Transpose(
            onnx.MatrixProduct(weighted, onnx.Transpose(OfHeads(2), 0, 2, 1, 3)), 0, 2, 1, 3);
        OnnxValue mixed = Dense(onnx.Reshape(heard, 0, positions, channels), OutputKernel, OutputBias, channels);
        return new GridValue(onnx.Reshape(mixed, 0, output.Rows, output.Columns, channels), output);
    }

    private protected override string Describe() => $"Self-attention, {Heads} heads";

    private sealed class Pass<T> : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly LayerSite<T> site;
        private readonly int heads;
        private readonly int positions;
        private readonly int channels;
        private readonly int size;
        private readonly T scale;

        // Of every position query, key and value side by side, and the gradients by them.
        private readonly T[] projected;
        private readonly T[] projectedGradients;
        private readonly T[] weights;
        private readonly T[] scoreGradients;
        private readonly T[] heard;
        private readonly T[] heardGradients;
        private readonly T[] zeros;
        private readonly WindowGather<T> projection;
        private readonly WindowScatter<T> projectionGradient;
        private readonly WindowGather<T> mixture;
        private readonly WindowScatter<T> mixtureGradient;

        public Pass(LayerSite<T> site, SelfAttention layer)
        {
            this.site = site;
            heads = layer.Heads;
            positions = site.InputShape.Positions;
            channels = site.InputShape.Channels;
            size = channels / heads;
            scale = T.One / T.Sqrt(T.CreateChecked(size));
            projected = site.Reserve(3 * site.Input.Size);
            projectedGradients = site.Reserve(3 * site.Input.Size);
            weights = site.Reserve(heads * positions * positions);
            scoreGradients = site.Reserve(positions);
            heard = site.Reserve(site.Input.Size);
            heardGradients = site.Reserve(site.Input.Size);
            zeros = new T[channels];
            WindowGeometry geometry = WindowGeometry.OfCells(site.InputShape.Extent);
            projection = new WindowGather<T>(site.InputShape, geometry, 3 * channels, 1, site);
            projectionGradient = new WindowScatter<T>(site.InputShape, geometry, 3 * channels, 1, site);
            mixture = new WindowGather<T>(site.InputShape, geometry, channels, 1, site);
            mixtureGradient = new WindowScatter<T>(site.InputShape, geometry, channels, 1, site);
        }

        public override void Prepare()
        {
            projectionGradient.Prepare(site.Parameters[Kernel]);
            mixtureGradient.Prepare(site.Parameters[OutputKernel]);
        }

        public override void Forward(Piece piece)
        {
            projection.Forward(piece, site.Input.Values, site.Parameters.Factor(Kernel), site.Parameters[Bias], projected);
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                Of(heard, n, site.Input.Size).Clear();
                for (int h = 0; h < heads; h++)
                {
                    for (int t = 0; t < positions; t++)
                    {
                        Attend(n, h, t);
                    }
                }
            }

            mixture.Forward(piece, heard, site.Parameters.Factor(OutputKernel), site.Parameters[OutputBias], site.Output.Values);
        }

        public override void Backward(Piece piece)
        {
            T[] given = site.Output.Gradients;
            mixture.WeightGradient(piece, heard, given, site.Parameters.Gradient(piece, OutputKernel));
            Columns.AddSums<T>(piece.Of(given, site.Output.Size), site.Parameters.Gradient(piece, OutputBias));
            mixtureGradient.Forward(piece, given, zeros, heardGradients);
            piece.Of(projectedGradients, 3 * site.Input.Size).Clear();
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                for (int h = 0; h < heads; h++)
                {
                    for (int t = 0; t < positions; t++)
                    {
                        AttendBack(n, h, t);
                    }
                }
            }

            projection.WeightGradient(
                piece, site.Input.Values, projectedGradients, site.Parameters.Gradient(piece, Kernel));
            Columns.AddSums<T>(piece.Of(projectedGradients, 3 * site.Input.Size), site.Parameters.Gradient(piece, Bias));
            if (site.Input.HasGradients)
            {
                projectionGradient.Forward(piece, projectedGradients, zeros, site.Input.Gradients);
            }
        }

        private void Attend(int example, int head, int position)
        {
            Span<T> a = WeightsOf(example, head, position);
            ReadOnlySpan<T> query = Part(projected, example, position, 0, head);
            for (int s = 0; s < positions; s++)
            {
                a[s] = scale * TensorPrimitives.Dot(query, Part(projected, example, s, 1, head));
            }

            TensorPrimitives.SoftMax<T>(a, a);
            Span<T> sum = Head(heard, example, position, head);
            for (int s = 0; s < positions; s++)
            {
                TensorPrimitives.MultiplyAdd(Part(projected, example, s, 2, head), a[s], sum, sum);
            }
        }

        private void AttendBack(int example, int head, int position)
        {
            ReadOnlySpan<T> a = WeightsOf(example, head, position);
            ReadOnlySpan<T> given = Head(heardGradients, example, position, head);
            Span<T> scores = Of(scoreGradients, example, positions);
            for (int s = 0; s < positions; s++)
            {
                scores[s] = TensorPrimitives.Dot(given, Part(projected, example, s, 2, head));
                Span<T> value = Part(projectedGradients, example, s, 2, head);
                TensorPrimitives.MultiplyAdd(given, a[s], value, value);
            }

            TensorPrimitives.Subtract(scores, TensorPrimitives.Dot<T>(a, scores), scores);
            TensorPrimitives.Multiply(scores, a, scores);
            TensorPrimitives.Multiply(scores, scale, scores);
            ReadOnlySpan<T> query = Part(projected, example, position, 0, head);
            Span<T> queryGradient = Part(projectedGradients, example, position, 0, head);
            for (int s = 0; s < positions; s++)
            {
                Span<T> key = Part(projectedGradients, example, s, 1, head);
                TensorPrimitives.MultiplyAdd(query, scores[s], key, key);
                TensorPrimitives.MultiplyAdd(Part(projected, example, s, 1, head), scores[s], queryGradient, queryGradient);
            }
        }

        private static Span<T> Of(T[] buffer, int example, int length) => buffer.AsSpan(example * length, length);

        private Span<T> WeightsOf(int example, int head, int position) =>
            weights.AsSpan((((example * heads) + head) * positions + position) * positions, positions);

        // Query (0), key (1) or value (2) of one head at one position.
        private Span<T> Part(T[] buffer, int example, int position, int part, int head) =>
            buffer.AsSpan((((((example * positions) + position) * 3) + part) * channels) + (head * size), size);

        private Span<T> Head(T[] buffer, int example, int position, int head) =>
            buffer.AsSpan((((example * positions) + position) * channels) + (head * size), size);
    }
}
