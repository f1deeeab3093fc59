using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SerLab.Features.Dsp;

/// <summary>
/// By how much a sound is out of tune with A = 440 Hz, in steps of the scale (semitones by default) from -0.5 up to, not
/// including, 0.5, in hundredths. Equal to <c>librosa.estimate_tuning(S=S, sr=sr, n_fft=n_fft)</c>: peaks of each spectrum
/// between 150 and 4,000 Hz that exceed a tenth of its maximum are refined by a parabola (<c>piptrack</c>); of those at least as
/// strong as the median, the most frequent deviation wins.
/// </summary>
internal static class PitchTuning
{
    /// <summary>Estimates the tuning from a spectrogram of magnitudes (or of powers, which moves the peaks slightly).</summary>
    /// <param name="spectrogram">One row per bin from 0 Hz to half the sample rate, one column per frame.</param>
    /// <param name="sampleRate">Samples per second (Hz).</param>
    /// <param name="binsPerOctave">Steps of the scale per octave.</param>
    /// <returns>The deviation in steps; 0 when there is no peak.</returns>
    public static double Estimate(FrameMatrix spectrogram, int sampleRate, int binsPerOctave = 12)
    {
        int lanes = SpectrumBatch.Lanes;
        using SpectralPeaks peaks = new(sampleRate, 2 * (spectrogram.RowCount - 1), binsPerOctave);
        float[] batch = new float[spectrogram.RowCount * lanes];
        for (int frame = 0; frame < spectrogram.FrameCount; frame += lanes)
        {
            int count = Math.Min(lanes, spectrogram.FrameCount - frame);
            for (int bin = 0; bin < spectrogram.RowCount; bin++)
            {
                spectrogram.Row(bin).Slice(frame, count).CopyTo(batch.AsSpan(bin * lanes));
            }

            peaks.Add(batch, count);
        }

        return peaks.EstimateTuning();
    }
}

/// <summary>
/// Collects the spectral peaks of a signal, batch by batch of frames, in rented memory. A million peaks are kept as they are
/// (half a minute of noise, minutes of speech or music); more are counted by magnitude and deviation, so that memory is bounded.
/// Magnitudes are then told apart to one in 2,048, and peaks as near to the median count as not weaker.
/// </summary>
internal sealed class SpectralPeaks(int sampleRate, int fftLength, int binsPerOctave = 12) : IDisposable
{
    private const double LowestHertz = 150;
    private const double HighestHertz = 4000;
    internal const float Threshold = 0.1f;
    internal const int StepsPerSemitone = 100;
    private const int MostKept = 1 << 20;

    private readonly int firstBin = Bins(sampleRate, fftLength).First;
    private readonly int endBin = Bins(sampleRate, fftLength).End;
    private float[] pitches = ArrayPool<float>.Shared.Rent(1 << 14);
    private float[] magnitudes = ArrayPool<float>.Shared.Rent(1 << 14);
    private int count;
    private PeakCounts? counts;

    /// <summary>The bins in which peaks are looked for, the end excluded.</summary>
    internal static (int First, int End) Bins(int sampleRate, int fftLength) => (
        Math.Max(1, (int)Math.Ceiling(LowestHertz * fftLength / sampleRate)),
        Math.Min(fftLength / 2, (int)Math.Ceiling(HighestHertz * fftLength / sampleRate)));

    /// <summary>Adds the peaks of a batch of spectra.</summary>
    /// <param name="spectra">Bin k of lane l at k x lanes + l.</param>
    /// <param name="frames">How many lanes hold a frame; the rest is ignored.</param>
    public void Add(ReadOnlySpan<float> spectra, int frames)
    {
        int lanes = Vector<float>.Count;
        ref float origin = ref MemoryMarshal.GetReference(spectra);
        Vector<float> loudest = default;
        for (int i = 0; i <= spectra.Length - lanes; i += lanes)
        {
            loudest = Vector.Max(loudest, Vector.LoadUnsafe(ref origin, (nuint)i));
        }

        Vector<float> least = loudest * Threshold;
        for (int bin = firstBin; bin < endBin; bin++)
        {
            nuint at = (nuint)(bin * lanes);
            Vector<float> here = Vector.LoadUnsafe(ref origin, at);
            Vector<float> before = Vector.LoadUnsafe(ref origin, at - (nuint)lanes);
            Vector<float> after = Vector.LoadUnsafe(ref origin, at + (nuint)lanes);
            Vector<int> peak = Vector.GreaterThan(here, Vector.Max(before, least)) & Vector.GreaterThanOrEqual(here, after);
            if (peak == Vector<int>.Zero)
            {
                continue;
            }

            EnsureRoomFor(lanes);
            for (int lane = 0; lane < frames; lane++)
            {
                if (peak[lane] != 0)
                {
                    AddPeak(bin, before[lane], here[lane], after[lane]);
                }
            }
        }
    }

    /// <summary>The most frequent deviation from the equal-tempered scale among the peaks not weaker than the median.</summary>
    public double EstimateTuning()
    {
        Span<int> histogram = stackalloc int[StepsPerSemitone];
        histogram.Clear();
        if (counts is not null)
        {
            CountKept();
            counts.AddUpperHalf(histogram);
        }
        else if (count > 0)
        {
            AddUpperHalf(histogram);
        }
        else
        {
            return 0;
        }

        int best = 0;
        for (int i = 1; i < histogram.Length; i++)
        {
            best = histogram[i] > histogram[best] ? i : best;
        }

        return Edge(best);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(pitches);
        ArrayPool<float>.Shared.Return(magnitudes);
    }

    private void AddUpperHalf(Span<int> histogram)
    {
        float[] ordered = ArrayPool<float>.Shared.Rent(count);
        magnitudes.AsSpan(0, count).CopyTo(ordered);

        // With an even count the median lies between the two middle values: at least the median means at least the upper one.
        float median = OrderStatistic.Select(ordered.AsSpan(0, count), count / 2);
        ArrayPool<float>.Shared.Return(ordered);
        for (int i = 0; i < count; i++)
        {
            if (magnitudes[i] >= median)
            {
                histogram[Step(pitches[i])]++;
            }
        }
    }

    private void CountKept()
    {
        counts ??= new PeakCounts();
        for (int i = 0; i < count; i++)
        {
            counts.Add(magnitudes[i], Step(pitches[i]));
        }

        count = 0;
    }

    private static double Edge(int step) => -0.5 + step * (1.0 / StepsPerSemitone);

    private int Step(float pitch)
    {
        // In 32 bits, as librosa: the histogram's edges fall between the same neighbours.
        float steps = binsPerOctave * MathF.Log2(pitch / (440f / 16));
        float deviation = steps - MathF.Floor(steps);
        deviation = deviation >= 0.5f ? deviation - 1 : deviation;
        int step = Math.Clamp((int)((deviation + 0.5) * StepsPerSemitone), 0, StepsPerSemitone - 1);
        if (deviation < Edge(step))
        {
            return Math.Max(0, step - 1);
        }

        return step + 1 < StepsPerSemitone && deviation >= Edge(step + 1) ? step + 1 : step;
    }

    private void AddPeak(int bin, float before, float here, float after)
    {
        double curvature = (double)(after + before) - 2.0 * here;
        float slope = (after - before) / 2;
        float shift = Math.Abs(slope) >= Math.Abs(curvature) ? 0 : (float)(-slope / curvature);
        pitches[count] = (float)((bin + (double)shift) * sampleRate / fftLength);
        magnitudes[count] = here + 0.5f * slope * shift;
        count++;
    }

    private void EnsureRoomFor(int more)
    {
        if (count + more > MostKept)
        {
            CountKept();
        }
        else if (count + more > pitches.Length)
        {
            (pitches, magnitudes) = (Enlarge(pitches), Enlarge(magnitudes));
        }
    }

    private float[] Enlarge(float[] full)
    {
        float[] larger = ArrayPool<float>.Shared.Rent(2 * full.Length);
        full.AsSpan(0, count).CopyTo(larger);
        ArrayPool<float>.Shared.Return(full);
        return larger;
    }
}
