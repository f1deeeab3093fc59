using SerLab.Datasets.Synthetic;
using Xunit;

namespace SerLab.Datasets.Tests.Synthetic;

public sealed class PlaceAcousticsTests
{
    private const int Rate = 16_000;
    private const double NoFloor = -300;

    private static readonly Place Dry =
        new(Reverberation: 1, Size: 1, Distance: 0, Tilt: 0, Bandwidth: 1e9, Floor: NoFloor, Seed: 1);

    /// <summary>Reverberation time is read off Schroeder's backward integral of the energy, as ISO 3382 does (T20).</summary>
    [Theory]
    [InlineData(0.3, 0.5)]
    [InlineData(1.0, 1.0)]
    [InlineData(3.0, 2.0)]
    public void A_click_dies_away_in_the_reverberation_time_of_the_room(double seconds, double size)
    {
        float[] click = new float[(int)(2 * seconds * Rate)];
        click[0] = 1;

        Apply(Dry with { Reverberation = seconds, Size = size, Distance = 1 }, click);

        double[] left = new double[click.Length + 1];
        for (int i = click.Length - 1; i >= 0; i--)
        {
            left[i] = left[i + 1] + ((double)click[i] * click[i]);
        }

        int At(double decibels) => Array.FindIndex(left, energy => energy < left[0] * Math.Pow(10, decibels / 10));
        Assert.Equal(seconds, 3.0 * (At(-25) - At(-5)) / Rate, 0.15 * seconds);
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(5000, -12)]
    public void Tones_above_1_kHz_are_tilted_against_those_below(double frequency, double decibels)
    {
        // The level is restored afterwards, so a loud low tone beside the tone in question holds it in place.
        float[] tones = [.. Tone(100, 1).Zip(Tone(frequency, 0.01), (a, b) => a + b)];

        Apply(Dry with { Tilt = -12 }, tones);

        Assert.Equal(0.01 * Math.Pow(10, decibels / 20), Amplitude(tones, frequency) / Amplitude(tones, 100), 0.001);
    }

    [Fact]
    public void What_lies_beyond_the_bandwidth_is_taken_away()
    {
        float[] tones = [.. Tone(500, 0.5).Zip(Tone(6000, 0.5), (a, b) => a + b)];

        Apply(Dry with { Bandwidth = 2000 }, tones);

        Assert.InRange(Amplitude(tones, 6000) / Amplitude(tones, 500), 0.02, 0.25);
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(-70)]
    public void A_level_stays_what_it_was_but_not_below_that_of_the_device(double level)
    {
        float[] sound = Tone(400, Math.Sqrt(2) * Math.Pow(10, level / 20));

        Apply(Dry with { Distance = 0.5, Tilt = -9, Bandwidth = 3000, Floor = -50 }, sound);

        Assert.Equal(Math.Max(level, -50), 20 * Math.Log10(WhiteNoise.RootMeanSquare(sound)), 1.0);
    }

    private static float[] Tone(double frequency, double amplitude) =>
        [.. Enumerable.Range(0, Rate).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * frequency * i / Rate)))];

    private static double Amplitude(float[] sound, double frequency)
    {
        double re = 0;
        double im = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * frequency * i / Rate);
            re += sound[i] * cos;
            im += sound[i] * sin;
        }

        return 2 * Math.Sqrt((re * re) + (im * im)) / sound.Length;
    }

    private static void Apply(Place place, float[] sound) =>
        PlaceAcoustics.Apply(place, Rate, sound, new float[sound.Length], new float[sound.Length]);
}
