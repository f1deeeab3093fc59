using SerLab.Core;
using SerLab.Features.Dsp;
using SerLab.Features.Waveform;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>Feature sets of librosa's descriptors as ONNX operators, equal to <see cref="LibrosaFrames"/>.</summary>
internal static class LibrosaGraph
{
    private const float DecibelRange = 80;

    /// <summary>
    /// Whether there are operators for some options: frames must be whole hops, and derivatives of MFCC are not there yet.
    /// </summary>
    public static bool Supports(LibrosaOptions options) =>
        options.DeltaOrder == 0 && options.FrameLength % options.HopLength == 0;

    /// <summary>Adds the operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">Float32, [batch, samples]: mono, full scale = 1, any length.</param>
    /// <param name="sampleRate">Samples per second (Hz), for which the filters are made.</param>
    /// <param name="options">Which descriptors, and how they are pooled; <see cref="Supports"/> says which will do.</param>
    /// <returns>Float32, [batch, features].</returns>
    /// <exception cref="InvalidInputException">The features are defined at another sample rate.</exception>
    public static OnnxValue AddTo(OnnxGraph graph, OnnxValue samples, int sampleRate, LibrosaOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        if (options.SampleRate is { } declared && declared != sampleRate)
        {
            throw new InvalidInputException(
                $"This feature set is defined at {declared} samples per second, and the model would take {sampleRate}; "
                    + "resample the sounds.");
        }

        OnnxValue half = graph.Integers([options.FrameLength / 2], 1);
        OnnxValue padded = graph.PadRows(samples, half, half);
        OnnxValue frames = FrameOperators.Cut(graph, padded, options.FrameLength, options.HopLength);
        OnnxValue powers = graph.Cast(
            FourierOperators.Powers(graph, frames, HannWindow.Periodic(options.FrameLength)), OnnxElement.Float);
        OnnxValue mel = FilterBankOperators.Apply(
            graph, MelBank.Slaney(sampleRate, options.FrameLength, options.MelBands), powers);

        List<OnnxValue> descriptors = [];
        if (options.MfccCount > 0)
        {
            descriptors.Add(Mfcc(graph, mel, CosineTransform.Orthonormal(options.MelBands, options.MfccCount)));
        }

        if (options.Chroma)
        {
            OnnxValue magnitudes = graph.Apply("Sqrt", [powers]);
            OnnxValue tuning = TuningOperators.Estimate(graph, magnitudes, sampleRate, options.FrameLength);
            descriptors.Add(ChromaOperators.Fold(graph, magnitudes, tuning, sampleRate, options.FrameLength));
        }

        if (options.Mel)
        {
            descriptors.Add(mel);
        }

        (OnnxValue mean, OnnxValue deviation) = PoolingOperators.Pool(graph, graph.Concat(2, [.. descriptors]), samples);
        return options.StandardDeviation
            ? PoolingOperators.Interleave(graph, mean, deviation, new LibrosaFrames(options).Groups)
            : mean;
    }

    private static OnnxValue Mfcc(OnnxGraph graph, OnnxValue mel, FilterBank cosines)
    {
        OnnxValue heard = graph.Apply("Max", [mel, graph.Scalar(Decibels.SmallestPower)]);
        OnnxValue decibels = graph.Multiply(graph.Apply("Log", [heard]), graph.Scalar((float)(10 / Math.Log(10))));
        OnnxValue loudest = graph.Apply("ReduceMax", [decibels], OnnxAttribute.Of("axes", [1L, 2]));
        OnnxValue limited = graph.Apply("Max", [decibels, graph.Subtract(loudest, graph.Scalar(DecibelRange))]);

        // All cosines but the first are orthogonal to a constant: without the common floor the sums are smaller and silence is
        // exactly zero.
        OnnxValue floor = graph.Apply("ReduceMin", [limited], OnnxAttribute.Of("axes", [1L, 2]));
        OnnxValue cepstrum = FilterBankOperators.Apply(graph, cosines, graph.Subtract(limited, floor));
        float[] first = new float[cosines.BandCount];
        first[0] = MathF.Sqrt(cosines.InputCount);
        return graph.Add(cepstrum, graph.Multiply(floor, graph.Constant(first, first.Length)));
    }
}
