using SerLab.Features.Dsp;
using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>
/// How far each clip is out of tune, as <see cref="PitchTuning"/> estimates it, step by step in the same precision, so that peaks
/// near a limit between two hundredths of a semitone fall on the same side of it.
/// </summary>
internal static class TuningOperators
{
    private const int Steps = SpectralPeaks.StepsPerSemitone;

    /// <summary>Estimates the tuning.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="magnitudes">Float32, [batch, frames, N/2 + 1].</param>
    /// <param name="sampleRate">Samples per second (Hz).</param>
    /// <param name="fftLength">N.</param>
    /// <returns>Semitones, float64, [batch, 1]; 0 for a clip without peaks.</returns>
    public static OnnxValue Estimate(OnnxGraph graph, OnnxValue magnitudes, int sampleRate, int fftLength)
    {
        (int first, int end) = SpectralPeaks.Bins(sampleRate, fftLength);
        OnnxValue before = graph.Slice(magnitudes, 2, first - 1, end - 1);
        OnnxValue here = graph.Slice(magnitudes, 2, first, end);
        OnnxValue after = graph.Slice(magnitudes, 2, first + 1, end + 1);
        OnnxValue loudest = graph.Apply("ReduceMax", [magnitudes], OnnxAttribute.Of("axes", [2L]));
        OnnxValue least = graph.Multiply(loudest, graph.Scalar(SpectralPeaks.Threshold));
        OnnxValue peaks = graph.Apply(
            "And",
            [
                graph.Apply("Greater", [here, graph.Apply("Max", [before, least])]),
                graph.Apply("GreaterOrEqual", [here, after]),
            ]);

        OnnxValue slope = graph.Divide(graph.Subtract(after, before), graph.Scalar(2));
        OnnxValue shift = Shift(graph, before, here, after, slope);
        OnnxValue strength = graph.Add(here, graph.Multiply(graph.Multiply(graph.Scalar(0.5f), slope), shift));
        OnnxValue steps = Step(graph, Pitch(graph, shift, first, end, (double)sampleRate / fftLength));
        return MostFrequent(graph, Flatten(graph, peaks), Flatten(graph, strength), Flatten(graph, steps));
    }

    // The distance of the parabola's top from the bin; 0 where it would lie beyond the neighbours.
    private static OnnxValue Shift(OnnxGraph graph, OnnxValue before, OnnxValue here, OnnxValue after, OnnxValue slope)
    {
        OnnxValue curvature = graph.Subtract(
            Widen(graph, graph.Add(after, before)), graph.Multiply(graph.Doubles([2]), Widen(graph, here)));
        OnnxValue wideSlope = Widen(graph, slope);
        OnnxValue outside = graph.Apply("GreaterOrEqual", [graph.Apply("Abs", [wideSlope]), graph.Apply("Abs", [curvature])]);
        OnnxValue top = graph.Divide(graph.Apply("Neg", [wideSlope]), curvature);
        return Narrow(graph, graph.Apply("Where", [outside, graph.Doubles([0]), top]));
    }

    // Hz, rounded to 32 bits.
    private static OnnxValue Pitch(OnnxGraph graph, OnnxValue shift, int first, int end, double binWidth)
    {
        OnnxValue bins = graph.Doubles([.. Enumerable.Range(first, end - first).Select(bin => (double)bin)], end - first);
        return Narrow(graph, graph.Multiply(graph.Add(bins, Widen(graph, shift)), graph.Doubles([binWidth])));
    }

    // The hundredth of a semitone, 0 ... 99, counted from half a semitone below the nearest note.
    private static OnnxValue Step(OnnxGraph graph, OnnxValue pitch)
    {
        OnnxValue ratio = graph.Divide(pitch, graph.Scalar(440f / 16));
        OnnxValue octaves = graph.Divide(graph.Apply("Log", [Widen(graph, ratio)]), graph.Doubles([Math.Log(2)]));
        OnnxValue semitones = graph.Multiply(graph.Scalar(12), Narrow(graph, octaves));
        OnnxValue above = graph.Subtract(semitones, graph.Apply("Floor", [semitones]));
        OnnxValue nearer = graph.Apply("GreaterOrEqual", [above, graph.Scalar(0.5f)]);
        OnnxValue deviation = Widen(graph, graph.Apply("Where", [nearer, graph.Subtract(above, graph.Scalar(1)), above]));
        OnnxValue guess = Clamp(graph, graph.Apply("Floor",
            [graph.Multiply(graph.Add(deviation, graph.Doubles([0.5])), graph.Doubles([Steps]))]));
        OnnxValue tooHigh = graph.Apply("Less", [deviation, Edge(graph, guess)]);
        OnnxValue tooLow = graph.Apply("GreaterOrEqual", [deviation, Edge(graph, graph.Add(guess, graph.Doubles([1])))]);
        return Clamp(graph, graph.Add(guess, graph.Subtract(Widen(graph, tooLow), Widen(graph, tooHigh))));
    }

    // The most frequent step of the peaks at least as strong as their median; the first of equals.
    private static OnnxValue MostFrequent(OnnxGraph graph, OnnxValue peaks, OnnxValue strength, OnnxValue steps)
    {
        OnnxValue ranked = Rank(graph, graph.Apply("Where", [peaks, strength, graph.Scalar(-1)]));
        OnnxValue count = graph.Sum(graph.Cast(peaks, OnnxElement.Float), 1);

        // The upper of the two middle values: from the strongest down, the one after (count - 1) / 2 others.
        OnnxValue one = graph.Integers([1L], 1);
        OnnxValue others = graph.Divide(
            graph.Subtract(graph.Apply("Max", [graph.Cast(count, OnnxElement.Int64), one]), one), graph.Integers([2L], 1));
        OnnxValue median = graph.Apply("GatherElements", [ranked, others], OnnxAttribute.Of("axis", 1L));
        OnnxValue chosen = graph.Apply("And", [peaks, graph.Apply("GreaterOrEqual", [strength, median])]);

        // Without peaks the histogram is a single count at the step of tuning 0.
        OnnxValue empty = graph.Cast(graph.Apply("Equal", [count, graph.Scalar(0)]), OnnxElement.Float);
        float[] none = new float[Steps];
        none[Steps / 2] = 1;
        OnnxValue histogram = graph.Apply(
            "ScatterElements",
            [
                graph.Multiply(empty, graph.Constant(none, 1, Steps)),
                graph.Cast(steps, OnnxElement.Int64),
                graph.Cast(chosen, OnnxElement.Float),
            ],
            OnnxAttribute.Of("axis", 1L),
            OnnxAttribute.Of("reduction", "add"));
        OnnxValue best = graph.Apply("ArgMax", [histogram], OnnxAttribute.Of("axis", 1L));
        return Edge(graph, Widen(graph, best));
    }

    // From the largest down. ONNX Runtime ends the process when it ranks a batch without rows, so one row is added and taken away
    // again.
    private static OnnxValue Rank(OnnxGraph graph, OnnxValue rows)
    {
        OnnxValue width = graph.Size(rows, 1);
        OnnxValue row = graph.Apply("ConstantOfShape", [graph.Concat(0, graph.Integers([1L], 1), width)]);
        return graph.Slice(graph.ApplyMany("TopK", 2, [graph.Concat(0, rows, row), width])[0], 0, 0, -1);
    }

    private static OnnxValue Edge(OnnxGraph graph, OnnxValue step) =>
        graph.Add(graph.Doubles([-0.5]), graph.Multiply(step, graph.Doubles([1.0 / Steps])));

    // Not a number becomes 0: it is no peak, but must not point outside the histogram.
    private static OnnxValue Clamp(OnnxGraph graph, OnnxValue step) => graph.Apply(
        "Where",
        [
            graph.Apply("Greater", [step, graph.Doubles([0])]),
            graph.Apply("Min", [step, graph.Doubles([Steps - 1])]),
            graph.Doubles([0]),
        ]);

    // [batch, frames, bins] → [batch, frames x bins], of batches without clips too.
    private static OnnxValue Flatten(OnnxGraph graph, OnnxValue value) => graph.Apply(
        "Reshape",
        [value, graph.Concat(0, graph.Size(value, 0), graph.Multiply(graph.Size(value, 1), graph.Size(value, 2)))]);

    private static OnnxValue Widen(OnnxGraph graph, OnnxValue value) => graph.Cast(value, OnnxElement.Double);

    private static OnnxValue Narrow(OnnxGraph graph, OnnxValue value) => graph.Cast(value, OnnxElement.Float);
}
