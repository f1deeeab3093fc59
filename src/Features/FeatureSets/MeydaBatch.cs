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
        int stride = Lanes;
        SumOverBins(spectrum);
        WriteScalars(spectrum.Samples, target, stride);
        WriteRolloff(target[(2 * stride)..]);
        WriteMfcc(target[(8 * stride)..], stride);
        int chroma = 8 + MeydaFrames.MfccCount;
        WriteChroma(target[(chroma * stride)..], stride);
        int loudness = chroma + ChromaBank.Classes;
        WriteLoudness(target[(loudness * stride)..], target[((loudness + 2) * stride)..]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(memory);
        ArrayPool<double>.Shared.Return(sums);
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
    private void SumOverBins(SpectrumBatch spectrum)
    {
        ReadOnlySpan<Vector<double>> exact = MemoryMarshal.Cast<double, Vector<double>>(spectrum.Powers);
        Span<Vector<float>> magnitudes = MemoryMarshal.Cast<float, Vector<float>>(Magnitudes);
        Span<Vector<float>> powers = MemoryMarshal.Cast<float, Vector<float>>(Powers);
        Span<Vector<double>> results = MemoryMarshal.Cast<double, Vector<double>>(sums.AsSpan(0, (MomentCount + 2) * Lanes));
        Vector<double> m0 = default, m1 = default, m2 = default, m3 = default, m4 = default, energy = default, logs = default;
        Vector<double> n0 = default, n1 = default, n2 = default, n3 = default, n4 = default;
        Vector<double> energyHigh = default, logsHigh = default;
        Vector<double> product = Vector<double>.One, productHigh = Vector<double>.One;
        for (int k = 0; k < Bins; k++)
        {
            Vector<double> power = exact[2 * k], powerHigh = exact[(2 * k) + 1];
            energy += power;
            energyHigh += powerHigh;
            Vector<float> magnitude = Vector.Narrow(Vector.SquareRoot(power), Vector.SquareRoot(powerHigh));
            magnitudes[k] = magnitude;
            powers[k] = magnitude * magnitude;
            Vector.Widen(magnitude, out Vector<double> low, out Vector<double> high);

            // The product of four 32-bit magnitudes neither overflows nor vanishes in 64 bits, so one logarithm does for four.
            product *= low;
            productHigh *= high;
            if (k % 4 == 3)
            {
                logs += Vector.Log(product);
                logsHigh += Vector.Log(productHigh);
                product = productHigh = Vector<double>.One;
            }

            Vector<double> bin = new(k);
            m0 += low;
            n0 += high;
            m1 += low *= bin;
            n1 += high *= bin;
            m2 += low *= bin;
            n2 += high *= bin;
            m3 += low *= bin;
            n3 += high *= bin;
            m4 += low * bin;
            n4 += high * bin;
        }

        for (int half = 0; half < 2; half++)
        {
            // All bins but the first and the last stand for themselves and their mirror image.
            ref Vector<double> total = ref half == 0 ? ref energy : ref energyHigh;
            int last = 2 * Bins + half;
            total = (total + total - exact[half] + exact[last]) / new Vector<double>(MeydaFrames.FrameLength);
        }

        (results[0], results[2], results[4], results[6], results[8], results[10], results[12]) =
            (m0, m1, m2, m3, m4, logs, energy);
        (results[1], results[3], results[5], results[7], results[9], results[11], results[13]) =
            (n0, n1, n2, n3, n4, logsHigh, energyHigh);
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
    private void WriteRolloff(Span<float> target)
    {
        ReadOnlySpan<Vector<float>> magnitudes = MemoryMarshal.Cast<float, Vector<float>>(Magnitudes);
        Vector<double> left = new(sums), leftHigh = new(sums, Vector<double>.Count);
        Vector<double> least = left * 0.99, leastHigh = leftHigh * 0.99, taken = default, takenHigh = default;
        for (int k = Bins - 1; k >= 0; k--)
        {
            Vector<double> active = Vector.ConditionalSelect(Vector.GreaterThan(left, least), Vector<double>.One, default);
            Vector<double> activeHigh =
                Vector.ConditionalSelect(Vector.GreaterThan(leftHigh, leastHigh), Vector<double>.One, default);
            if (active + activeHigh == Vector<double>.Zero)
            {
                break;
            }

            Vector.Widen(magnitudes[k], out Vector<double> low, out Vector<double> high);
            left -= low * active;
            leftHigh -= high * activeHigh;
            taken += active;
            takenHigh += activeHigh;
        }

        double binWidth = sampleRate / (2.0 * (Bins - 1));
        Vector<double> all = new(Bins);
        Vector.Narrow((all - taken) * binWidth, (all - takenHigh) * binWidth).CopyTo(target);
    }

    private void WriteMfcc(Span<float> target, int stride)
    {
        banks.Mel.Apply(Powers, Lanes, Bands, Lanes, Lanes);
        foreach (ref Vector<float> band in MemoryMarshal.Cast<float, Vector<float>>(Bands))
        {
            Vector.Widen(band, out Vector<double> low, out Vector<double> high);
            band = Vector.Narrow(Vector.Log(low + Vector<double>.One), Vector.Log(high + Vector<double>.One));
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
