using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using SerLab.Features.Audio;

namespace SerLab.Features.Dsp;

/// <summary>
/// Spectra of overlapping frames under a periodic Hann window. Equal to <c>librosa.stft</c> with its defaults: the signal
/// is padded by half a frame of zeros on both sides, so that frame t is centred on sample t x hop, and there are
/// 1 + floor(samples / hop) frames. Immutable and thread-safe.
/// </summary>
public sealed class ShortTimeFourierTransform
{
    private readonly RealFourierTransform<double> transform;
    private readonly double[] window;

    /// <summary>Plans a transform.</summary>
    /// <param name="frameLength">Samples per frame, a power of two; default 2,048.</param>
    /// <param name="hopLength">Samples from one frame to the next; default 512.</param>
    public ShortTimeFourierTransform(int frameLength = 2048, int hopLength = 512)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hopLength);
        transform = new RealFourierTransform<double>(frameLength);
        window = HannWindow.Periodic(frameLength);
        HopLength = hopLength;
    }

    // Turns the powers of a batch of frames, bin by lane, into as many columns of rows that are a stride apart.
    private delegate void BatchFunction(Span<float> powers, Span<float> columns, int stride);

    /// <summary>Samples per frame.</summary>
    public int FrameLength => transform.Length;

    /// <summary>Samples from one frame to the next.</summary>
    public int HopLength { get; }

    /// <summary>Bins per spectrum, from 0 Hz to half the sample rate: frame length / 2 + 1.</summary>
    public int BinCount => transform.BinCount;

    /// <summary>How many frames a signal has: 1 + floor(samples / hop), none when it is empty.</summary>
    public int FrameCount(AudioSignal signal) => signal.Samples.IsEmpty ? 0 : 1 + signal.Samples.Length / HopLength;

    /// <summary>
    /// The magnitudes |X|: one row per bin, one column per frame; a full-scale sine peaks at a quarter of the frame length.
    /// </summary>
    public FrameMatrix Magnitudes(AudioSignal signal) => ByBatch(signal, BinCount, static (powers, columns, stride) =>
    {
        TensorPrimitives.Sqrt(powers, powers);
        CopyColumns(powers, columns, stride);
    });

    /// <summary>The powers |X|², laid out likewise.</summary>
    public FrameMatrix Powers(AudioSignal signal) =>
        ByBatch(signal, BinCount, static (powers, columns, stride) => CopyColumns(powers, columns, stride));

    /// <summary>
    /// The powers in bands: one row per band, one column per frame. With <see cref="MelBank.Slaney"/> equal to
    /// <c>librosa.feature.melspectrogram</c>; the spectrogram itself is never held.
    /// </summary>
    /// <param name="signal">Any length.</param>
    /// <param name="bank">A bank of <see cref="BinCount"/> inputs.</param>
    public FrameMatrix BandPowers(AudioSignal signal, FilterBank bank) => ByBatch(
        signal,
        bank.BandCount,
        (powers, columns, stride) => bank.Apply(powers, SpectrumBatch.Lanes, columns, stride, SpectrumBatch.Lanes));

    /// <summary>The frames of a sound, batch by batch.</summary>
    /// <param name="reader">The sound, from its start; stays open.</param>
    internal SpectrumBatch RentBatch(ISampleReader reader) =>
        new(reader, transform, window, HopLength, padding: FrameLength / 2);

    /// <summary>The powers of a batch in 32 bits, bin by lane.</summary>
    internal static void Powers(SpectrumBatch batch, Span<float> powers)
    {
        ReadOnlySpan<Vector<double>> exact = MemoryMarshal.Cast<double, Vector<double>>(batch.Powers);
        Span<Vector<float>> target = MemoryMarshal.Cast<float, Vector<float>>(powers)[..(exact.Length / 2)];
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Vector.Narrow(exact[2 * i], exact[(2 * i) + 1]);
        }
    }

    // Copies a batch of spectra, bin by lane, into the columns of a matrix.
    private static void CopyColumns(ReadOnlySpan<float> spectra, Span<float> columns, int stride)
    {
        int lanes = SpectrumBatch.Lanes;
        for (int from = 0, to = 0; from < spectra.Length; from += lanes, to += stride)
        {
            spectra.Slice(from, lanes).CopyTo(columns[to..]);
        }
    }

    private FrameMatrix ByBatch(AudioSignal signal, int rows, BatchFunction function)
    {
        FrameMatrix result = new(rows, FrameCount(signal));
        float[] rented = ArrayPool<float>.Shared.Rent(BinCount * SpectrumBatch.Lanes);
        Span<float> powers = rented.AsSpan(0, BinCount * SpectrumBatch.Lanes);
        using ISampleReader reader = signal.Open();
        using SpectrumBatch batch = RentBatch(reader);
        for (int frame = 0; batch.Next() > 0; frame += SpectrumBatch.Lanes)
        {
            Powers(batch, powers);
            function(powers, result.Values[frame..], result.Stride);
        }

        ArrayPool<float>.Shared.Return(rented);
        return result;
    }
}
