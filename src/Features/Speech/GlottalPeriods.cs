using System.Numerics.Tensors;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;

namespace SerLab.Features.Speech;

/// <summary>
/// The periods of a voice in its waveform, one after the other from where it begins: each is as long as the shift, within a
/// tenth of the pitch's period, by which the sound resembles itself most.
/// </summary>
internal static class GlottalPeriods
{
    private const double Range = 0.1;
    private const double LeastCorrelation = 0.5;

    /// <summary>
    /// Measures the irregularity of periods frame by frame, of those that begin between the frame before and this one. A frame
    /// within a voice in which none is sure has what the last one had.
    /// </summary>
    /// <param name="sound">The sound; heard twice.</param>
    /// <param name="frames">The frames.</param>
    /// <param name="pitch">The pitch of every frame in Hz; 0 where there is no voice.</param>
    /// <param name="jitter">
    /// Receives the mean difference of neighbouring periods as a share of their mean, at most 1; 0 where there are not two.
    /// </param>
    /// <param name="shimmer">
    /// Receives, in dB, the ratio of 1 and the mean difference of their peak-to-peak amplitudes as a share of the mean amplitude
    /// to 1; 0 where there is no voice.
    /// </param>
    public static void Measure(
        Sound sound, SpeechFrames frames, ReadOnlySpan<double> pitch, Span<float> jitter, Span<float> shimmer)
    {
        // A frame needs two periods behind its end, and what the one before left.
        int reach = (2 * frames.Hop) + (4 * Longest(frames.SampleRate / SubharmonicPitch.LowestFrequency)) + 2;
        using SlowedSound heard = new(sound, 1, reach);
        long position = 0;
        double last = 0;
        (double perPeriod, double perAmplitude) = (0, 0);
        for (int frame = 0; frame < pitch.Length; frame++)
        {
            long end = (frame + 1L) * frames.Hop;
            if (pitch[frame] <= 0)
            {
                (position, last, perPeriod, perAmplitude) = (end, 0, 0, 0);
                (jitter[frame], shimmer[frame]) = (0, 0);
                continue;
            }

            Irregularity found = default;
            ReadOnlySpan<float> samples = heard.From(position);
            double expected = frames.SampleRate / pitch[frame];
            int left = (int)(end - position);
            int span = 2 * Longest(expected);
            int stop = Math.Max(left, span + 2) - span - 1;
            int done = 0;
            for (int start = 0; start < stop;)
            {
                Shift shift = ShiftOf(samples, start, expected);
                if (shift.Likeness > LeastCorrelation)
                {
                    found.Add(
                        shift.Length, last, AmplitudeOf(samples, start, shift), AmplitudeOf(samples, start + shift.Lag, shift));
                    last = shift.Length;
                }

                start += shift.Lag;
                done = start < left - 1 ? start : done;
            }

            position += done;
            perPeriod = found.PerPeriod ?? perPeriod;
            perAmplitude = found.PerAmplitude ?? perAmplitude;
            jitter[frame] = (float)(found.Periods > 0 && found.PerPeriod is null ? 0 : perPeriod);
            shimmer[frame] = (float)(20 * Math.Log10(1 + perAmplitude));
        }
    }

    // From peak to peak, without the samples at which periods meet.
    private static double AmplitudeOf(ReadOnlySpan<float> samples, int start, Shift shift)
    {
        ReadOnlySpan<float> inner = samples.Slice(start + 1, Math.Max(1, shift.Lag - 2));
        return TensorPrimitives.Max(inner) - TensorPrimitives.Min(inner);
    }

    private static int Longest(double period) => (int)Math.Ceiling((1 + Range) * period);

    private static Shift ShiftOf(ReadOnlySpan<float> samples, int start, double expected)
    {
        int shortest = Math.Max(1, (int)((1 - Range) * expected));
        int longest = Longest(expected);
        Shift best = new((int)Math.Round(expected), expected, double.NegativeInfinity);
        (double before, double last) = (double.PositiveInfinity, double.PositiveInfinity);
        double highest = double.NegativeInfinity;
        for (int lag = shortest; lag < longest; lag++)
        {
            double likeness = Likeness(samples.Slice(start, lag), samples.Slice(start + lag, lag));
            if (last > before && last > likeness && last > highest)
            {
                highest = last;
                best = new Shift(
                    lag - 1, lag - 1 + Parabola.Vertex(before, last, likeness), Parabola.Height(before, last, likeness));
            }

            (before, last) = (last, likeness);
        }

        return best;
    }

    // The correlation coefficient; 0 where one of both does not move.
    private static double Likeness(ReadOnlySpan<float> one, ReadOnlySpan<float> next)
    {
        double share = 1.0 / one.Length;
        double together = Moment(one, next, share);
        double apart = Moment(one, one, share) * Moment(next, next, share);
        return apart > 0 ? together / Math.Sqrt(apart) : 0;
    }

    private static double Moment(ReadOnlySpan<float> one, ReadOnlySpan<float> next, double share) =>
        (TensorPrimitives.Dot(one, next) * share) - (TensorPrimitives.Sum(one) * share * TensorPrimitives.Sum(next) * share);

    private readonly record struct Shift(int Lag, double Length, double Likeness);

    private record struct Irregularity
    {
        private double lengths;
        private double differences;
        private int pairs;
        private double amplitudes;
        private double amplitudeDifferences;

        public int Periods { get; private set; }

        public readonly double? PerPeriod =>
            pairs == 0 ? null : Math.Min(1, differences / pairs / (lengths / Periods));

        public readonly double? PerAmplitude =>
            amplitudes > 0 ? Math.Min(1, amplitudeDifferences / amplitudes) : null;

        // A length of 0 before is none.
        public void Add(double length, double before, double amplitude, double following)
        {
            Periods++;
            lengths += length;
            amplitudes += 0.5 * (amplitude + following);
            amplitudeDifferences += Math.Abs(amplitude - following);
            if (before > 0)
            {
                pairs++;
                differences += Math.Abs(length - before);
            }
        }
    }
}
