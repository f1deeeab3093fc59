using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Neural;

/// <summary>
/// A network whose one output is a rating, or whose softmax outputs are the probabilities of the classes. Immutable.
/// </summary>
public sealed class MlpModel : IRowModel
{
    /// <summary>Wraps a network.</summary>
    /// <param name="network">A network with one output for a rating, or a softmax of one output per class.</param>
    /// <param name="history">How it was trained; none for an imported network.</param>
    /// <exception cref="ArgumentException">The last layer is neither one output nor a softmax of at least two.</exception>
    public MlpModel(DenseNetwork network, TrainingHistory? history = null)
    {
        bool isSoftmax = network.Layers[^1].Activation == Activation.Softmax;
        if (isSoftmax == (network.Outputs == 1))
        {
            throw new ArgumentException(
                $"The network has {network.Outputs} outputs{(isSoftmax ? " with softmax" : "")}; "
                + "a rating is one output, classes are a softmax of at least two.",
                nameof(network));
        }

        Network = network;
        History = history;
        ClassCount = isSoftmax ? network.Outputs : 0;
    }

    /// <summary>
    /// The network. That of classes always ends in a softmax over all classes of the corpus, so that it exports as it stands: the
    /// logistic output of two classes is stored as the equal softmax of two, and a class absent from the training rows has a bias
    /// so low that its probability is zero.
    /// </summary>
    public DenseNetwork Network { get; }

    /// <summary>How the network was trained, or <see langword="null"/> where that is not known.</summary>
    public TrainingHistory? History { get; }

    /// <inheritdoc/>
    public bool Converged => History is not { WasCutShort: true };

    /// <inheritdoc/>
    public int FeatureCount => Network.Inputs;

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        OnnxValue outputs = Network.AddTo(graph, input);
        return ClassCount == 0 ? OnnxPredictions.Ratings(outputs) : OnnxPredictions.MostProbable(graph, outputs);
    }

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        FeatureMatrix rows = TrainingInput.CheckPrediction(examples, FeatureCount);
        double[] outputs = Array.ConvertAll(Network.Forward(rows).Values.ToArray(), value => (double)value);
        if (ClassCount == 0)
        {
            return Predictions.OfRatings(outputs);
        }

        for (int i = 0; i < rows.Rows; i++)
        {
            // The float32 softmax sums to one but for rounding; in double the sum is made exact.
            Span<double> row = outputs.AsSpan(i * ClassCount, ClassCount);
            TensorPrimitives.Divide(row, TensorPrimitives.Sum<double>(row), row);
        }

        return Predictions.OfClasses(outputs, ClassCount);
    }
}
