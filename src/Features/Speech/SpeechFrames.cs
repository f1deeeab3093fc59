using System.Numerics;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;

namespace SerLab.Features.Speech;

/// <summary>
/// The frames of eGeMAPS at a sample rate: every 10 ms one of 20 ms under a Hamming window, for spectral shape, and one of 60 ms
/// under a Gaussian one, for pitch and harmonics. Frames of one number start together. Immutable.
/// </summary>
internal sealed class SpeechFrames
{
    /// <summary>From one frame to the next, in seconds.</summary>
    public const double Period = 0.01;

    private const double ShortSeconds = 0.02;
    private const double LongSeconds = 0.06;
    private const double GaussianWidth = 0.4;

    private readonly RealFourierTransform<double> shortTransform;
    private readonly double[] shortWindow;
    private readonly double[] longWindow;

    /// <summary>Plans the frames of a sample rate (Hz).</summary>
    public SpeechFrames(int sampleRate)
    {
        SampleRate = sampleRate;
        Hop = Math.Max(1, Samples(Period));
        ShortLength = Math.Max(2, Samples(ShortSeconds));
        LongLength = Math.Max(2, Samples(LongSeconds));
        shortTransform = Transform(ShortLength);
        LongTransform = Transform(LongLength);
        shortWindow = Window(ShortLength, shortTransform.Length, x => 0.54 + (0.46 * Math.Cos(Math.PI * x)));
        longWindow = Window(LongLength, LongTransform.Length, x => Math.Exp(-0.5 * x * x / (GaussianWidth * GaussianWidth)));
    }

    /// <summary>Samples per second (Hz).</summary>
    public int SampleRate { get; }

    /// <summary>Samples from one frame to the next.</summary>
    public int Hop { get; }

    /// <summary>Samples of a short frame.</summary>
    public int ShortLength { get; }

    /// <summary>Samples of a long frame.</summary>
    public int LongLength { get; }

    /// <summary>The transform of long frames.</summary>
    public RealFourierTransform<double> LongTransform { get; }

    /// <summary>Bins of a short frame's spectrum.</summary>
    public int ShortBins => shortTransform.BinCount;

    /// <summary>Hz from one bin of a short frame to the next.</summary>
    public double ShortSpacing => (double)SampleRate / shortTransform.Length;

    /// <summary>Hz from one bin of a long frame to the next.</summary>
    public double LongSpacing => (double)SampleRate / LongTransform.Length;

    /// <summary>
    /// Hears a sound, with silence in place of samples that are not finite, and behind it enough to fill the frames and their
    /// transforms.
    /// </summary>
    public ISampleReader Open(Sound sound) => new FiniteSamples(sound.Open(), LongLength + LongTransform.Length);

    /// <summary>How many short frames lie in so many samples, at least one.</summary>
    public int ShortCount(long samples) => Count(samples, ShortLength);

    /// <summary>How many long frames lie in so many samples, at least one.</summary>
    public int LongCount(long samples) => Count(samples, LongLength);

    /// <summary>Gives the power spectra of short frames, one after the other.</summary>
    public void VisitShort(Sound sound, int count, SpectrumVisitor visit) =>
        Visit(sound, shortTransform, shortWindow, count, visit);

    /// <summary>Gives the power spectra of long frames, one after the other.</summary>
    public void VisitLong(Sound sound, int count, SpectrumVisitor visit) =>
        Visit(sound, LongTransform, longWindow, count, visit);

    private static RealFourierTransform<double> Transform(int length) =>
        new((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, RealFourierTransform<double>.MinLength)));

    // Behind the frame the window is 0: the spectrum is interpolated.
    private static double[] Window(int length, int transform, Func<double, double> shape)
    {
        double[] window = new double[transform];
        for (int i = 0; i < length; i++)
        {
            window[i] = shape(((2.0 * i) - (length - 1)) / (length - 1));
        }

        return window;
    }

    private int Samples(double seconds) => (int)Math.Round(seconds * SampleRate);

    private int Count(long samples, int length) => (int)(1 + (Math.Max(0, samples - length) / Hop));

    private void Visit(
        Sound sound, RealFourierTransform<double> transform, double[] window, int count, SpectrumVisitor visit)
    {
        double[] powers = new double[transform.BinCount];
        using ISampleReader reader = Open(sound);
        using SpectrumBatch batch = new(reader, transform, window, Hop, padding: 0);
        for (int frame = 0; frame < count && batch.Next() > 0;)
        {
            for (int lane = 0; lane < SpectrumBatch.Lanes && frame < count; lane++, frame++)
            {
                for (int bin = 0; bin < powers.Length; bin++)
                {
                    powers[bin] = batch.Powers[(bin * SpectrumBatch.Lanes) + lane];
                }

                visit(frame, powers);
            }
        }
    }
}

/// <summary>Takes the power spectrum of a frame, from 0 Hz to half the sample rate.</summary>
/// <param name="frame">Its number.</param>
/// <param name="powers">Squared magnitudes, unscaled; valid during the call.</param>
internal delegate void SpectrumVisitor(int frame, ReadOnlySpan<double> powers);
