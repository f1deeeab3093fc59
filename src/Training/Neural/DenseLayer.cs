using SerLab.Onnx;

namespace SerLab.Training.Neural;

/// <summary>One dense layer: activation(xW + b). Immutable.</summary>
public sealed class DenseLayer
{
    private readonly float[] weights;
    private readonly float[] bias;

    /// <summary>Creates a layer; the arrays are copied.</summary>
    /// <param name="inputs">Number of inputs, at least one.</param>
    /// <param name="outputs">Number of outputs, at least one.</param>
    /// <param name="weights">
    /// inputs × outputs in row-major order (Keras's and TensorFlow.js's kernel, scikit-learn's coefs_): the weight from input i
    /// to output j at i · outputs + j.
    /// </param>
    /// <param name="bias">One per output.</param>
    /// <param name="activation">What follows the sums.</param>
    /// <exception cref="ArgumentException">
    /// The arrays have other lengths, a value is not finite, or there is no such activation.
    /// </exception>
    public DenseLayer(int inputs, int outputs, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Activation activation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        if (!Enum.IsDefined(activation))
        {
            throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation.");
        }

        if (weights.Length != (long)inputs * outputs || bias.Length != outputs)
        {
            throw new ArgumentException(
                $"A layer of {inputs} inputs and {outputs} outputs has {(long)inputs * outputs} weights and {outputs} biases, "
                + $"not {weights.Length} and {bias.Length}.");
        }

        this.weights = Finite(weights, nameof(weights));
        this.bias = Finite(bias, nameof(bias));
        Inputs = inputs;
        Outputs = outputs;
        Activation = activation;
    }

    /// <summary>Number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Weights, inputs × outputs, row-major: from input i to output j at i · outputs + j.</summary>
    public ReadOnlySpan<float> Weights => weights;

    /// <summary>Biases, one per output.</summary>
    public ReadOnlySpan<float> Bias => bias;

    /// <summary>What follows the sums.</summary>
    public Activation Activation { get; }

    /// <summary>Adds the layer to a graph: float32, [batch, inputs] → [batch, outputs].</summary>
    internal OnnxValue AddTo(OnnxGraph graph, OnnxValue rows)
    {
        OnnxValue sums = graph.Apply("Gemm", [rows, graph.Constant(weights, Inputs, Outputs), graph.Constant(bias, Outputs)]);
        return Activation switch
        {
            Activation.Identity => sums,
            Activation.Relu => graph.Apply("Relu", [sums]),
            Activation.Tanh => graph.Apply("Tanh", [sums]),
            Activation.Logistic => graph.Apply("Sigmoid", [sums]),
            Activation.Softmax => graph.Apply("Softmax", [sums], OnnxAttribute.Of("axis", -1L)),
            _ => throw new InvalidOperationException($"{Activation} is not known in ONNX."),
        };
    }

    private static float[] Finite(ReadOnlySpan<float> values, string name)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException($"A value is {value}; a layer needs finite numbers.", name);
            }
        }

        return values.ToArray();
    }
}
