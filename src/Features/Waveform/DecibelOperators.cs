using SerLab.Features.Dsp;
using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>The logarithmic measures of power, as <see cref="Decibels"/> and <see cref="LogCompression"/> compute them.</summary>
internal static class DecibelOperators
{
    private const float Range = 80;

    /// <summary>Decibels, at most 80 below the loudest of the clip.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="powers">Float32, [batch, frames, bands], at least one frame.</param>
    public static OnnxValue FromPower(OnnxGraph graph, OnnxValue powers)
    {
        OnnxValue heard = graph.Apply("Max", [powers, graph.Scalar(Decibels.SmallestPower)]);
        OnnxValue decibels = graph.Multiply(graph.Apply("Log", [heard]), graph.Scalar((float)(10 / Math.Log(10))));
        return graph.Apply("Max", [decibels, graph.Subtract(Loudest(graph, decibels), graph.Scalar(Range))]);
    }

    /// <summary>Decibels below the loudest of the clip, from -80 to 0.</summary>
    public static OnnxValue RelativeToLoudest(OnnxGraph graph, OnnxValue powers)
    {
        OnnxValue decibels = FromPower(graph, powers);
        return graph.Subtract(decibels, Loudest(graph, decibels));
    }

    /// <summary>ln(offset + power).</summary>
    public static OnnxValue Natural(OnnxGraph graph, OnnxValue powers, float offset) =>
        graph.Apply("Log", [graph.Add(powers, graph.Scalar(offset))]);

    private static OnnxValue Loudest(OnnxGraph graph, OnnxValue decibels) =>
        graph.Apply("ReduceMax", [decibels], OnnxAttribute.Of("axes", [1L, 2]));
}
