using System.Globalization;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;

namespace SerLab.Reports.Charts;

/// <summary>Charts of one sound.</summary>
public static class SignalCharts
{
    private const int Columns = 600;
    private const int SpectrogramColumns = 150;

    /// <summary>
    /// The samples over time; a long sound is drawn as the band between the lowest and highest of neighbouring samples.
    /// </summary>
    /// <param name="signal">At least one sample.</param>
    /// <exception cref="ArgumentException">The signal is empty.</exception>
    public static Chart Waveform(AudioSignal signal)
    {
        ReadOnlySpan<float> samples = NotEmpty(signal).Samples.Span;
        int step = Math.Max(1, (samples.Length + Columns - 1) / Columns);
        List<double> seconds = [], values = [];
        for (int start = 0; start < samples.Length; start += step)
        {
            ReadOnlySpan<float> part = samples[start..Math.Min(start + step, samples.Length)];
            double time = (double)start / signal.SampleRate;
            seconds.AddRange(step == 1 ? [time] : [time, time]);
            values.AddRange(step == 1
                ? [part[0]]
                : [System.Numerics.Tensors.TensorPrimitives.Min(part), System.Numerics.Tensors.TensorPrimitives.Max(part)]);
        }

        return new Chart
        {
            Title = "Waveform",
            X = new Axis { Title = "time in s", Minimum = 0, Maximum = signal.Duration.TotalSeconds },
            Y = new Axis { Title = "amplitude" },
            Series = [new LineSeries("", seconds, values)],
        };
    }

    /// <summary>
    /// How loud each pitch region is over time: the power in mel bands (Slaney's, as librosa's defaults) over frames of 2,048
    /// samples, in decibels, the loudest 80 dB shown. Neighbouring frames of a long sound are averaged.
    /// </summary>
    /// <param name="signal">At least one sample.</param>
    /// <param name="bands">Number of mel bands, at least 2; default 64.</param>
    /// <exception cref="ArgumentException">The signal is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two bands.</exception>
    public static Chart Spectrogram(AudioSignal signal, int bands = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 2);
        ShortTimeFourierTransform transform = new();
        FrameMatrix powers = transform.Powers(NotEmpty(signal));
        FilterBank bank = MelBank.Slaney(signal.SampleRate, transform.FrameLength, bands);
        int step = (powers.FrameCount + SpectrogramColumns - 1) / SpectrogramColumns;
        int columns = (powers.FrameCount + step - 1) / step;
        float[] mel = new float[columns * bands];
        float[] spectrum = new float[transform.BinCount];
        float[] frame = new float[bands];
        for (int t = 0; t < powers.FrameCount; t++)
        {
            for (int bin = 0; bin < spectrum.Length; bin++)
            {
                spectrum[bin] = powers[bin, t];
            }

            bank.Apply(spectrum, frame);
            int inColumn = Math.Min(step, powers.FrameCount - (t / step * step));
            for (int band = 0; band < bands; band++)
            {
                mel[(t / step * bands) + band] += frame[band] / inColumn;
            }
        }

        Decibels.FromPower(mel);
        return new Chart
        {
            Title = string.Create(
                CultureInfo.InvariantCulture, $"Spectrogram: {bands} mel bands from 0 to {signal.SampleRate / 2000.0:0.#} kHz"),
            X = new Axis { Title = "time in s", Minimum = 0, Maximum = signal.Duration.TotalSeconds },
            Y = new Axis { Title = "mel band", Minimum = 0, Maximum = bands },
            Series =
            [
                new RasterSeries(
                    "",
                    [.. Enumerable.Range(0, bands).Select(band =>
                        Enumerable.Range(0, columns).Select(column => (double)mel[(column * bands) + band]).ToArray())],
                    0,
                    signal.Duration.TotalSeconds,
                    0,
                    bands),
            ],
        };
    }

    private static AudioSignal NotEmpty(AudioSignal signal) =>
        !signal.Samples.IsEmpty
            ? signal
            : throw new ArgumentException("A signal without samples cannot be drawn.", nameof(signal));
}
