using System.Numerics;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// The transpose of a convolution from its output to its input: it enlarges a grid by its stride. With <see cref="Padding.Same"/>
/// the output is input × stride, as Keras's Conv2DTranspose; else (input − 1) × stride + kernel − padding + extra, as PyTorch's.
/// </summary>
/// <param name="Channels">Channels of the output, at least 1.</param>
/// <param name="Kernel">Cells of the output that one of the input adds to.</param>
public sealed record TransposedConvolution(int Channels, Extent Kernel) : Layer
{
    /// <summary>How much the grid grows; default 2 × 2.</summary>
    public Extent Stride { get; init; } = Extent.Square(2);

    /// <summary>What is cut off the output; default <see cref="Padding.Same"/>.</summary>
    public Padding Padding { get; init; } = Padding.Same;

    /// <summary>
    /// Rows and columns that the output has more than it must, below the stride, where padding is given; default none. PyTorch's
    /// output_padding.
    /// </summary>
    public Extent Extra { get; init; }

    /// <inheritdoc/>
    public override GridShape Output(GridShape input)
    {
        Require.Positive(Channels, 1, Kernel, Stride);
        GridShape output = Enlarged(input);
        return output is { Rows: > 0, Columns: > 0 } && Geometry(output).Count == input.Extent
            ? output
            : throw new InvalidInputException("padding and extra leave no output that a convolution would shrink to the input.");
    }

    /// <inheritdoc/>
    public override long Operations(GridShape input) => 2L * input.Size * Kernel.Rows * Kernel.Columns * Channels;

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterSpec> Parameters(GridShape input)
    {
        int area = Kernel.Rows * Kernel.Columns;
        return
        [
            new ParameterSpec(
                "kernel",
                [Kernel.Rows, Kernel.Columns, Channels, input.Channels],
                Initialisers.Glorot((double)area * input.Channels, (double)area * Channels)),
            new ParameterSpec("bias", [Channels], Initialisers.Zeros),
        ];
    }

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(site, Geometry(site.OutputShape));

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        int channels = inputs[0].Shape.Channels;
        WindowGeometry geometry = Geometry(output);
        OnnxValue kernel = graph.Onnx.Constant(
            weights.Transposed(0, [Kernel.Rows, Kernel.Columns, Channels, channels], 3, 2, 0, 1),
            channels, Channels, Kernel.Rows, Kernel.Columns);
        OnnxValue enlarged = graph.Onnx.Apply(
            "ConvTranspose",
            [graph.ChannelsFirst(inputs[0]), kernel, graph.Onnx.Constant(weights[1], Channels)],
            OnnxAttribute.Of("kernel_shape", [(long)Kernel.Rows, Kernel.Columns]),
            OnnxAttribute.Of("strides", [(long)Stride.Rows, Stride.Columns]),
            OnnxAttribute.Of("pads", geometry.Pads),
            OnnxAttribute.Of("output_padding", [(long)Math.Max(0, -geometry.Rows.After), Math.Max(0, -geometry.Columns.After)]));
        return new GridValue(enlarged, output, IsChannelsFirst: true);
    }

    private protected override string Describe() => $"Transposed conv {Kernel}, {Channels}, stride {Stride}";

    private GridShape Enlarged(GridShape input) => new(
        Enlarged(false, input.Rows, Kernel.Rows, Stride.Rows, Extra.Rows),
        Enlarged(true, input.Columns, Kernel.Columns, Stride.Columns, Extra.Columns),
        Channels);

    private int Enlarged(bool isColumns, int length, int kernel, int stride, int extra)
    {
        if (Padding == Padding.Same)
        {
            return length * stride;
        }

        (int before, int after) = Padding.Along(isColumns, length, kernel, stride);
        return ((length - 1) * stride) + kernel - before - after + extra;
    }

    private WindowGeometry Geometry(GridShape output) =>
        WindowGeometry.Of(output.Extent, Kernel, Stride, Extent.One, Padding);

    private sealed class Pass<T> : LayerPass<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly LayerSite<T> site;
        private readonly T[] zeros;
        private readonly WindowGather<T> gather;
        private readonly WindowScatter<T> scatter;
        private readonly T[] given;

        public Pass(LayerSite<T> site, WindowGeometry geometry)
        {
            this.site = site;
            int inputs = site.InputShape.Channels;
            zeros = new T[inputs];
            gather = new WindowGather<T>(site.OutputShape, geometry, inputs, 1, site);
            scatter = new WindowScatter<T>(site.OutputShape, geometry, inputs, 1, site);
            given = site.Input.HasGradients ? site.Input.Gradients : site.Reserve(site.Input.Size);
        }

        public override void Prepare() => scatter.Prepare(site.Parameters[0]);

        public override void Forward(Piece piece) =>
            scatter.Forward(piece, site.Input.Values, site.Parameters[1], site.Output.Values);

        public override void Backward(Piece piece)
        {
            // The forward product of the gradients also puts them inside the border that the gradient by the weights reads.
            gather.Forward(piece, site.Output.Gradients, site.Parameters.Factor(0), zeros, given);
            gather.WeightGradient(piece, site.Output.Gradients, site.Input.Values, site.Parameters.Gradient(piece, 0));
            Columns.AddSums<T>(piece.Of(site.Output.Gradients, site.Output.Size), site.Parameters.Gradient(piece, 1));
        }
    }
}
