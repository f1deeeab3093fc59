using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Every output a weighted sum of all channels, at each position alike: of a vector the usual dense layer, of a series one per
/// step. Flatten a grid first to weight all of it.
/// </summary>
/// <param name="Units">Outputs, at least 1.</param>
public sealed record Dense(int Units) : Layer
{
    /// <summary>Whether a bias is added; default true.</summary>
    public bool HasBias { get; init; } = true;

    /// <inheritdoc/>
    public override GridShape Output(GridShape input)
    {
        Require.Positive(Units, 1);
        return input with { Channels = Units };
    }

    /// <inheritdoc/>
    public override long Operations(GridShape input) => 2L * input.Size * Units;

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterSpec> Parameters(GridShape input)
    {
        ParameterSpec kernel = new("kernel", [input.Channels, Units], Initialisers.Glorot(input.Channels, Units));
        return HasBias ? [kernel, new ParameterSpec("bias", [Units], Initialisers.Zeros)] : [kernel];
    }

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) =>
        new ConvolutionPass<T>(site, WindowGeometry.OfCells(site.InputShape.Extent), Units, 1, HasBias);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        OnnxValue kernel = graph.Onnx.Constant(weights[0], inputs[0].Shape.Channels, Units);
        OnnxValue product = graph.Onnx.MatrixProduct(graph.ChannelsLast(inputs[0]), kernel);
        return new GridValue(graph.Onnx.Add(product, graph.PerChannel(weights.BiasOr(1, Units))), output);
    }

    private protected override string Describe() => $"Dense {Units}";
}
