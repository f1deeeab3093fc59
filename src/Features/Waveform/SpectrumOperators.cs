using SerLab.Features.Dsp;
using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>Spectra of centred frames, as <see cref="ShortTimeFourierTransform"/> computes them.</summary>
internal static class SpectrumOperators
{
    /// <summary>Whether there are operators for such frames: they must be whole hops.</summary>
    public static bool Supports(int frameLength, int hopLength) => frameLength % hopLength == 0;

    /// <summary>The powers |X|².</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">Float32, [batch, samples].</param>
    /// <param name="frameLength">Samples per frame, a power of two.</param>
    /// <param name="hopLength">Samples from one frame to the next; <see cref="Supports"/> says which will do.</param>
    /// <returns>Float32, [batch, frames, N/2 + 1]; one frame of silence where there are no samples.</returns>
    public static OnnxValue Powers(OnnxGraph graph, OnnxValue samples, int frameLength, int hopLength)
    {
        OnnxValue half = graph.Integers([frameLength / 2], 1);
        OnnxValue frames = FrameOperators.Cut(graph, graph.PadRows(samples, half, half), frameLength, hopLength);
        return graph.Cast(FourierOperators.Powers(graph, frames, HannWindow.Periodic(frameLength)), OnnxElement.Float);
    }
}
