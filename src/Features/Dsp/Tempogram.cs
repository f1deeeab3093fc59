using System.Buffers;
using SerLab.Features.Audio;

namespace SerLab.Features.Dsp;

/// <summary>
/// Which rhythms an onset curve has around each frame: its autocorrelation within a window (Grosche, Mueller and Kurth, "Cyclic
/// tempogram", 2010). Equal to <c>librosa.feature.tempogram(onset_envelope=o)</c> with its defaults.
/// </summary>
internal sealed class Tempogram
{
    /// <summary>Frames in the window, and lags: from 0 to 383 frames.</summary>
    public const int Window = 384;

    // Long enough that nothing wraps around: at least twice the window.
    private readonly RealFourierTransform<double> transform = new(1024);
    private readonly double[] window;

    /// <summary>Plans the transform.</summary>
    public Tempogram()
    {
        window = new double[transform.Length];
        HannWindow.Periodic(Window).CopyTo(window, 0);
    }

    /// <summary>
    /// The autocorrelation around every frame, one row per lag, the largest of a frame 1; 0 where there is no onset.
    /// </summary>
    /// <param name="onsets">One row, as <see cref="SpectralChange.OnsetStrength"/> gives it.</param>
    public FrameMatrix Of(FrameMatrix onsets)
    {
        int lanes = SpectrumBatch.Lanes;
        int plane = transform.BinCount * lanes;
        int size = transform.Length * lanes;
        FrameMatrix tempogram = new(Window, onsets.FrameCount);
        if (onsets.FrameCount == 0)
        {
            return tempogram;
        }

        float[] ramped = Ramped(onsets.Row(0));
        double[] rented = ArrayPool<double>.Shared.Rent((2 * size) + (2 * plane));
        Span<double> powers = rented.AsSpan(0, size);
        Span<double> scratch = rented.AsSpan(size, size);
        Span<double> real = rented.AsSpan(2 * size, plane);
        Span<double> imaginary = rented.AsSpan((2 * size) + plane, plane);
        using ISampleReader reader = new AudioSignal(ramped, sampleRate: 1).Open();
        using SpectrumBatch batch = new(reader, transform, window, hop: 1, padding: 0);
        for (int frame = 0; frame < onsets.FrameCount; frame += lanes)
        {
            batch.Next();
            MirrorPowers(batch, powers, lanes);
            transform.Transform(powers, real, imaginary, scratch, lanes);
            for (int lag = 0; lag < Window; lag++)
            {
                Span<float> to = tempogram.Values.Slice((lag * tempogram.Stride) + frame, lanes);
                for (int lane = 0; lane < lanes; lane++)
                {
                    to[lane] = (float)(real[(lag * lanes) + lane] / transform.Length);
                }
            }
        }

        ArrayPool<double>.Shared.Return(rented);
        FrameScaling.ByLargest(tempogram.Values, tempogram.Stride);
        return tempogram;
    }

    // Half a window on both sides, in a straight line from zero to the first and from the last value to zero; then zeros, so that
    // there is a frame to every onset.
    private float[] Ramped(ReadOnlySpan<float> onsets)
    {
        const int Half = Window / 2;
        float[] ramped = new float[onsets.Length + transform.Length];
        onsets.CopyTo(ramped.AsSpan(Half));
        for (int i = 0; i < Half; i++)
        {
            ramped[i] = onsets[0] * ((float)i / Half);
            ramped[Half + onsets.Length + Half - 1 - i] = onsets[^1] * ((float)i / Half);
        }

        return ramped;
    }

    // The powers of a real sequence are even, so that their transform is its own inverse, up to the length.
    private void MirrorPowers(SpectrumBatch batch, Span<double> powers, int lanes)
    {
        batch.Powers.CopyTo(powers);
        for (int bin = 1; bin < transform.Length / 2; bin++)
        {
            powers.Slice(bin * lanes, lanes).CopyTo(powers[((transform.Length - bin) * lanes)..]);
        }
    }
}
