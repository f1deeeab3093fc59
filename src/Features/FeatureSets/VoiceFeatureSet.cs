using System.Buffers;
using System.Globalization;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Statistics of spectral shape and pitch over the part of a recording in which there is a voice: 20 MFCC with their first and
/// second derivatives (<see cref="LibrosaFrames"/>), and the pitch in semitones (<see cref="PitchContour"/>), between the first
/// and the last loud frame (<see cref="ActiveSpan"/>).
/// </summary>
internal static class VoiceFeatureSet
{
    private const int MfccCount = 20;
    private const float ActiveDecibels = 26.5f;

    private static readonly double[] ShapeQuantiles = [0.1, 0.5, 0.9];
    private static readonly double[] PitchQuantiles = [0.1, 0.25, 0.5, 0.75, 0.9];
    private static readonly double[] ChangeQuantiles = [0.5, 0.9];

    private static readonly string[] ShapeStatistics = ["mean", "std", .. ShapeQuantiles.Select(Quantile)];

    private static readonly LibrosaOptions Options = new() { MfccCount = MfccCount, DeltaOrder = 2, Chroma = false, Mel = false };

    // The coefficient 0 of the orthonormal cosine transform is the mean over the bands times the root of their number.
    private static readonly float ActiveRange = ActiveDecibels * MathF.Sqrt(Options.MelBands);

    /// <summary>
    /// Defines <c>voice310</c>: for MFCC and derivatives mean, standard deviation and the 10, 50 and 90 % quantiles; then the
    /// share of voiced frames, mean and quantiles of the pitch, quantiles of its change from frame to frame, and the active
    /// duration in seconds. A sound without voice has pitch features of 0.
    /// </summary>
    public static FeatureSet Create()
    {
        LibrosaFrames frames = new(Options);
        return new FeatureSet(
            "voice310",
            "Mean, deviation and quantiles of 20 MFCC and derivatives, and pitch statistics, "
                + "over the active part of a speech recording.",
            new Dictionary<string, string>
            {
                ["algorithm"] = "1",
                ["frame_length"] = Text(Options.FrameLength),
                ["hop_length"] = Text(Options.HopLength),
                ["mel_bands"] = Text(Options.MelBands),
                ["active_db"] = Text(ActiveDecibels),
                ["pitch"] = $"{Text(PitchContour.LowestFrequency)}-{Text(PitchContour.HighestFrequency)} Hz",
                ["sample_rate"] = "native",
            },
            [.. Names(frames)],
            signal => Extract(frames, signal));
    }

    private static IEnumerable<string> Names(LibrosaFrames frames)
    {
        foreach ((string name, int count) in frames.Groups)
        {
            foreach (string statistic in ShapeStatistics)
            {
                for (int i = 1; i <= count; i++)
                {
                    yield return $"{name}_{statistic}_{Text(i)}";
                }
            }
        }

        yield return "voiced_share";
        yield return "pitch_mean";
        foreach (double share in PitchQuantiles)
        {
            yield return $"pitch_{Quantile(share)}";
        }

        foreach (double share in ChangeQuantiles)
        {
            yield return $"pitch_change_{Quantile(share)}";
        }

        yield return "active_seconds";
    }

    private static float[] Extract(LibrosaFrames frames, AudioSignal signal)
    {
        int shapeCount = frames.RowNames.Count * (2 + ShapeQuantiles.Length);
        float[] features = new float[shapeCount + 3 + PitchQuantiles.Length + ChangeQuantiles.Length];
        int stride = frames.Stride(signal);
        float[] rented = ArrayPool<float>.Shared.Rent(frames.RowNames.Count * stride);
        float[] scratch = ArrayPool<float>.Shared.Rent(stride);
        Span<float> rows = rented.AsSpan(0, frames.RowNames.Count * stride);
        frames.Compute(signal, rows, stride);
        ActiveSpan active = ActiveSpan.Of(rows[..frames.FrameCount(signal)], ActiveRange);
        Shape(frames, rows, stride, active, scratch, features);
        Span<float> semitones = rows[..active.Count];
        PitchContour.Track(signal, Options.HopLength, active.First, semitones);
        Pitch(semitones, scratch, features.AsSpan(shapeCount));
        features[^1] = (float)((double)active.Count * Options.HopLength / signal.SampleRate);
        ArrayPool<float>.Shared.Return(scratch);
        ArrayPool<float>.Shared.Return(rented);
        return features;
    }

    private static void Shape(
        LibrosaFrames frames, Span<float> rows, int stride, ActiveSpan active, Span<float> scratch, Span<float> features)
    {
        int row = 0;
        foreach ((_, int count) in frames.Groups)
        {
            for (int i = 0; i < count; i++, row++)
            {
                ReadOnlySpan<float> values = rows.Slice(row * stride + active.First, active.Count);
                (features[i], features[count + i]) = FramePooling.Pool(values);
                Quantiles sorted = Quantiles.Of(values, scratch);
                for (int q = 0; q < ShapeQuantiles.Length; q++)
                {
                    features[(2 + q) * count + i] = sorted.At(ShapeQuantiles[q]);
                }
            }

            features = features[(count * (2 + ShapeQuantiles.Length))..];
        }
    }

    private static void Pitch(Span<float> semitones, Span<float> scratch, Span<float> features)
    {
        Quantiles pitch = Quantiles.Of(semitones, scratch);
        features[0] = semitones.IsEmpty ? 0 : (float)pitch.Count / semitones.Length;
        features[1] = FramePooling.Pool(semitones).Mean;
        for (int q = 0; q < PitchQuantiles.Length; q++)
        {
            features[2 + q] = pitch.At(PitchQuantiles[q]);
        }

        // A change beside an unvoiced frame is undefined, as that frame's pitch is.
        for (int t = 0; t < semitones.Length - 1; t++)
        {
            semitones[t] = MathF.Abs(semitones[t + 1] - semitones[t]);
        }

        Quantiles change = Quantiles.Of(semitones[..Math.Max(0, semitones.Length - 1)], scratch);
        for (int q = 0; q < ChangeQuantiles.Length; q++)
        {
            features[2 + PitchQuantiles.Length + q] = change.At(ChangeQuantiles[q]);
        }
    }

    private static string Quantile(double share) => $"q{Text((int)Math.Round(100 * share))}";

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
