using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>
/// Quantiles over the frames on which descriptors are defined, of values that occur; 0 where they are defined on none.
/// </summary>
internal static class QuantileOperators
{
    /// <summary>The values at rank floor(share x (count - 1)).</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="descriptors">Float32, [batch, frames, descriptors], at least one frame.</param>
    /// <param name="defined">Truth values, of that shape or [batch, frames, 1].</param>
    /// <param name="shares">From 0 to 1.</param>
    /// <returns>Float32, [batch, descriptors] for every share.</returns>
    public static OnnxValue[] Of(
        OnnxGraph graph, OnnxValue descriptors, OnnxValue defined, IReadOnlyList<double> shares)
    {
        OnnxValue everywhere = graph.Apply("Expand", [defined, graph.Apply("Shape", [descriptors])]);
        OnnxValue sorted = Sort(
            graph, graph.Apply("Where", [everywhere, descriptors, graph.Scalar(float.PositiveInfinity)]));
        OnnxValue count = graph.Sum(graph.Cast(everywhere, OnnxElement.Double), 1);
        OnnxValue some = graph.Apply("Greater", [count, graph.Doubles([0])]);
        OnnxValue last = graph.Apply("Max", [graph.Subtract(count, graph.Doubles([1])), graph.Doubles([0])]);
        return
        [
            .. shares.Select(share =>
            {
                OnnxValue rank = graph.Cast(graph.Multiply(last, graph.Doubles([share])), OnnxElement.Int64);
                OnnxValue value = graph.Apply("GatherElements", [sorted, rank], OnnxAttribute.Of("axis", 1L));
                return graph.Apply(
                    "Squeeze", [graph.Apply("Where", [some, value, graph.Scalar(0)]), graph.Integers([1L], 1)]);
            }),
        ];
    }

    // The smallest first. ONNX Runtime ends the process when it ranks a batch without rows, so one row is added and taken away
    // again.
    private static OnnxValue Sort(OnnxGraph graph, OnnxValue values)
    {
        OnnxValue frames = graph.Size(values, 1);
        OnnxValue row = graph.Apply(
            "ConstantOfShape", [graph.Concat(0, graph.Integers([1L], 1), frames, graph.Size(values, 2))]);
        OnnxValue[] ranked = graph.ApplyMany(
            "TopK", 2, [graph.Concat(0, values, row), frames], OnnxAttribute.Of("axis", 1L), OnnxAttribute.Of("largest", 0L));
        return graph.Slice(ranked[0], 0, 0, -1);
    }
}
