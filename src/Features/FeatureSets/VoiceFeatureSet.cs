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


    /// <summary>The shares at which quantiles of spectral shape are taken.</summary>
    public static IReadOnlyList<double> ShapeQuantiles { get; } = [0.1, 0.5, 0.9];

    /// <summary>Those of the pitch.</summary>
    public static IReadOnlyList<double> PitchQuantiles { get; } = [0.1, 0.25, 0.5, 0.75, 0.9];

    /// <summary>Those of its change from frame to frame.</summary>
    public static IReadOnlyList<double> ChangeQuantiles { get; } = [0.5, 0.9];

    /// <summary>How spectral shape is described frame by frame.</summary>
    public static LibrosaOptions Options { get; } =
        new() { MfccCount = MfccCount, DeltaOrder = 2, Chroma = false, Mel = false };

    /// <summary>
    /// How far the MFCC 0 of an active frame lies below that of the loudest: the coefficient 0 of the orthonormal cosine
    /// transform is the mean over the bands times the root of their number.
    /// </summary>
    public static float ActiveRange { get; } = ActiveDecibels * MathF.Sqrt(Options.MelBands);

    /// <summary>
    /// Defines <c>voice310</c>: for MFCC and derivatives mean, standard deviation and the 10, 50 and 90 % quantiles; then the
    /// share of voiced frames, mean and quantiles of the pitch, quantiles of its change from frame to frame, and the active
    /// duration in seconds. A sound without voice has pitch features of 0.
    /// </summary>
    public static FeatureSet Create()
    {
        LibrosaFrames frames = new(Options);
        return FeatureSet.Streaming(
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
            sound => Extract(frames, sound),
            VoiceGraph.AddTo);
    }

    private static IEnumerable<string> Names(LibrosaFrames frames)
    {
        foreach ((string name, int count) in frames.Groups)
        {
            foreach (string statistic in (string[])["mean", "std", .. ShapeQuantiles.Select(Quantile)])
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

    private static float[] Extract(LibrosaFrames frames, Sound sound)
    {
        int shapeCount = frames.RowNames.Count * (2 + ShapeQuantiles.Count);
        float[] features = new float[shapeCount + 3 + PitchQuantiles.Count + ChangeQuantiles.Count];
        using FrameRows kept = frames.Keep(sound);
        float[] rented = ArrayPool<float>.Shared.Rent(kept.FrameCount);
        float[] scratch = ArrayPool<float>.Shared.Rent(kept.FrameCount);
        Span<float> values = rented.AsSpan(0, kept.FrameCount);
        frames.Read(kept, 0, values);
        ActiveSpan active = ActiveSpan.Of(values, ActiveRange);
        Shape(frames, kept, active, values, scratch, features);
        Span<float> semitones = values[..active.Count];
        PitchContour.Track(sound, Options.HopLength, active.First, semitones);
        Pitch(semitones, scratch, features.AsSpan(shapeCount));
        features[^1] = (float)((double)active.Count * Options.HopLength / sound.SampleRate);
        ArrayPool<float>.Shared.Return(scratch);
        ArrayPool<float>.Shared.Return(rented);
        return features;
    }

    private static void Shape(
        LibrosaFrames frames, FrameRows kept, ActiveSpan active, Span<float> values, Span<float> scratch, Span<float> features)
    {
        int row = 0;
        foreach ((_, int count) in frames.Groups)
        {
            for (int i = 0; i < count; i++, row++)
            {
                frames.Read(kept, row, values);
                ReadOnlySpan<float> spoken = values.Slice(active.First, active.Count);
                FrameMoments moments = FramePooling.Pool(spoken);
                (features[i], features[count + i]) = (moments.Mean, moments.StandardDeviation);
                Quantiles sorted = Quantiles.Of(spoken, scratch);
                for (int q = 0; q < ShapeQuantiles.Count; q++)
                {
                    features[(2 + q) * count + i] = sorted.At(ShapeQuantiles[q]);
                }
            }

            features = features[(count * (2 + ShapeQuantiles.Count))..];
        }
    }

    private static void Pitch(Span<float> semitones, Span<float> scratch, Span<float> features)
    {
        Quantiles pitch = Quantiles.Of(semitones, scratch);
        features[0] = semitones.IsEmpty ? 0 : (float)pitch.Count / semitones.Length;
        features[1] = FramePooling.Pool(semitones).Mean;
        for (int q = 0; q < PitchQuantiles.Count; q++)
        {
            features[2 + q] = pitch.At(PitchQuantiles[q]);
        }

        // A change beside an unvoiced frame is undefined, as that frame's pitch is.
        for (int t = 0; t < semitones.Length - 1; t++)
        {
            semitones[t] = MathF.Abs(semitones[t + 1] - semitones[t]);
        }

        Quantiles change = Quantiles.Of(semitones[..Math.Max(0, semitones.Length - 1)], scratch);
        for (int q = 0; q < ChangeQuantiles.Count; q++)
        {
            features[2 + PitchQuantiles.Count + q] = change.At(ChangeQuantiles[q]);
        }
    }

    private static string Quantile(double share) => $"q{Text((int)Math.Round(100 * share))}";

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
