using SerLab.Onnx;

namespace SerLab.Training.Learners;

/// <summary>The operators of models that reconstruct.</summary>
internal static class ReconstructionOperators
{
    /// <summary>Adds the root of the mean squared difference between examples and their reconstructions: [batch, 1].</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="examples">[batch, …].</param>
    /// <param name="reconstructions">[batch or 1, values].</param>
    /// <param name="size">Values of an example.</param>
    public static OnnxValue Error(OnnxGraph graph, OnnxValue examples, OnnxValue reconstructions, int size)
    {
        OnnxValue difference = graph.Subtract(graph.Reshape(examples, 0, size), reconstructions);
        OnnxValue sum = graph.Sum(graph.Multiply(difference, difference), 1);
        return graph.Apply("Sqrt", [graph.Multiply(sum, graph.Scalar(1f / size))]);
    }
}
