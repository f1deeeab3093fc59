using SerLab.Onnx;

namespace SerLab.Training.Learners;

/// <summary>What classification models do with rows of numbers, one per class, as ONNX operators.</summary>
internal static class ClassOperators
{
    /// <summary>
    /// From scores to classes, in float64 as in .NET: softmax, then the known classes at their places among all. Where there is
    /// one score for two classes, it is the log-odds of the second.
    /// </summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="scores">Float64, [batch, functions].</param>
    /// <param name="functions">Number of scores: one per known class, or one for two.</param>
    /// <param name="classes">The known classes, ascending.</param>
    /// <param name="classCount">Number of all classes.</param>
    public static OnnxPredictions SoftMax(
        OnnxGraph graph, OnnxValue scores, int functions, IReadOnlyList<int> classes, int classCount)
    {
        if (functions < classes.Count)
        {
            scores = graph.MatrixProduct(scores, graph.Doubles([0, 1], 1, 2));
        }

        OnnxValue probabilities = graph.Apply("Softmax", [scores], OnnxAttribute.Of("axis", -1L));
        return MostProbable(graph, Spread(graph, probabilities, classes, classCount));
    }

    /// <summary>Probabilities of the known classes as probabilities of all, both float64.</summary>
    public static OnnxValue Spread(OnnxGraph graph, OnnxValue probabilities, IReadOnlyList<int> classes, int classCount)
    {
        if (classes.Count == classCount)
        {
            return probabilities;
        }

        double[] places = new double[classes.Count * classCount];
        for (int c = 0; c < classes.Count; c++)
        {
            places[(c * classCount) + classes[c]] = 1;
        }

        return graph.MatrixProduct(probabilities, graph.Doubles(places, classes.Count, classCount));
    }

    /// <summary>The most probable class of each row, the first of equals, decided in float64.</summary>
    public static OnnxPredictions MostProbable(OnnxGraph graph, OnnxValue probabilities) =>
        new(graph.ArgMax(probabilities), graph.Cast(probabilities, OnnxElement.Float));
}
