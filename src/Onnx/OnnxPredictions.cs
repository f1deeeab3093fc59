namespace SerLab.Onnx;

/// <summary>What a model computes in a graph.</summary>
/// <param name="Values">Ratings, float32, [batch, 1]; or class numbers, int64, [batch].</param>
/// <param name="Probabilities">Class probabilities, float32, [batch, classes]; <see cref="OnnxValue.None"/> for ratings.</param>
public readonly record struct OnnxPredictions(OnnxValue Values, OnnxValue Probabilities)
{
    /// <summary>Ratings.</summary>
    /// <param name="ratings">Float32, [batch, 1].</param>
    public static OnnxPredictions Ratings(OnnxValue ratings) => new(ratings, OnnxValue.None);

    /// <summary>The most probable class of each row, the first of equals.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="probabilities">Float32, [batch, classes].</param>
    public static OnnxPredictions MostProbable(OnnxGraph graph, OnnxValue probabilities) =>
        new(graph.ArgMax(probabilities), probabilities);
}
