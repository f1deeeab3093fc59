using SerLab.Features.Audio;
using SerLab.Features.Dsp;
using Xunit;

namespace SerLab.Features.Tests.Dsp;

/// <summary>The stages of images and series where the answer is known without a reference.</summary>
public class SeriesStageTests
{
    private const int Rate = 22050;

    [Fact]
    public void A_series_has_the_values_of_a_frame_together()
    {
        FrameMatrix rows = Matrix([1, 2, 3], [4, 5, 6]);

        Assert.Equal([1, 4, 2, 5, 3, 6], rows.ToSeries());
        Assert.Equal([1, 4, 7, 2, 5, 8, 3, 6, 9], FrameMatrix.Stack(rows, Matrix([7, 8, 9])).ToSeries());
    }

    [Fact]
    public void Decibels_below_the_loudest_end_at_the_range_and_silence_is_as_loud_as_itself()
    {
        AssertRows(Decibels.RelativeToLoudest(Matrix([1, 10], [1e-9f, 0])), 1e-4, [-10, 0], [-80, -80]);
        AssertRows(Decibels.RelativeToLoudest(Matrix([0, 0])), 1e-4, [0, 0]);
        AssertRows(Decibels.OfMagnitudes(Matrix([1, 10])), 1e-4, [-20, 0]);
        AssertRows(LogCompression.Of(Matrix([0, 1]), 1e-6f), 1e-5, [Math.Log(1e-6), 0]);
    }

    [Fact]
    public void Frames_are_divided_by_their_norm_and_frames_of_zeros_stay()
    {
        FrameMatrix rows = Matrix([1, 0, -4], [3, 0, 1]);

        AssertRows(FrameScaling.ByLargest(rows), 1e-6, [1 / 3.0, 0, -1], [1, 0, 0.25]);
        AssertRows(FrameScaling.BySum(rows), 1e-6, [0.25, 0, -0.8], [0.75, 0, 0.2]);
        AssertRows(rows, 0, [1, 0, -4], [3, 0, 1]);
    }

    [Fact]
    public void Equal_bands_have_no_cepstrum_but_the_level()
    {
        FrameMatrix cepstrum = Cepstrum.Of(Matrix([3, -9], [3, -9], [3, -9], [3, -9]), CosineTransform.Orthonormal(4, 3));

        AssertRows(cepstrum, 1e-5, [6, -18], [0, 0], [0, 0]);
    }

    [Fact]
    public void Onsets_count_gains_alone_and_come_late_by_half_a_frame()
    {
        FrameMatrix decibels = Matrix([0, 6, 0, 0, 0, 0], [0, 0, 4, 4, 4, 9]);

        AssertRows(SpectralChange.OnsetStrength(decibels), 1e-6, [0, 0, 0, 3, 2, 0]);
        AssertRows(SpectralChange.OnsetStrength(Matrix([1, 5])), 0, [0, 0]);
        AssertRows(SpectralChange.Flux(Matrix([0, 3, 3], [0, 4, 4])), 1e-6, [0, 5, 0]);
        AssertRows(SpectralChange.Flux(Matrix([7])), 0, [0]);
    }

    [Fact]
    public void A_beat_every_twenty_frames_shows_at_its_lags()
    {
        float[] onsets = new float[600];
        for (int t = 0; t < onsets.Length; t += 20)
        {
            onsets[t] = 5;
        }

        FrameMatrix tempogram = new Tempogram().Of(Matrix(onsets));

        Assert.Equal((Tempogram.Window, 600), (tempogram.RowCount, tempogram.FrameCount));
        for (int lag = 0; lag < 100; lag++)
        {
            Assert.Equal(lag % 20 == 0, tempogram[lag, 300] > 0.3);
        }

        Assert.Equal(1, tempogram[0, 300], 1e-6);
        Assert.All(new Tempogram().Of(Matrix(new float[30])).ToSeries(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_flat_spectrum_has_no_contrast_and_a_tone_has_it_in_its_octave()
    {
        FrameMatrix flat = new(1025, 1);
        flat.Values.Fill(2);
        Assert.All(SpectralContrast.Of(flat, Rate).ToSeries(), value => Assert.Equal(0, value));

        FrameMatrix contrast = SpectralContrast.Of(new ShortTimeFourierTransform().Magnitudes(Sine(1000, 8000)), Rate);
        float[] bands = [.. Enumerable.Range(0, SpectralContrast.Bands).Select(band => contrast[band, 8])];
        Assert.Equal(3, Array.IndexOf(bands, bands.Max()));
    }

    [Fact]
    public void A_single_pitch_class_lies_on_the_three_circles()
    {
        FrameMatrix chroma = new(12, 2);
        (chroma.Writable(0)[0], chroma.Writable(7)[1]) = (0.3f, 2);

        // C at the top of all circles; G a fifth on: 7/12 of a turn after 7/6 half turns per class.
        double Angle(double turns) => Math.PI * turns * 7;
        AssertRows(
            Tonnetz.Of(chroma),
            1e-6,
            [0, Math.Sin(Angle(7.0 / 6))],
            [1, Math.Cos(Angle(7.0 / 6))],
            [0, Math.Sin(Angle(3.0 / 2))],
            [1, Math.Cos(Angle(3.0 / 2))],
            [0, 0.5 * Math.Sin(Angle(2.0 / 3))],
            [0.5, 0.5 * Math.Cos(Angle(2.0 / 3))]);
        AssertRows(Tonnetz.Of(new FrameMatrix(12, 1)), 0, [0], [0], [0], [0], [0], [0]);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(45)]
    [InlineData(57)]
    [InlineData(83)]
    public void A_semitone_sounds_at_its_bin_as_loud_as_half_the_root_of_its_filter(int bin)
    {
        double hertz = ConstantQTransform.LowestHertz * Math.Pow(2, bin / 12.0);
        double ratio = Math.Pow(2, 2 / 12.0);
        double filter = (ratio + 1) / (ratio - 1) * Rate / hertz;

        FrameMatrix magnitudes = new ConstantQTransform(Rate).Magnitudes(Sine(hertz, 2 * Rate));

        float[] middle = [.. Enumerable.Range(0, 84).Select(row => magnitudes[row, 43])];
        Assert.Equal(bin, Array.IndexOf(middle, middle.Max()));
        Assert.Equal(0.5 * Math.Sqrt(filter), middle[bin], 0.01 * middle[bin]);
        Assert.All(middle.Where((_, row) => Math.Abs(row - bin) > 3), value => Assert.InRange(value, 0, 0.01 * middle[bin]));
    }

    [Fact]
    public void A_rate_below_the_highest_pitch_is_refused() => Assert.Contains(
        "8000",
        Assert.Throws<Core.InvalidInputException>(() => new ConstantQTransform(8000)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Levels_of_a_square_wave_are_its_amplitude_and_its_sign_changes()
    {
        AudioSignal square = new(Enumerable.Range(0, 3000).Select(i => i / 8 % 2 == 0 ? 0.25f : -0.25f).ToArray(), Rate);
        FrameLevels levels = new();

        AssertRows(levels.Peaks(square), 0, [0.25, 0.25, 0.25, 0.25]);
        AssertRows(levels.RootMeanSquares(square), 1e-6, [0.25, 0.25, 0.25, 0.25]);
        AssertRows(levels.ZeroCrossings(square), 1e-6, Enumerable.Repeat(127 / 1024.0, 4));
    }

    [Fact]
    public void A_sound_shorter_than_a_frame_is_one_that_ends_in_silence()
    {
        FrameLevels levels = new();
        AudioSignal two = new(new float[] { 3, -4 }, Rate);

        AssertRows(levels.Peaks(two), 0, [4]);
        AssertRows(levels.RootMeanSquares(two), 1e-6, [5 / 32.0]);
        AssertRows(levels.ZeroCrossings(two), 1e-9, [1 / 1024.0]);
        Assert.Equal(0, levels.Peaks(new AudioSignal(Array.Empty<float>(), Rate)).FrameCount);
    }

    [Fact]
    public void Bands_of_a_spectrum_that_is_never_held_equal_those_of_one_that_is()
    {
        AudioSignal tone = Sine(300, 5000);
        ShortTimeFourierTransform transform = new();
        FilterBank mel = MelBank.Slaney(Rate, 2048, 64);

        Assert.Equal(mel.Apply(transform.Powers(tone)).ToSeries(), transform.BandPowers(tone, mel).ToSeries());
    }

    private static AudioSignal Sine(double hertz, int length) => new(
        Enumerable.Range(0, length).Select(i => (float)Math.Sin(2 * Math.PI * hertz * i / Rate)).ToArray(), Rate);

    private static FrameMatrix Matrix(params float[][] rows)
    {
        FrameMatrix matrix = new(rows.Length, rows[0].Length);
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row].CopyTo(matrix.Writable(row));
        }

        return matrix;
    }

    private static void AssertRows(FrameMatrix actual, double tolerance, params IEnumerable<double>[] expected)
    {
        Assert.Equal(expected.Length, actual.RowCount);
        for (int row = 0; row < expected.Length; row++)
        {
            double[] values = [.. expected[row]];
            Assert.Equal(values.Length, actual.FrameCount);
            Assert.All(Enumerable.Range(0, values.Length), t => Assert.Equal(values[t], actual[row, t], tolerance));
        }
    }
}
