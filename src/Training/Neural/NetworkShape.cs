namespace SerLab.Training.Neural;

/// <summary>
/// Where the parameters of a network lie in one flat buffer: layer by layer, weights (inputs × padded outputs) then biases. The
/// padding holds zeros, and its gradients are zero, so that an optimiser may update the whole buffer in one pass.
/// </summary>
internal sealed class NetworkShape
{
    private readonly int[] units;
    private readonly int[] weightStarts;

    /// <summary>Lays out a network.</summary>
    /// <param name="units">Number of inputs, units of every hidden layer, number of outputs.</param>
    public NetworkShape(params int[] units)
    {
        this.units = units;
        weightStarts = new int[units.Length];
        for (int l = 0; l < Layers; l++)
        {
            weightStarts[l + 1] = checked(weightStarts[l] + ((Inputs(l) + 1) * Width(l)));
        }
    }

    /// <summary>Number of dense layers.</summary>
    public int Layers => units.Length - 1;

    /// <summary>Length of the flat buffer.</summary>
    public int Length => weightStarts[^1];

    /// <summary>Inputs of a layer.</summary>
    public int Inputs(int layer) => units[layer];

    /// <summary>Outputs of a layer.</summary>
    public int Outputs(int layer) => units[layer + 1];

    /// <summary>Padded outputs of a layer.</summary>
    public int Width(int layer) => MatrixProduct.Padded(units[layer + 1]);

    /// <summary>The weights of a layer: inputs × padded outputs.</summary>
    public Span<float> Weights(Span<float> parameters, int layer) =>
        parameters.Slice(weightStarts[layer], Inputs(layer) * Width(layer));

    /// <summary>The padded biases of a layer.</summary>
    public Span<float> Bias(Span<float> parameters, int layer) =>
        parameters.Slice(weightStarts[layer] + (Inputs(layer) * Width(layer)), Width(layer));

    /// <summary>The network that the parameters describe.</summary>
    public DenseNetwork ToNetwork(Span<float> parameters, Activation hidden, Activation output)
    {
        DenseLayer[] layers = new DenseLayer[Layers];
        for (int l = 0; l < layers.Length; l++)
        {
            float[] weights = DenseNetwork.Unpad(Weights(parameters, l), Inputs(l), Outputs(l));
            ReadOnlySpan<float> bias = Bias(parameters, l)[..Outputs(l)];
            layers[l] = new DenseLayer(Inputs(l), Outputs(l), weights, bias, l + 1 == layers.Length ? output : hidden);
        }

        return new DenseNetwork(layers);
    }
}
