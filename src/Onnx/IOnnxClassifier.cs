namespace SerLab.Onnx;

/// <summary>
/// A classification model that writes itself as ONNX operators: probabilities as in .NET within 1e-5, classes as in .NET.
/// </summary>
public interface IOnnxClassifier
{
    /// <summary>Adds the operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="rows">Float32, [batch, features].</param>
    OnnxClasses AddTo(OnnxGraph graph, OnnxValue rows);
}

/// <summary>What a classification model computes in a graph.</summary>
/// <param name="Labels">Class numbers, int64, [batch].</param>
/// <param name="Probabilities">Float32, [batch, classes].</param>
public readonly record struct OnnxClasses(OnnxValue Labels, OnnxValue Probabilities)
{
    /// <summary>The most probable class of each row, the first of equals.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="probabilities">Float32, [batch, classes].</param>
    public static OnnxClasses MostProbable(OnnxGraph graph, OnnxValue probabilities) => new(graph.ArgMax(probabilities), probabilities);
}
