using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015): each channel less its mean, over its deviation, times gamma, plus beta. Training
/// uses the mean and variance of the whole batch, prediction moving averages of them.
/// </summary>
public sealed record BatchNormalisation : Layer
{
    internal const int Gamma = 0;
    internal const int Beta = 1;
    internal const int MovingMean = 2;
    internal const int MovingVariance = 3;

    /// <summary>Weight of the old value in the moving averages, 0 to below 1; default 0.99, Keras's (PyTorch's is 0.9).</summary>
    public double Momentum { get; init; } = 0.99;

    /// <summary>Added to the variance, above 0; default 0.001, Keras's (PyTorch's is 1e-5).</summary>
    public double Epsilon { get; init; } = 1e-3;

    /// <summary>Whether the moving variance averages n / (n − 1) of that of the batch, as PyTorch does; default false.</summary>
    public bool IsUnbiased { get; init; }

    /// <inheritdoc/>
    public override GridShape Output(GridShape input)
    {
        Require.Share(Momentum);
        return input;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterSpec> Parameters(GridShape input) =>
    [
        new("gamma", [input.Channels], Initialisers.Ones),
        new("beta", [input.Channels], Initialisers.Zeros),
        new("moving mean", [input.Channels], Initialisers.Zeros, IsTrained: false),
        new("moving variance", [input.Channels], Initialisers.Ones, IsTrained: false),
    ];

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new BatchNormalisationPass<T>(this, site);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        (float[] scale, float[] shift) = Affine(weights);
        OnnxValue scaled = graph.Onnx.Multiply(graph.ChannelsLast(inputs[0]), graph.PerChannel(scale));
        return new GridValue(graph.Onnx.Add(scaled, graph.PerChannel(shift)), output);
    }

    /// <summary>What a finished network does to a channel: x · scale + shift.</summary>
    internal (float[] Scale, float[] Shift) Affine(LayerWeights weights)
    {
        double[] scale =
            [.. weights[Gamma].Zip(weights[MovingVariance], (gamma, variance) => gamma / Math.Sqrt(variance + Epsilon))];
        float[] shift = [.. scale.Select((s, c) => (float)(weights[Beta][c] - (weights[MovingMean][c] * s)))];
        return ([.. scale.Select(s => (float)s)], shift);
    }

    private protected override string Describe() => "Batch norm";
}
