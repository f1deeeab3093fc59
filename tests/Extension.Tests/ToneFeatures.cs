using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;

namespace SerLab.Extension.Tests;

/// <summary>Two feature sets: a row of two numbers, and a series of frames.</summary>
internal static class ToneFeatures
{
    private const int FrameLength = 400;

    /// <summary>Rank 1: the loudness of the sound and its highest sample.</summary>
    public static FeatureSet Rows { get; } = new(
        "tone-row", "Loudness and peak.", [new("version", "1")], ["rms", "peak"], signal => Row(signal.Samples.Span));

    /// <summary>Rank 2: the same of every frame.</summary>
    public static FeatureSet Frames { get; } = new(
        "tone-frames",
        "Loudness and peak of every frame.",
        [new("version", "1"), new("frame_length", $"{FrameLength}")],
        ["rms", "peak"],
        ByFrame,
        ExampleShape.Series(frames: null, bands: 2));

    private static float[] ByFrame(AudioSignal signal) =>
    [
        .. Enumerable.Range(0, signal.Samples.Length / FrameLength)
            .SelectMany(frame => Row(signal.Samples.Span.Slice(frame * FrameLength, FrameLength))),
    ];

    private static float[] Row(ReadOnlySpan<float> samples)
    {
        double energy = 0;
        float peak = 0;
        foreach (float sample in samples)
        {
            energy += sample * sample;
            peak = Math.Max(peak, Math.Abs(sample));
        }

        return [(float)Math.Sqrt(energy / samples.Length), peak];
    }
}
