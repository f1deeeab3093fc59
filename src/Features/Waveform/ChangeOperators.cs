using SerLab.Features.Dsp;
using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>How much the spectrum changes from frame to frame, as <see cref="SpectralChange"/> computes it.</summary>
internal static class ChangeOperators
{
    /// <summary>The mean over the bands of what they gained.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="decibels">Float32, [batch, frames, bands].</param>
    /// <returns>Float32, [batch, frames, 1].</returns>
    public static OnnxValue OnsetStrength(OnnxGraph graph, OnnxValue decibels)
    {
        OnnxValue gained = graph.Apply("Max", [Change(graph, decibels), graph.Scalar(0)]);
        OnnxValue mean = graph.Apply("ReduceMean", [gained], OnnxAttribute.Of("axes", [2L]));
        return Delayed(graph, mean, SpectralChange.OnsetDelay, graph.Size(decibels, 1));
    }

    /// <summary>The Euclidean length of the change.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="magnitudes">Float32, [batch, frames, bins].</param>
    /// <returns>Float32, [batch, frames, 1].</returns>
    public static OnnxValue Flux(OnnxGraph graph, OnnxValue magnitudes)
    {
        OnnxValue change = Change(graph, magnitudes);
        OnnxValue length = graph.Apply("Sqrt", [graph.Sum(graph.Multiply(change, change), 2)]);
        return Delayed(graph, length, 1, graph.Size(magnitudes, 1));
    }

    // From each frame to the next: one less than there are frames.
    private static OnnxValue Change(OnnxGraph graph, OnnxValue frames) => graph.Subtract(
        graph.Slice(frames, 1, 1, int.MaxValue), graph.Slice(frames, 1, 0, -1));

    private static OnnxValue Delayed(OnnxGraph graph, OnnxValue changes, int delay, OnnxValue frames)
    {
        OnnxValue padded = graph.Apply("Pad", [changes, graph.Integers([0L, delay, 0, 0, 0, 0], 6)]);
        return graph.Slice(padded, 1, graph.Integers([0L], 1), frames);
    }
}
