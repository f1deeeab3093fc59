using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Losses;

namespace SerLab.Training.Neural.Deep;

/// <summary>One linear output, which is the rating.</summary>
/// <param name="objective">How far it is from the rating that was given.</param>
internal sealed class RatingHead(Objective objective) : NetworkHead
{
    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Layers => [new Flatten(), new Dense(1)];

    /// <inheritdoc/>
    public override Objective Objective => objective;

    /// <inheritdoc/>
    public override float[] TargetsOf(TrainingSet set) => Array.ConvertAll(set.Values.ToArray(), value => (float)value);

    /// <inheritdoc/>
    public override Predictions Read(double[] outputs, Examples examples) => Predictions.OfRatings(outputs);

    /// <inheritdoc/>
    public override OnnxPredictions Read(OnnxGraph graph, OnnxValue outputs, OnnxValue input) =>
        OnnxPredictions.Ratings(outputs);
}
