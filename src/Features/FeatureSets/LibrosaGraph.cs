using SerLab.Core;
using SerLab.Features.Dsp;
using SerLab.Features.Waveform;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>Feature sets of librosa's descriptors as ONNX operators, equal to <see cref="LibrosaFrames"/>.</summary>
internal static class LibrosaGraph
{
    /// <summary>Whether there are operators for some options.</summary>
    public static bool Supports(LibrosaOptions options) =>
        SpectrumOperators.Supports(options.FrameLength, options.HopLength);

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

        OnnxValue frames = Frames(graph, samples, sampleRate, options);
        (OnnxValue mean, OnnxValue deviation) = PoolingOperators.Pool(graph, frames, samples);
        return options.StandardDeviation
            ? PoolingOperators.Interleave(graph, mean, deviation, new LibrosaFrames(options).Groups)
            : mean;
    }

    /// <summary>
    /// All descriptors frame by frame, in the order of <see cref="LibrosaFrames"/>: float32, [batch, frames, descriptors]; one
    /// frame where there are no samples.
    /// </summary>
    public static OnnxValue Frames(OnnxGraph graph, OnnxValue samples, int sampleRate, LibrosaOptions options)
    {
        OnnxValue powers = SpectrumOperators.Powers(graph, samples, options.FrameLength, options.HopLength);
        OnnxValue mel = FilterBankOperators.Apply(
            graph, MelBank.Slaney(sampleRate, options.FrameLength, options.MelBands), powers);
        List<OnnxValue> descriptors = [];
        if (options.MfccCount > 0)
        {
            FilterBank cosines = CosineTransform.Orthonormal(options.MelBands, options.MfccCount);
            OnnxValue mfcc = CepstrumOperators.Of(graph, DecibelOperators.FromPower(graph, mel), cosines);
            descriptors.Add(mfcc);
            descriptors.AddRange(
                Enumerable.Range(1, options.DeltaOrder).Select(order => CepstrumOperators.Derivative(graph, mfcc, order)));
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

        return graph.Concat(2, [.. descriptors]);
    }
}
