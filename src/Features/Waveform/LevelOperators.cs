using SerLab.Features.Dsp;
using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>What the samples of a frame tell without a spectrum, as <see cref="FrameLevels"/> computes it.</summary>
internal static class LevelOperators
{
    /// <summary>Amplitude envelope, root mean square and share of zero crossings.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">Float32, [batch, samples].</param>
    /// <param name="frameLength">Samples per frame.</param>
    /// <param name="hopLength">Samples from one frame to the next, of which a frame is a multiple.</param>
    /// <returns>Float32, [batch, frames, 3]; one frame of silence where there are no samples.</returns>
    public static OnnxValue Levels(OnnxGraph graph, OnnxValue samples, int frameLength, int hopLength)
    {
        OnnxValue Frames(OnnxValue rows) =>
            FrameOperators.Cut(graph, FrameOperators.FillUp(graph, rows, frameLength), frameLength, hopLength);

        OnnxValue frames = Frames(samples);
        OnnxValue size = graph.Scalar(frameLength);
        OnnxValue peak = graph.Apply("ReduceMax", [graph.Apply("Abs", [frames])], OnnxAttribute.Of("axes", [2L]));
        OnnxValue energy = graph.Sum(graph.Multiply(frames, frames), 2);

        // Changes of sign are found before the clip is filled up: the step to the zeros is none. A frame's first sample has none
        // before it.
        OnnxValue below = graph.Cast(
            graph.Apply("Less", [samples, graph.Scalar(-FrameLevels.SmallestSample)]), OnnxElement.Float);
        OnnxValue changes = graph.Apply(
            "Abs", [graph.Subtract(graph.Slice(below, 1, 1, int.MaxValue), graph.Slice(below, 1, 0, -1))]);
        OnnxValue placed = graph.PadRows(changes, graph.Integers([1L], 1), graph.Integers([0L], 1));
        OnnxValue crossings = graph.Sum(graph.Slice(Frames(placed), 2, 1, frameLength), 2);
        return graph.Concat(
            2, peak, graph.Apply("Sqrt", [graph.Divide(energy, size)]), graph.Divide(crossings, size));
    }
}
