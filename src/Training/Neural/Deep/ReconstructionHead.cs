using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Losses;

namespace SerLab.Training.Neural.Deep;

/// <summary>The last layer of the user's puts out the example itself: an autoencoder.</summary>
/// <param name="size">Values of an example.</param>
internal sealed class ReconstructionHead(int size) : NetworkHead
{
    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Layers => [new AsShape(GridShape.Vector(size))];

    /// <inheritdoc/>
    public override Objective Objective => new SquaredErrorObjective();

    /// <inheritdoc/>
    public override float[] TargetsOf(TrainingSet set)
    {
        float[] targets = new float[set.Count * size];
        for (int i = 0; i < set.Count; i++)
        {
            set.Examples[i].CopyTo(targets.AsSpan(i * size));
        }

        return targets;
    }

    /// <inheritdoc/>
    public override Predictions Read(double[] outputs, Examples examples)
    {
        double[] errors = new double[examples.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            double difference = outputs[i] - examples[i / size][i % size];
            errors[i / size] += difference * difference / size;
        }

        return Predictions.OfRatings(Array.ConvertAll(errors, Math.Sqrt));
    }

    /// <inheritdoc/>
    public override OnnxPredictions Read(OnnxGraph graph, OnnxValue outputs, OnnxValue input) =>
        OnnxPredictions.Ratings(ReconstructionOperators.Error(graph, input, outputs, size));
}
