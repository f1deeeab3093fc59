using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>Cuts rows of samples into overlapping frames.</summary>
internal static class FrameOperators
{
    /// <summary>
    /// Frames that start every <paramref name="hop"/> samples; a last partial frame is dropped. Overlapping frames are cut
    /// without a loop and without a table of positions: hops first, which lie in memory as they are, then each frame from
    /// consecutive hops.
    /// </summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">[batch, samples], at least one frame.</param>
    /// <param name="length">Samples per frame: a multiple of the hop.</param>
    /// <param name="hop">Samples from one frame to the next.</param>
    /// <returns>[batch, frames, length].</returns>
    public static OnnxValue Cut(OnnxGraph graph, OnnxValue samples, int length, int hop)
    {
        OnnxValue hopLength = graph.Integers([hop], 1);
        OnnxValue hops = graph.Divide(graph.Size(samples, 1), hopLength);
        OnnxValue whole = graph.Slice(samples, 1, graph.Integers([0L], 1), graph.Multiply(hops, hopLength));

        // The batch size is given, because Reshape could not infer a size from a batch without clips.
        OnnxValue rows = graph.Apply("Reshape", [whole, graph.Concat(0, graph.Size(samples, 0), hops, hopLength)]);

        int hopsPerFrame = length / hop;
        OnnxValue frames = graph.Subtract(hops, graph.Integers([hopsPerFrame - 1L], 1));
        OnnxValue[] parts = new OnnxValue[hopsPerFrame];
        for (int i = 0; i < hopsPerFrame; i++)
        {
            OnnxValue first = graph.Integers([i], 1);
            parts[i] = graph.Slice(rows, 1, first, graph.Add(frames, first));
        }

        return graph.Concat(2, parts);
    }

    /// <summary>Rows filled up with zeros to at least <paramref name="length"/> samples.</summary>
    public static OnnxValue FillUp(OnnxGraph graph, OnnxValue samples, int length)
    {
        OnnxValue zero = graph.Integers([0L], 1);
        OnnxValue missing = graph.Subtract(graph.Integers([length], 1), graph.Size(samples, 1));
        return graph.PadRows(samples, zero, graph.Apply("Max", [missing, zero]));
    }
}
