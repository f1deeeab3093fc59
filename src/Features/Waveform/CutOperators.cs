using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>One part of every clip, of the same length whatever theirs; silence goes on where they end.</summary>
internal static class CutOperators
{
    /// <summary>Cuts a part out of the middle, with as much of the clip, or of silence, before it as behind it.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">Float32, [batch, samples], any length.</param>
    /// <param name="length">How many samples.</param>
    /// <returns>Float32, [batch, length].</returns>
    public static OnnxValue Middle(OnnxGraph graph, OnnxValue samples, int length)
    {
        // With silence as long as the part on both sides no number is below 0, where division rounds the other way.
        OnnxValue silence = graph.Integers([length], 1);
        OnnxValue start = graph.Divide(graph.Add(graph.Size(samples, 1), silence), graph.Integers([2L], 1));
        return graph.Slice(graph.PadRows(samples, silence, silence), 1, start, graph.Add(start, silence));
    }

    /// <summary>Cuts out a part that begins at a sample; of clips that end before, it is NaN.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">Float32, [batch, samples], any length.</param>
    /// <param name="start">The first sample, from 0.</param>
    /// <param name="length">How many samples.</param>
    /// <returns>Float32, [batch, length].</returns>
    public static OnnxValue From(OnnxGraph graph, OnnxValue samples, long start, int length)
    {
        OnnxValue zero = graph.Integers([0L], 1);
        OnnxValue count = graph.Size(samples, 1);
        OnnxValue missing = graph.Apply("Max", [graph.Subtract(graph.Integers([start + length], 1), count), zero]);
        OnnxValue ended = graph.Apply("Greater", [graph.Integers([start], 1), graph.Subtract(count, graph.Integers([1L], 1))]);
        OnnxValue beyond = start == 0
            ? graph.Scalar(0)
            : graph.Apply("Squeeze", [graph.Apply("Where", [ended, graph.Scalar(float.NaN), graph.Scalar(0)])]);
        OnnxValue pads = graph.Concat(0, graph.Integers([0L, 0, 0], 3), missing);
        return graph.Slice(graph.Apply("Pad", [samples, pads, beyond]), 1, start, start + length);
    }
}
