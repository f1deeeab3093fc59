using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Datasets.Synthetic;

/// <summary>
/// What a place and a device make of a sound. The room is Schroeder's (Natural sounding artificial reverberation, 1962): four
/// echoes that feed on themselves, side by side, then two all-pass filters that multiply them. Nothing in them depends on less
/// than a hundred samples before, so they are computed in blocks as long as their delays.
/// </summary>
internal static class PlaceAcoustics
{
    // Seconds, of a room of usual size; no two have a common measure.
    private static readonly double[] Echoes = [0.0297, 0.0371, 0.0411, 0.0437];
    private static readonly double[] Diffusers = [0.005, 0.0031];

    private const float Diffusion = 0.7f;
    private const double Crossover = 1000;

    /// <summary>Changes a sound in place; its level stays what it was, the device's noise included.</summary>
    /// <param name="place">Where it sounds.</param>
    /// <param name="sampleRate">Hz.</param>
    /// <param name="sound">The sound.</param>
    /// <param name="wet">Room to work in, as long as the sound.</param>
    /// <param name="scratch">More room, as long as the sound.</param>
    public static void Apply(Place place, int sampleRate, Span<float> sound, Span<float> wet, Span<float> scratch)
    {
        Reverberate(place, sampleRate, sound, wet, scratch);
        float clean = WhiteNoise.RootMeanSquare(sound);
        float floor = (float)Math.Pow(10, place.Floor / 20);
        float near = (float)Math.Sqrt(1 - place.Distance);
        float far = (float)Math.Sqrt(place.Distance) * clean / WhiteNoise.RootMeanSquare(wet);
        TensorPrimitives.Multiply(sound, near, sound);
        TensorPrimitives.MultiplyAdd(wet, far, sound, sound);

        WhiteNoise.Fill(scratch, new SeededRandom(place.Seed));
        TensorPrimitives.MultiplyAdd(scratch, floor * MathF.Sqrt(3), sound, sound);
        Record(place, sampleRate, sound);
        float level = MathF.Sqrt((clean * clean) + (floor * floor));
        TensorPrimitives.Multiply(sound, level / WhiteNoise.RootMeanSquare(sound), sound);
    }

    private static void Reverberate(
        Place place, int sampleRate, ReadOnlySpan<float> sound, Span<float> wet, Span<float> scratch)
    {
        wet.Clear();
        foreach (double seconds in Echoes)
        {
            double delay = seconds * place.Size;
            float gain = (float)Math.Pow(10, -3 * delay / place.Reverberation);
            FeedBack(sound, scratch, (int)(delay * sampleRate), gain);
            TensorPrimitives.Add(wet, scratch, wet);
        }

        foreach (double seconds in Diffusers)
        {
            int delay = (int)(seconds * place.Size * sampleRate);
            FeedBack(wet, wet, delay, Diffusion);
            wet.CopyTo(scratch);
            TensorPrimitives.Multiply(wet, -Diffusion, wet);
            TensorPrimitives.Add(wet[delay..], scratch[..^delay], wet[delay..]);
        }
    }

    /// <summary>y(t) = x(t) + gain · y(t - delay); x and y may be the same buffer.</summary>
    private static void FeedBack(ReadOnlySpan<float> x, Span<float> y, int delay, float gain)
    {
        x[..Math.Min(delay, x.Length)].CopyTo(y);
        for (int start = delay; start < x.Length; start += delay)
        {
            int length = Math.Min(delay, x.Length - start);
            TensorPrimitives.MultiplyAdd(y.Slice(start - delay, length), gain, x.Slice(start, length), y.Slice(start, length));
        }
    }

    /// <summary>One pole for the tilt, two for the end of the bandwidth.</summary>
    private static void Record(Place place, int sampleRate, Span<float> sound)
    {
        OnePole crossover = OnePole.At(Crossover, sampleRate);
        OnePole end = OnePole.At(place.Bandwidth, sampleRate);
        float gain = (float)Math.Pow(10, place.Tilt / 20);
        float low = 0;
        float first = 0;
        float second = 0;
        foreach (ref float sample in sound)
        {
            low = crossover.Next(low, sample);
            first = end.Next(first, low + (gain * (sample - low)));
            second = end.Next(second, first);
            sample = second;
        }
    }
}
