using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Losses;

namespace SerLab.Training.Neural.Deep;

/// <summary>
/// An output per class that occurs, the logarithm of its unnormalised probability; other classes have probability 0.
/// </summary>
internal sealed class ClassHead : NetworkHead
{
    private readonly PresentClasses present;

    /// <summary>Looks which classes occur.</summary>
    /// <param name="set">What is learnt from.</param>
    /// <param name="options">Smoothing and weights.</param>
    public ClassHead(TrainingSet set, DeepNetworkOptions options)
    {
        int[] labels = set.Labels;
        ClassCount = set.Target.Classes.Count;
        present = new PresentClasses(labels, ClassCount);
        double[] weights = options.ClassWeights.Resolve(labels, ClassCount);
        Objective = new CrossEntropyObjective(options.LabelSmoothing)
        {
            ClassWeights = [.. present.Classes.Select(c => weights[c])],
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Layers => [new Flatten(), new Dense(present.Count)];

    /// <inheritdoc/>
    public override Objective Objective { get; }

    /// <inheritdoc/>
    public override int ClassCount { get; }

    /// <inheritdoc/>
    public override float[] TargetsOf(TrainingSet set)
    {
        float[] targets = new float[set.Count * present.Count];
        int[] labels = present.Renumber(set.Labels);
        for (int i = 0; i < labels.Length; i++)
        {
            targets[(i * present.Count) + labels[i]] = 1;
        }

        return targets;
    }

    /// <inheritdoc/>
    public override void Settle(Span<double> output)
    {
        TensorPrimitives.SoftMax<double>(output, output);
        TensorPrimitives.Divide(output, TensorPrimitives.Sum<double>(output), output);
    }

    /// <inheritdoc/>
    public override OnnxValue Settle(OnnxGraph graph, OnnxValue outputs) =>
        graph.Apply("Softmax", [outputs], OnnxAttribute.Of("axis", -1L));

    /// <inheritdoc/>
    public override Predictions Read(double[] outputs, Examples examples) =>
        Predictions.OfClasses(present.Spread(outputs), ClassCount);

    /// <inheritdoc/>
    public override OnnxPredictions Read(OnnxGraph graph, OnnxValue outputs, OnnxValue input)
    {
        float[] places = new float[present.Count * ClassCount];
        for (int i = 0; i < present.Count; i++)
        {
            places[(i * ClassCount) + present.Classes[i]] = 1;
        }

        OnnxValue spread = graph.MatrixProduct(outputs, graph.Constant(places, present.Count, ClassCount));
        return OnnxPredictions.MostProbable(graph, spread);
    }
}
