using SerLab.Features.Waveform;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>The feature set <c>meyda74</c> as ONNX operators; what each descriptor is, <see cref="MeydaFrames"/> says.</summary>
internal static class MeydaGraph
{
    private const int MomentCount = 5;
    private const int BinCount = MeydaFrames.BinCount;

    /// <summary>Adds the operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">Float32, [batch, samples]: mono, full scale = 1, any length.</param>
    /// <param name="sampleRate">Samples per second (Hz), for which the filters are made.</param>
    /// <returns>Float32, [batch, 74].</returns>
    public static OnnxValue AddTo(OnnxGraph graph, OnnxValue samples, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        OnnxValue filled = FrameOperators.FillUp(graph, samples, MeydaFrames.FrameLength);
        OnnxValue frames = FrameOperators.Cut(graph, filled, MeydaFrames.FrameLength, MeydaFrames.HopLength);

        // All bins with that at half the sample rate, which only the energy counts.
        OnnxValue powers = FourierOperators.Powers(graph, frames, MeydaFrames.Window());
        OnnxValue root = graph.Apply("Sqrt", [graph.Slice(powers, 2, 0, BinCount)]);
        OnnxValue magnitudes = graph.Cast(root, OnnxElement.Float);
        OnnxValue descriptors = graph.Concat(2, [.. Describe(graph, frames, powers, magnitudes, sampleRate)]);
        (OnnxValue mean, OnnxValue deviation) = PoolingOperators.Pool(graph, descriptors, samples);
        return PoolingOperators.Interleave(graph, mean, deviation, MeydaFrames.Groups);
    }

    // In the order of MeydaFrames.Groups; float32, [batch, frames, 1 or more].
    private static IEnumerable<OnnxValue> Describe(
        OnnxGraph graph, OnnxValue frames, OnnxValue powers, OnnxValue magnitudes, int sampleRate)
    {
        MeydaBanks banks = new(sampleRate);
        OnnxValue wide = graph.Cast(magnitudes, OnnxElement.Double);
        OnnxValue sums = graph.MatrixProduct(wide, graph.Doubles(PowersOfBins(), BinCount, MomentCount));
        OnnxValue total = graph.Slice(sums, 2, 0, 1);
        OnnxValue centroid = Moment(graph, sums, total, 1);
        OnnxValue energy = graph.MatrixProduct(powers, graph.Doubles(EnergyWeights(), BinCount + 1, 1));
        OnnxValue meanSquare = graph.Divide(energy, graph.Doubles([MeydaFrames.FrameLength]));

        yield return Narrow(graph, graph.Apply("Sqrt", [meanSquare]));
        yield return ZeroCrossings(graph, frames);
        yield return Narrow(graph, Rolloff(graph, wide, total, sampleRate));
        yield return Narrow(graph, centroid);
        foreach (OnnxValue shape in SpreadSkewnessAndKurtosis(graph, sums, total, centroid))
        {
            yield return Narrow(graph, shape);
        }

        yield return Narrow(graph, Flatness(graph, wide, total));
        yield return Mfcc(graph, banks, magnitudes);
        yield return Chroma(graph, FilterBankOperators.Apply(graph, banks.Chroma, magnitudes));
        OnnxValue bark = FilterBankOperators.Apply(graph, banks.Bark, magnitudes);
        OnnxValue specificLoudness = graph.Apply("Pow", [bark, graph.Scalar(0.23f)]);
        OnnxValue loudness = graph.Sum(specificLoudness, 2);
        yield return graph.Divide(loudness, graph.Scalar(MeydaFrames.BarkBands));
        yield return Narrow(graph, energy);
        yield return Sharpness(graph, specificLoudness, loudness);
        yield return Narrow(graph, Slope(graph, centroid, sampleRate));
    }

    private static OnnxValue Narrow(OnnxGraph graph, OnnxValue value) => graph.Cast(value, OnnxElement.Float);

    private static OnnxValue Moment(OnnxGraph graph, OnnxValue sums, OnnxValue total, int order) =>
        graph.Divide(graph.Slice(sums, 2, order, order + 1), total);

    // k^i: one product gives all sums, exact to 64 bits, because they cancel each other in the shape descriptors.
    private static double[] PowersOfBins() =>
        [.. Enumerable.Range(0, BinCount).SelectMany(k => Enumerable.Range(0, MomentCount).Select(i => Math.Pow(k, i)))];

    // Parseval's theorem: all bins but the first and the last stand for themselves and their mirror image.
    private static double[] EnergyWeights() =>
        [.. Enumerable.Range(0, BinCount + 1).Select(k => (k is 0 or BinCount ? 1.0 : 2.0) / MeydaFrames.FrameLength)];

    private static OnnxValue ZeroCrossings(OnnxGraph graph, OnnxValue frames)
    {
        // The window is zero at both ends, and zero counts as positive.
        int last = MeydaFrames.FrameLength - 2;
        OnnxValue below = Narrow(graph, graph.Apply("Less", [frames, graph.Scalar(0)]));
        OnnxValue changes = graph.Subtract(graph.Slice(below, 2, 2, last + 1), graph.Slice(below, 2, 1, last));
        OnnxValue inside = graph.Sum(graph.Apply("Abs", [changes]), 2);
        return graph.Add(inside, graph.Add(graph.Slice(below, 2, 1, 2), graph.Slice(below, 2, last, last + 1)));
    }

    // Bins go from the top until at most 99 % of the sum is left: those count of which, with all above gone, more is left.
    private static OnnxValue Rolloff(OnnxGraph graph, OnnxValue magnitudes, OnnxValue total, int sampleRate)
    {
        OnnxValue above = graph.Apply(
            "CumSum", [magnitudes, graph.Integers([2L])], OnnxAttribute.Of("exclusive", 1L), OnnxAttribute.Of("reverse", 1L));
        OnnxValue least = graph.Multiply(total, graph.Doubles([0.99]));
        OnnxValue taken = graph.Apply("Greater", [graph.Subtract(total, above), least]);
        OnnxValue left = graph.Subtract(
            graph.Doubles([BinCount]), graph.Sum(graph.Cast(taken, OnnxElement.Double), 2));
        return graph.Multiply(left, graph.Doubles([sampleRate / (2.0 * (BinCount - 1))]));
    }

    private static OnnxValue[] SpreadSkewnessAndKurtosis(OnnxGraph graph, OnnxValue sums, OnnxValue total, OnnxValue m1)
    {
        OnnxValue Times(double factor, params ReadOnlySpan<OnnxValue> factors)
        {
            OnnxValue product = graph.Doubles([factor]);
            foreach (OnnxValue next in factors)
            {
                product = graph.Multiply(product, next);
            }

            return product;
        }

        (OnnxValue m2, OnnxValue m3, OnnxValue m4) =
            (Moment(graph, sums, total, 2), Moment(graph, sums, total, 3), Moment(graph, sums, total, 4));
        OnnxValue spread = graph.Apply("Sqrt", [graph.Subtract(m2, Times(1, m1, m1))]);
        OnnxValue third = graph.Add(graph.Add(Times(2, m1, m1, m1), Times(-3, m1, m2)), m3);
        OnnxValue fourth = graph.Add(
            graph.Add(Times(-3, m1, m1, m1, m1), Times(6, m1, m2)), graph.Add(Times(-4, m1, m3), m4));
        return
        [
            spread,
            graph.Divide(third, Times(1, spread, spread, spread)),
            graph.Divide(fourth, Times(1, spread, spread, spread, spread)),
        ];
    }

    private static OnnxValue Flatness(OnnxGraph graph, OnnxValue magnitudes, OnnxValue total)
    {
        OnnxValue bins = graph.Doubles([BinCount]);
        OnnxValue logarithms = graph.Sum(graph.Apply("Log", [magnitudes]), 2);
        OnnxValue geometricMean = graph.Apply("Exp", [graph.Divide(logarithms, bins)]);
        return graph.Divide(graph.Multiply(geometricMean, bins), total);
    }

    private static OnnxValue Mfcc(OnnxGraph graph, MeydaBanks banks, OnnxValue magnitudes)
    {
        OnnxValue bands = FilterBankOperators.Apply(graph, banks.Mel, graph.Multiply(magnitudes, magnitudes));
        OnnxValue more = graph.Add(graph.Cast(bands, OnnxElement.Double), graph.Doubles([1]));
        return FilterBankOperators.Apply(graph, banks.Cepstrum, Narrow(graph, graph.Apply("Log", [more])));
    }

    private static OnnxValue Chroma(OnnxGraph graph, OnnxValue classes)
    {
        OnnxValue strongest = graph.Apply("ReduceMax", [classes], OnnxAttribute.Of("axes", [2L]));
        OnnxValue silent = graph.Apply("Equal", [strongest, graph.Scalar(0)]);
        return graph.Divide(classes, graph.Apply("Where", [silent, graph.Scalar(1), strongest]));
    }

    private static OnnxValue Sharpness(OnnxGraph graph, OnnxValue specificLoudness, OnnxValue loudness)
    {
        float[] weights = [.. Enumerable.Range(0, MeydaFrames.BarkBands).Select(b => b <= MeydaBatch.WeightedBarkBands ? b : 0f)];
        OnnxValue low = graph.MatrixProduct(specificLoudness, graph.Constant(weights, weights.Length, 1));
        OnnxValue moment = graph.Add(low, graph.Scalar(MeydaBatch.SharpnessOfHighBands));
        return graph.Divide(graph.Multiply(moment, graph.Scalar(0.11f)), loudness);
    }

    private static OnnxValue Slope(OnnxGraph graph, OnnxValue centroid, int sampleRate)
    {
        double step = (double)sampleRate / MeydaFrames.FrameLength;
        double[] frequencies = [.. Enumerable.Range(0, BinCount).Select(k => k * step)];
        double sum = frequencies.Sum();
        double divisor = frequencies.Sum(f => f * f) - (sum * sum);
        OnnxValue covariance = graph.Subtract(graph.Multiply(centroid, graph.Doubles([BinCount * step])), graph.Doubles([sum]));
        return graph.Divide(covariance, graph.Doubles([divisor]));
    }
}
