using SerLab.Features.Dsp;
using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>
/// Pitch classes of clips that each have a tuning of their own: the bells of <see cref="ChromaBank.Librosa"/> are computed in the
/// graph, because a bank for each of a hundred tunings would take megabytes.
/// </summary>
internal static class ChromaOperators
{
    private const int Classes = ChromaBank.Classes;

    /// <summary>Folds spectra into pitch classes relative to the frame's strongest.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="magnitudes">Float32, [batch, frames, N/2 + 1].</param>
    /// <param name="tuning">Semitones, float64, [batch, 1].</param>
    /// <param name="sampleRate">Samples per second (Hz).</param>
    /// <param name="fftLength">N.</param>
    /// <returns>Float32, [batch, frames, 12]; all 0 in silence.</returns>
    public static OnnxValue Fold(OnnxGraph graph, OnnxValue magnitudes, OnnxValue tuning, int sampleRate, int fftLength)
    {
        OnnxValue weights = graph.Cast(Weights(graph, tuning, sampleRate, fftLength), OnnxElement.Float);
        OnnxValue classes = graph.MatrixProduct(magnitudes, weights);
        OnnxValue strongest = graph.Apply("ReduceMax", [classes], OnnxAttribute.Of("axes", [2L]));
        OnnxValue silent = graph.Apply("Less", [strongest, graph.Scalar(1.17549435e-38f)]);
        return graph.Divide(classes, graph.Apply("Where", [silent, graph.Scalar(1), strongest]));
    }

    // [batch, bins, 12], float64.
    private static OnnxValue Weights(OnnxGraph graph, OnnxValue tuning, int sampleRate, int fftLength)
    {
        int bins = (fftLength / 2) + 1;
        double[] inTune = ChromaBank.Semitones(sampleRate, fftLength, bins + 1, tuning: 0);
        double[] sharpness = [.. Enumerable.Range(0, bins).Select(k => 2 / Math.Max(inTune[k + 1] - inTune[k], 1))];

        // A reference that is sharp lowers all pitches relative to it.
        OnnxValue semitones = graph.Subtract(
            graph.Doubles(inTune.AsSpan(0, bins), bins, 1), graph.Apply("Unsqueeze", [tuning, graph.Integers([2L], 1)]));
        double[] notes = [.. Enumerable.Range(0, Classes).Select(c => (double)((c + 3) % Classes) - (Classes / 2))];
        OnnxValue distance = graph.Subtract(
            FloorModulo(graph, graph.Subtract(semitones, graph.Doubles(notes, Classes)), Classes), graph.Doubles([Classes / 2]));
        OnnxValue bells = Bell(graph, graph.Multiply(distance, graph.Doubles(sharpness, bins, 1)));
        OnnxValue length = graph.Apply("Sqrt", [graph.Sum(graph.Multiply(bells, bells), 2)]);
        OnnxValue octaves = graph.Subtract(graph.Divide(semitones, graph.Doubles([Classes])), graph.Doubles([5]));
        OnnxValue keyboard = Bell(graph, graph.Divide(octaves, graph.Doubles([2])));
        return graph.Multiply(bells, graph.Divide(keyboard, length));
    }

    private static OnnxValue Bell(OnnxGraph graph, OnnxValue x) =>
        graph.Apply("Exp", [graph.Multiply(graph.Doubles([-0.5]), graph.Multiply(x, x))]);

    private static OnnxValue FloorModulo(OnnxGraph graph, OnnxValue x, double modulus)
    {
        OnnxValue divisor = graph.Doubles([modulus]);
        return graph.Subtract(x, graph.Multiply(divisor, graph.Apply("Floor", [graph.Divide(x, divisor)])));
    }
}
