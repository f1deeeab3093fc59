using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using SerLab.Features.Dsp;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// All of Meyda's descriptors of a batch of frames from one spectrum, a frame per vector lane, in rented memory. Magnitudes are
/// rounded to 32 bits, as Meyda stores them; sums over bins that later cancel each other (moments, roll-off) are taken in 64
/// bits.
/// </summary>
internal sealed class MeydaBatch : IDisposable
{
    private const int Bins = MeydaFrames.BinCount;
    private const int MomentCount = 5;
    internal const int WeightedBarkBands = 15;
    private static readonly int Lanes = SpectrumBatch.Lanes;

    // From the 16th band on, Meyda's sharpness adds a constant that does not depend on loudness.
    internal static readonly float SharpnessOfHighBands = (float)Enumerable
        .Range(WeightedBarkBands + 1, MeydaFrames.BarkBands - WeightedBarkBands).Sum(band => 0.066 * Math.Exp(0.171 * band));


    private readonly MeydaBanks banks;
    private readonly int sampleRate;
    private readonly float[] memory = ArrayPool<float>.Shared.Rent((2 * Bins + MeydaFrames.MelBands) * Lanes);
    private readonly double[] sums = ArrayPool<double>.Shared.Rent((MomentCount + 2) * Lanes);
    private readonly double frequencySum;
    private readonly double squaredFrequencySum;

    public MeydaBatch(MeydaBanks banks, int sampleRate)
    {
        (this.banks, this.sampleRate) = (banks, sampleRate);
        for (int k = 0; k < Bins; k++)
        {
            double frequency = (double)k * sampleRate / MeydaFrames.FrameLength;
            frequencySum += frequency;
            squaredFrequencySum += frequency * frequency;
        }
    }

    private Span<float> Magnitudes => memory.AsSpan(0, Bins * Lanes);

    private Span<float> Powers => memory.AsSpan(Bins * Lanes, Bins * Lanes);

    private Span<float> Bands => memory.AsSpan(2 * Bins * Lanes, MeydaFrames.MelBands * Lanes);

    /// <summary>Describes one batch.</summary>
    /// <param name="spectrum">Its spectra.</param>
    /// <param name="target">Row r of lane l goes to r x lanes + l, in the order of <see cref="MeydaFrames.RowNames"/>.</param>
    public void Describe(SpectrumBatch spectrum, Span<float> target)
    {
        if (WideDoubles.AreSupported)
        {
            Describe<WideDoubles>(spectrum, target);
        }
        else
        {
            Describe<PairedDoubles>(spectrum, target);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(memory);
        ArrayPool<double>.Shared.Return(sums);
    }

    private void Describe<TDoubles>(SpectrumBatch spectrum, Span<float> target)
        where TDoubles : struct, IFrameDoubles<TDoubles>
    {
        int stride = Lanes;
        SumOverBins<TDoubles>(spectrum.Powers);
        WriteScalars(spectrum.Samples, target, stride);
        WriteRolloff<TDoubles>(target[(2 * stride)..]);
        WriteMfcc<TDoubles>(target[(8 * stride)..], stride);
        int chroma = 8 + MeydaFrames.MfccCount;
        WriteChroma(target[(chroma * stride)..], stride);
        int loudness = chroma + ChromaBank.Classes;
        WriteLoudness(target[(loudness * stride)..], target[((loudness + 2) * stride)..]);
    }

    private static float ZeroCrossings(ReadOnlySpan<float> frame)
    {
        // The window is zero at both ends, and zero counts as positive.
        ReadOnlySpan<float> inner = frame[1..Math.Max(1, Math.Min(frame.Length, MeydaFrames.FrameLength - 1))];
        if (inner.IsEmpty)
        {
            return 0;
        }

        int crossings = (inner[0] < 0 ? 1 : 0) + (inner[^1] < 0 ? 1 : 0);
        Vector<int> changes = default;
        int i = 1;
        for (; i <= inner.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            changes += Vector.LessThan(new Vector<float>(inner[(i - 1)..]), Vector<float>.Zero)
                ^ Vector.LessThan(new Vector<float>(inner[i..]), Vector<float>.Zero);
        }

        crossings -= Vector.Sum(changes);
        for (; i < inner.Length; i++)
        {
            crossings += inner[i - 1] < 0 != inner[i] < 0 ? 1 : 0;
        }

        return crossings;
    }

    // One sweep over the bins: magnitudes and powers, sum k^i a for i = 0 ... 4, sum ln a and, by Parseval's theorem, the energy.
    private void SumOverBins<TDoubles>(ReadOnlySpan<double> exact)
        where TDoubles : struct, IFrameDoubles<TDoubles>
    {
        Span<Vector<float>> magnitudes = MemoryMarshal.Cast<float, Vector<float>>(Magnitudes);
        Span<Vector<float>> powers = MemoryMarshal.Cast<float, Vector<float>>(Powers);
        TDoubles m0 = default, m1 = default, m2 = default, m3 = default, m4 = default, energy = default, logs = default;
        TDoubles product = TDoubles.Of(1);
        for (int k = 0; k < Bins; k++)
        {
            TDoubles power = TDoubles.Load(exact, k);
            energy += power;
            Vector<float> magnitude = power.Sqrt().Narrow();
            magnitudes[k] = magnitude;
            powers[k] = magnitude * magnitude;
            TDoubles moment = TDoubles.Widen(magnitude);

            // The product of four 32-bit magnitudes neither overflows nor vanishes in 64 bits, so one logarithm does for four.
            product *= moment;
            if (k % 4 == 3)
            {
                logs += product.Log();
                product = TDoubles.Of(1);
            }

            TDoubles bin = TDoubles.Of(k);
            m0 += moment;
            m1 += moment *= bin;
            m2 += moment *= bin;
            m3 += moment *= bin;
            m4 += moment * bin;
        }

        // All bins but the first and the last stand for themselves and their mirror image; the length is a power of two.
        energy = (energy + energy - TDoubles.Load(exact, 0) + TDoubles.Load(exact, Bins))
            * TDoubles.Of(1.0 / MeydaFrames.FrameLength);
        m0.Store(sums, 0);
        m1.Store(sums, 1);
        m2.Store(sums, 2);
        m3.Store(sums, 3);
        m4.Store(sums, 4);
        logs.Store(sums, 5);
        energy.Store(sums, 6);
    }

    private void WriteScalars(ReadOnlySpan<float> samples, Span<float> target, int stride)
    {
        int last = 8 + MeydaFrames.MfccCount + ChromaBank.Classes;
        for (int lane = 0; lane < Lanes; lane++)
        {
            double total = sums[lane];
            double m1 = sums[Lanes + lane] / total, m2 = sums[2 * Lanes + lane] / total;
            double m3 = sums[3 * Lanes + lane] / total, m4 = sums[4 * Lanes + lane] / total;
            double energy = sums[6 * Lanes + lane];
            double spread = Math.Sqrt(m2 - m1 * m1);
            double frequencyStep = (double)sampleRate / MeydaFrames.FrameLength;
            double slope = (Bins * frequencyStep * m1 - frequencySum) / (squaredFrequencySum - frequencySum * frequencySum);
            int start = lane * MeydaFrames.HopLength;

            target[lane] = (float)Math.Sqrt(energy / MeydaFrames.FrameLength);
            target[stride + lane] = start < samples.Length ? ZeroCrossings(samples[start..]) : 0;
            target[3 * stride + lane] = (float)m1;
            target[4 * stride + lane] = (float)spread;
            target[5 * stride + lane] = (float)((2 * m1 * m1 * m1 - 3 * m1 * m2 + m3) / (spread * spread * spread));
            target[6 * stride + lane] = (float)((-3 * m1 * m1 * m1 * m1 + 6 * m1 * m2 - 4 * m1 * m3 + m4) / Math.Pow(spread, 4));
            target[7 * stride + lane] = (float)(Math.Exp(sums[5 * Lanes + lane] / Bins) * Bins / total);
            target[(last + 1) * stride + lane] = (float)energy;
            target[(last + 3) * stride + lane] = (float)slope;
        }
    }

    // Takes bins away from the top until at most 99 % of the sum is left; a lane that has got there changes no more.
    private void WriteRolloff<TDoubles>(Span<float> target)
        where TDoubles : struct, IFrameDoubles<TDoubles>
    {
        ReadOnlySpan<Vector<float>> magnitudes = MemoryMarshal.Cast<float, Vector<float>>(Magnitudes);
        TDoubles left = TDoubles.Load(sums, 0), taken = default;
        TDoubles least = left * TDoubles.Of(0.99);
        for (int k = Bins - 1; k >= 0; k--)
        {
            TDoubles active = TDoubles.OneWhereGreater(left, least);
            if (active.AreZero)
            {
                break;
            }

            left -= TDoubles.Widen(magnitudes[k]) * active;
            taken += active;
        }

        double binWidth = sampleRate / (2.0 * (Bins - 1));
        ((TDoubles.Of(Bins) - taken) * TDoubles.Of(binWidth)).Narrow().CopyTo(target);
    }

    private void WriteMfcc<TDoubles>(Span<float> target, int stride)
        where TDoubles : struct, IFrameDoubles<TDoubles>
    {
        banks.Mel.Apply(Powers, Lanes, Bands, Lanes, Lanes);
        foreach (ref Vector<float> band in MemoryMarshal.Cast<float, Vector<float>>(Bands))
        {
            band = (TDoubles.Widen(band) + TDoubles.Of(1)).Log().Narrow();
        }

        banks.Cepstrum.Apply(Bands, Lanes, target, stride, Lanes);
    }

    private void WriteChroma(Span<float> target, int stride)
    {
        banks.Chroma.Apply(Magnitudes, Lanes, target, stride, Lanes);
        Vector<float> strongest = default;
        for (int c = 0; c < ChromaBank.Classes; c++)
        {
            strongest = Vector.Max(strongest, new Vector<float>(target[(c * stride)..]));
        }

        strongest = Vector.ConditionalSelect(Vector.Equals(strongest, Vector<float>.Zero), Vector<float>.One, strongest);
        for (int c = 0; c < ChromaBank.Classes; c++)
        {
            Span<float> row = target[(c * stride)..];
            (new Vector<float>(row) / strongest).CopyTo(row);
        }
    }

    private void WriteLoudness(Span<float> loudness, Span<float> sharpness)
    {
        banks.Bark.Apply(Magnitudes, Lanes, Bands, Lanes, Lanes);
        Span<Vector<float>> bands = MemoryMarshal.Cast<float, Vector<float>>(Bands)[..MeydaFrames.BarkBands];
        Vector<float> total = default;
        Vector<float> moment = new(SharpnessOfHighBands);
        for (int b = 0; b < bands.Length; b++)
        {
            Vector<float> power = Vector.Exp(Vector.Log(bands[b]) * 0.23f);
            Vector<float> specific = Vector.ConditionalSelect(Vector.Equals(bands[b], Vector<float>.Zero), default, power);
            total += specific;
            moment += b <= WeightedBarkBands ? specific * b : default;
        }

        (total / MeydaFrames.BarkBands).CopyTo(loudness);
        (moment * 0.11f / total).CopyTo(sharpness);
    }
}
