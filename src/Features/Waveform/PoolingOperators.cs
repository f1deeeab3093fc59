using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>
/// Mean and population standard deviation of descriptors over the frames on which they are defined (finite): 0 and 0 where they
/// are defined on none.
/// </summary>
internal static class PoolingOperators
{
    /// <summary>Pools in 64 bits, in two passes.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="descriptors">Float32, [batch, frames, descriptors].</param>
    /// <param name="samples">The clips, [batch, samples]; nothing is defined where they have no samples.</param>
    /// <returns>Float32, [batch, descriptors] each.</returns>
    public static (OnnxValue Mean, OnnxValue Deviation) Pool(OnnxGraph graph, OnnxValue descriptors, OnnxValue samples)
    {
        OnnxValue finite = graph.Apply("LessOrEqual", [graph.Apply("Abs", [descriptors]), graph.Scalar(float.MaxValue)]);
        return PoolDefined(graph, descriptors, graph.Apply("And", [finite, HasSamples(graph, samples)]));
    }

    /// <summary>Whether clips have samples at all: a truth value, [1].</summary>
    public static OnnxValue HasSamples(OnnxGraph graph, OnnxValue samples) =>
        graph.Apply("Greater", [graph.Size(samples, 1), graph.Integers([0L], 1)]);

    /// <summary>As <see cref="Pool"/>, over the frames on which a mask of the same or a broadcast shape is true.</summary>
    public static (OnnxValue Mean, OnnxValue Deviation) PoolDefined(OnnxGraph graph, OnnxValue descriptors, OnnxValue defined)
    {
        OnnxValue zero = graph.Doubles([0]);
        OnnxValue count = graph.Apply("Max", [graph.Sum(graph.Cast(defined, OnnxElement.Double), 1), graph.Doubles([1])]);
        OnnxValue values = graph.Apply("Where", [defined, graph.Cast(descriptors, OnnxElement.Double), zero]);
        OnnxValue mean = graph.Divide(graph.Sum(values, 1), count);
        OnnxValue deviations = graph.Apply("Where", [defined, graph.Subtract(values, mean), zero]);
        OnnxValue variance = graph.Divide(graph.Sum(graph.Multiply(deviations, deviations), 1), count);
        return (Row(graph, mean), Row(graph, graph.Apply("Sqrt", [variance])));
    }

    /// <summary>
    /// Means and deviations in the order of a feature set: of each group of descriptors its means, then its deviations.
    /// </summary>
    public static OnnxValue Interleave(
        OnnxGraph graph, OnnxValue mean, OnnxValue deviation, IEnumerable<(string Name, int Count)> groups)
    {
        int total = groups.Sum(group => group.Count);
        List<long> order = [];
        int start = 0;
        foreach ((_, int count) in groups)
        {
            order.AddRange(Enumerable.Range(start, count).Select(i => (long)i));
            order.AddRange(Enumerable.Range(start, count).Select(i => (long)(total + i)));
            start += count;
        }

        return graph.Gather(graph.Concat(1, mean, deviation), graph.Integers([.. order], order.Count), 1);
    }

    private static OnnxValue Row(OnnxGraph graph, OnnxValue pooled) =>
        graph.Cast(graph.Apply("Squeeze", [pooled, graph.Integers([1L], 1)]), OnnxElement.Float);
}
