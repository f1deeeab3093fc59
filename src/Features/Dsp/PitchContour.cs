using System.Buffers;
using System.Numerics.Tensors;
using SerLab.Features.Audio;

namespace SerLab.Features.Dsp;

/// <summary>
/// The pitch of a voice over time: the lag at which the sound around a frame resembles itself most, by the cross-correlation of
/// two windows normalised by their energies, between 60 and 600 Hz (Talkin, "A Robust Algorithm for Pitch Tracking", in Kleijn
/// and Paliwal, Speech Coding and Synthesis, 1995, first stage; there is no dynamic programming over frames). A gain changes
/// nothing.
/// </summary>
/// <remarks>
/// The sound is averaged down to 10 kHz or a little more: enough for the harmonics that carry the pitch. The lag is refined by a
/// parabola through its neighbours. Of nearly equal peaks the one with the shortest lag is taken, because a periodic sound
/// resembles itself at all multiples of its period (Boersma 1993 calls it the octave cost).
/// </remarks>
internal static class PitchContour
{
    /// <summary>The lowest pitch in Hz.</summary>
    public const double LowestFrequency = 60;

    /// <summary>The highest pitch in Hz.</summary>
    public const double HighestFrequency = 600;

    /// <summary>The pitch that counts as 0 semitones, in Hz: the note A1.</summary>
    public const double ReferenceFrequency = 55;

    /// <summary>The correlation above which a frame counts as voiced.</summary>
    public const double VoicedCorrelation = 0.5;

    /// <summary>How much a longer lag must correlate better to be taken.</summary>
    public const double OctaveCost = 0.02;

    /// <summary>Windows of which the mean energy is not above this correlate with nothing.</summary>
    public const double LeastEnergy = 1e-9;

    /// <summary>Tracks the pitch frame by frame; hears the sound twice.</summary>
    /// <param name="sound">
    /// Any length and rate. Samples that are not finite count as silence, as does all before and after it.
    /// </param>
    /// <param name="hopLength">Samples from the centre of one frame to the next; frame t is centred on sample t x hop.</param>
    /// <param name="firstFrame">The first frame to track.</param>
    /// <param name="semitones">
    /// Receives the pitch of that frame and those after it in semitones above <see cref="ReferenceFrequency"/>; NaN where there
    /// is no voice.
    /// </param>
    public static void Track(Sound sound, int hopLength, int firstFrame, Span<float> semitones)
    {
        ArgumentNullException.ThrowIfNull(sound);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hopLength);
        ArgumentOutOfRangeException.ThrowIfNegative(firstFrame);
        PitchGeometry geometry = PitchGeometry.At(sound.SampleRate);
        if (!geometry.HearsVoices)
        {
            semitones.Fill(float.NaN);
            return;
        }

        (int factor, double rate, int window, int shortest, int longest) = geometry;
        int span = geometry.Span;
        using SlowedSound slowed = new(sound, factor, span);
        float[] correlations = ArrayPool<float>.Shared.Rent(longest + 2);
        for (int i = 0; i < semitones.Length; i++)
        {
            long centre = (long)(firstFrame + i) * hopLength / factor;
            double lag = PeriodOf(slowed.From(centre - (span / 2)), window, shortest, longest, correlations);
            semitones[i] = (float)(12 * Math.Log2(rate / lag / ReferenceFrequency));
        }

        ArrayPool<float>.Shared.Return(correlations);
    }

    /// <summary>The best period in samples, or NaN where none correlates well.</summary>
    private static double PeriodOf(ReadOnlySpan<float> around, int window, int shortest, int longest, float[] correlations)
    {
        ReadOnlySpan<float> still = around[..window];
        double energy = TensorPrimitives.SumOfSquares(still);
        double moved = TensorPrimitives.SumOfSquares(around.Slice(shortest - 1, window));
        for (int lag = shortest - 1; lag <= longest + 1; lag++)
        {
            double product = Math.Sqrt(energy * Math.Max(0, moved));
            correlations[lag] = product > LeastEnergy
                ? (float)(TensorPrimitives.Dot(still, around.Slice(lag, window)) / product)
                : 0;
            if (lag <= longest)
            {
                moved += around[lag + window] * (double)around[lag + window] - around[lag] * (double)around[lag];
            }
        }

        // A peak between two lags is higher than both, more so for short lags: peaks are compared where their parabolas are
        // highest.
        double best = double.NaN;
        double highest = VoicedCorrelation - OctaveCost;
        for (int lag = shortest; lag <= longest; lag++)
        {
            (float left, float middle, float right) = (correlations[lag - 1], correlations[lag], correlations[lag + 1]);
            if (middle > left && middle >= right)
            {
                double vertex = Parabola.Vertex(left, middle, right);
                double height = middle - 0.25 * (left - right) * vertex;
                if (height > highest + OctaveCost)
                {
                    (best, highest) = (lag + vertex, height);
                }
            }
        }

        return best;
    }
}
