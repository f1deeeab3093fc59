using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Neural;

/// <summary>
/// A network of dense layers, each fed by the one before: what training leaves and what an app needs. Dropout acts in training
/// only and is no part of it. Immutable and thread-safe.
/// </summary>
public sealed class DenseNetwork
{
    // Rows at a time: enough to reuse the weights from cache, few enough that the activations stay there too.
    private const int BlockRows = 128;

    private readonly DenseLayer[] layers;
    private readonly float[][] paddedWeights;
    private readonly float[][] paddedBias;

    /// <summary>Creates a network.</summary>
    /// <param name="layers">Layers from input to output, at least one; softmax only on the last.</param>
    /// <exception cref="ArgumentException">There is no layer, neighbours do not fit, or softmax is not last.</exception>
    public DenseNetwork(IEnumerable<DenseLayer> layers)
    {
        this.layers = [.. layers];
        if (this.layers.Length == 0)
        {
            throw new ArgumentException("A network needs at least one layer.", nameof(layers));
        }

        for (int l = 1; l < this.layers.Length; l++)
        {
            if (this.layers[l].Inputs != this.layers[l - 1].Outputs)
            {
                throw new ArgumentException(
                    $"Layer {l} takes {this.layers[l].Inputs} inputs but layer {l - 1} gives {this.layers[l - 1].Outputs}.",
                    nameof(layers));
            }

            if (this.layers[l - 1].Activation == Activation.Softmax)
            {
                throw new ArgumentException($"Layer {l - 1} is a softmax but not the last layer.", nameof(layers));
            }
        }

        paddedWeights = Array.ConvertAll(this.layers, layer => Pad(layer.Weights, layer.Outputs));
        paddedBias = Array.ConvertAll(this.layers, layer => Pad(layer.Bias, layer.Outputs));
    }

    /// <summary>The layers, from input to output.</summary>
    public IReadOnlyList<DenseLayer> Layers => layers;

    /// <summary>Number of inputs.</summary>
    public int Inputs => layers[0].Inputs;

    /// <summary>Number of outputs.</summary>
    public int Outputs => layers[^1].Outputs;

    /// <summary>The outputs of the last layer, one row per input row; a row's result does not depend on other rows.</summary>
    /// <param name="rows">Rows of <see cref="Inputs"/> finite values.</param>
    /// <exception cref="InvalidInputException">A row has the wrong width or a value that is not finite.</exception>
    public FeatureMatrix Forward(FeatureMatrix rows)
    {
        TrainingInput.CheckPrediction(rows, Inputs);
        float[] outputs = new float[rows.Rows * Outputs];
        int block = Math.Min(BlockRows, rows.Rows);
        int width = layers.Max(layer => MatrixProduct.Padded(layer.Outputs));
        float[] current = new float[block * width];
        float[] next = new float[block * width];
        for (int first = 0; first < rows.Rows; first += block)
        {
            int count = Math.Min(block, rows.Rows - first);
            ReadOnlySpan<float> inputs = rows.Values.Slice(first * Inputs, count * Inputs);
            LayerForward(0, LeftFactor.RowMajor(inputs, count, Inputs, Inputs), current);
            for (int l = 1; l < layers.Length; l++)
            {
                int stride = MatrixProduct.Padded(layers[l].Inputs);
                LayerForward(l, LeftFactor.RowMajor(current, count, layers[l].Inputs, stride), next);
                (current, next) = (next, current);
            }

            Unpad(current, count, Outputs).CopyTo(outputs, first * Outputs);
        }

        return new FeatureMatrix(outputs, rows.Rows, Outputs);
    }

    /// <summary>Adds the layers to a graph: float32, [batch, inputs] → [batch, outputs].</summary>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue rows) =>
        layers.Aggregate(rows, (current, layer) => layer.AddTo(graph, current));

    internal static float[] Unpad(ReadOnlySpan<float> padded, int rows, int columns)
    {
        int width = MatrixProduct.Padded(columns);
        float[] values = new float[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            padded.Slice(i * width, columns).CopyTo(values.AsSpan(i * columns));
        }

        return values;
    }

    private static float[] Pad(ReadOnlySpan<float> values, int columns)
    {
        int width = MatrixProduct.Padded(columns);
        float[] padded = new float[values.Length / columns * width];
        for (int i = 0; i * columns < values.Length; i++)
        {
            values.Slice(i * columns, columns).CopyTo(padded.AsSpan(i * width));
        }

        return padded;
    }

    private void LayerForward(int l, LeftFactor inputs, Span<float> outputs) =>
        LayerMath.Forward(inputs, paddedWeights[l], paddedBias[l], layers[l].Activation, layers[l].Outputs, outputs);
}
