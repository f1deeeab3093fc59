using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>Features of clips that are no sound.</summary>
internal static class GuardOperators
{
    /// <summary>
    /// Turns the features of clips that hold NaN or an infinity into NaN: comparisons within the extraction swallow it.
    /// </summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="features">Float32, [batch, …], one axis or more per clip.</param>
    /// <param name="samples">Float32, [batch, samples].</param>
    /// <param name="rank">How many axes the features of a clip have.</param>
    public static OnnxValue Guard(OnnxGraph graph, OnnxValue features, OnnxValue samples, int rank)
    {
        // The zero that is appended gives the sum something to add where a clip has no samples.
        OnnxValue some = graph.PadRows(samples, graph.Integers([0L], 1), graph.Integers([1L], 1));
        OnnxValue guard = graph.Sum(graph.Multiply(some, graph.Scalar(0)), 1);
        long[] axes = [.. Enumerable.Range(2, rank - 1).Select(axis => (long)axis)];
        return graph.Add(
            features, rank == 1 ? guard : graph.Apply("Unsqueeze", [guard, graph.Integers(axes, axes.Length)]));
    }
}
