using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Neural;

/// <summary>A network whose softmax outputs are the probabilities of the classes. Immutable.</summary>
public sealed class MlpClassificationModel : IClassificationModel
{
    /// <summary>Wraps a network.</summary>
    /// <param name="network">A network with a softmax of one output per class.</param>
    /// <param name="history">How it was trained; none for an imported network.</param>
    /// <exception cref="ArgumentException">The last layer is no softmax of at least two classes.</exception>
    public MlpClassificationModel(DenseNetwork network, TrainingHistory? history = null)
    {
        if (network.Outputs < 2 || network.Layers[^1].Activation != Activation.Softmax)
        {
            throw new ArgumentException("A classifier's last layer is a softmax of at least two outputs.", nameof(network));
        }

        Network = network;
        History = history;
    }

    /// <summary>
    /// The network. Its last layer is always a softmax over all classes of the corpus, so that it exports as it stands: the logistic
    /// output of two classes is stored as the equal softmax of two, and a class absent from the training rows has a bias so low that
    /// its probability is zero.
    /// </summary>
    public DenseNetwork Network { get; }

    /// <summary>How the network was trained, or <see langword="null"/> where that is not known.</summary>
    public TrainingHistory? History { get; }

    /// <inheritdoc/>
    public int FeatureCount => Network.Inputs;

    /// <inheritdoc/>
    public int ClassCount => Network.Outputs;

    /// <inheritdoc/>
    public OnnxClasses AddTo(OnnxGraph graph, OnnxValue rows) => OnnxClasses.MostProbable(graph, Network.AddTo(graph, rows));

    /// <inheritdoc/>
    public double[] PredictProbabilities(FeatureMatrix rows)
    {
        double[] probabilities = Array.ConvertAll(Network.Forward(rows).Values.ToArray(), value => (double)value);
        for (int i = 0; i < rows.Rows; i++)
        {
            // The float32 softmax sums to one but for rounding; in double the sum is made exact.
            Span<double> row = probabilities.AsSpan(i * ClassCount, ClassCount);
            TensorPrimitives.Divide(row, TensorPrimitives.Sum<double>(row), row);
        }

        return probabilities;
    }

    /// <inheritdoc/>
    public int[] PredictLabels(FeatureMatrix rows)
    {
        FeatureMatrix outputs = Network.Forward(rows);
        int[] labels = new int[rows.Rows];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = TensorPrimitives.IndexOfMax(outputs.Row(i));
        }

        return labels;
    }
}
