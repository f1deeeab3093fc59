using System.Numerics;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Convolution (cross-correlation, as everywhere in deep learning) of a grid or, with a kernel of one row, of a series.
/// </summary>
/// <param name="Channels">Outputs per window, at least 1.</param>
/// <param name="Kernel">Cells a window looks at.</param>
public sealed record Convolution(int Channels, Extent Kernel) : Layer
{
    /// <summary>Distance of windows; default 1.</summary>
    public Extent Stride { get; init; } = Extent.One;

    /// <summary>Distance of the cells a window looks at; default 1.</summary>
    public Extent Dilation { get; init; } = Extent.One;

    /// <summary>What stands beyond the edge; default <see cref="Padding.Same"/>.</summary>
    public Padding Padding { get; init; } = Padding.Same;

    /// <summary>
    /// Equal parts of the channels in and out that only see each other; default 1. As many as channels in make it depthwise.
    /// </summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether a bias is added; default true. Before a batch normalisation it would be of no use.</summary>
    public bool HasBias { get; init; } = true;

    /// <inheritdoc/>
    public override GridShape Output(GridShape input)
    {
        Require.Positive(Channels, Groups, Kernel, Stride, Dilation);
        if (input.Channels % Groups != 0 || Channels % Groups != 0)
        {
            throw new InvalidInputException(
                $"{input.Channels} channels in and {Channels} out do not divide into {Groups} groups.");
        }

        Extent windows = Geometry(input).Count;
        return windows is { Rows: > 0, Columns: > 0 }
            ? new GridShape(windows.Rows, windows.Columns, Channels)
            : throw new InvalidInputException(
                "the kernel is larger than its input; use a smaller one, less pooling, or padding.");
    }

    /// <inheritdoc/>
    public override long Operations(GridShape input) =>
        2L * Output(input).Positions * Kernel.Rows * Kernel.Columns * (input.Channels / Groups) * Channels;

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterSpec> Parameters(GridShape input)
    {
        int area = Kernel.Rows * Kernel.Columns;
        int channels = input.Channels / Groups;
        ParameterSpec kernel = new(
            "kernel",
            [Kernel.Rows, Kernel.Columns, channels, Channels],
            Initialisers.Glorot((double)area * channels, (double)area * Channels / Groups));
        return HasBias ? [kernel, new ParameterSpec("bias", [Channels], Initialisers.Zeros)] : [kernel];
    }

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) =>
        new ConvolutionPass<T>(site, Geometry(site.InputShape), Channels, Groups, HasBias);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        GridShape input = inputs[0].Shape;
        int channels = input.Channels / Groups;
        WindowGeometry geometry = Geometry(input);
        OnnxValue kernel = graph.Onnx.Constant(
            weights.Transposed(0, [Kernel.Rows, Kernel.Columns, channels, Channels], 3, 2, 0, 1),
            Channels, channels, Kernel.Rows, Kernel.Columns);
        OnnxValue bias = graph.Onnx.Constant(weights.BiasOr(1, Channels), Channels);
        OnnxValue convolved = graph.Onnx.Apply(
            "Conv",
            [graph.ChannelsFirst(inputs[0]), kernel, bias],
            OnnxAttribute.Of("kernel_shape", [(long)Kernel.Rows, Kernel.Columns]),
            OnnxAttribute.Of("strides", [(long)Stride.Rows, Stride.Columns]),
            OnnxAttribute.Of("dilations", [(long)Dilation.Rows, Dilation.Columns]),
            OnnxAttribute.Of("pads", geometry.Pads),
            OnnxAttribute.Of("group", (long)Groups));
        return new GridValue(convolved, output, IsChannelsFirst: true);
    }

    private protected override string Describe() =>
        $"{(Groups > 1 ? $"Conv in {Groups} groups" : "Conv")} {Kernel}, {Channels}"
        + (Stride == Extent.One ? "" : $", stride {Stride}") + (Dilation == Extent.One ? "" : $", dilation {Dilation}");

    private WindowGeometry Geometry(GridShape input) => WindowGeometry.Of(input.Extent, Kernel, Stride, Dilation, Padding);
}

/// <summary>Computes a <see cref="Convolution"/>, and a <see cref="Dense"/> layer as one of 1 × 1.</summary>
internal sealed class ConvolutionPass<T> : LayerPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LayerSite<T> site;
    private readonly bool hasBias;
    private readonly T[] zeros;
    private readonly WindowGather<T> gather;
    private readonly WindowScatter<T>? scatter;

    public ConvolutionPass(LayerSite<T> site, WindowGeometry geometry, int channels, int groups, bool hasBias)
    {
        this.site = site;
        this.hasBias = hasBias;
        zeros = new T[Math.Max(channels, site.InputShape.Channels)];
        gather = new WindowGather<T>(site.InputShape, geometry, channels, groups, site);
        scatter = site.Input.HasGradients ? new WindowScatter<T>(site.InputShape, geometry, channels, groups, site) : null;
    }

    /// <inheritdoc/>
    public override void Prepare() => scatter?.Prepare(site.Parameters[0]);

    /// <inheritdoc/>
    public override void Forward(Piece piece) => gather.Forward(
        piece, site.Input.Values, site.Parameters.Factor(0), hasBias ? site.Parameters[1] : zeros, site.Output.Values);

    /// <inheritdoc/>
    public override void Backward(Piece piece)
    {
        if (hasBias)
        {
            Columns.AddSums<T>(piece.Of(site.Output.Gradients, site.Output.Size), site.Parameters.Gradient(piece, 1));
        }

        scatter?.Forward(piece, site.Output.Gradients, zeros, site.Input.Gradients);
        Span<T> gradient = site.Parameters.Gradient(piece, 0);
        if (scatter is { GivesWeightGradient: true })
        {
            scatter.WeightGradient(piece, site.Input.Values, site.Output.Gradients, gradient);
        }
        else
        {
            gather.WeightGradient(piece, site.Input.Values, site.Output.Gradients, gradient);
        }
    }
}
