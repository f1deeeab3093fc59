using SerLab.Features.FeatureSets;
using SerLab.Features.Speech;
using Xunit;

namespace SerLab.Features.Tests.Speech;

/// <summary>The measures behind egemaps88 by their closed forms.</summary>
public class SpeechMeasureTests
{
    private static readonly SpeechFrames Frames = new(48_000);

    [Theory]
    [InlineData(0, 500)]
    [InlineData(500, 1500)]
    public void The_slope_of_a_spectrum_that_falls_evenly_is_its_fall(double lowest, double highest)
    {
        double[] powers = Spectrum(frequency => Math.Pow(10, -0.02 * frequency / 10));

        Assert.Equal(-0.02, new SpectralBalance(Frames).Slope(powers, lowest, highest), 1e-6);
    }

    [Fact]
    public void Alpha_ratio_and_Hammarberg_index_are_of_the_bands_they_name()
    {
        SpectralBalance balance = new(Frames);
        int below = Bins(0, 1000);
        int above = Bins(1000, 5000.001);

        balance.Hear(Spectrum(frequency => frequency < 1000 ? 4 : frequency < 2000 ? 1 : frequency <= 5000 ? 0.5 : 1000));

        double high = Bins(1000, 2000) + (0.5 * (above - Bins(1000, 2000)));
        Assert.Equal(10 * Math.Log10(high / (4.0 * below)), balance.AlphaRatio, 1e-4);
        Assert.Equal(10 * Math.Log10(8), balance.HammarbergIndex, 1e-4);
    }

    [Fact]
    public void Flux_is_the_change_of_magnitudes_and_0_at_first()
    {
        SpectralBalance balance = new(Frames);
        balance.Hear(Spectrum(_ => 4));
        Assert.Equal(0, balance.SpectralFlux);

        balance.Hear(Spectrum(frequency => frequency > 5000 ? 4 : 25));
        Assert.Equal(3, balance.SpectralFlux, 1e-5);
    }

    [Fact]
    public void A_gain_changes_no_cepstral_coefficient()
    {
        SpectralBalance balance = new(Frames);
        balance.Hear(Spectrum(frequency => 1 / (1 + frequency)));
        float[] one = [.. Enumerable.Range(1, SpectralBalance.CepstralCount).Select(balance.Cepstral)];
        balance.Hear(Spectrum(frequency => 100 / (1 + frequency)));

        Assert.All(one.Select((value, i) => balance.Cepstral(i + 1) - value), change => Assert.Equal(0, change, 1e-3));
        Assert.True(one[0] > 1, "a spectrum that falls has a positive first coefficient");
    }

    [Fact]
    public void Formants_of_an_all_pole_spectrum_are_its_poles()
    {
        const double rate = 11_000;
        (double Frequency, double Bandwidth)[] poles = [(500, 60), (1500, 100), (2500, 150), (3500, 200), (4500, 250)];
        const int bins = 2049;
        const double spacing = rate / 2 / (bins - 1);
        double[] powers = [.. Enumerable.Range(0, bins).Select(bin => poles.Aggregate(1.0, (power, pole) =>
        {
            double radius = Math.Exp(-Math.PI * pole.Bandwidth / rate);
            double there = 2 * Math.PI * pole.Frequency / rate;
            double here = 2 * Math.PI * bin * spacing / rate;
            double Distance(double angle) => 1 + (radius * radius) - (2 * radius * Math.Cos(angle));
            return power / (Distance(here - there) * Distance(here + there));
        }))];
        float[] frequencies = new float[Formants.Count];
        float[] bandwidths = new float[Formants.Count];

        Formants.Find(powers, spacing, frequencies, bandwidths);

        Assert.All(
            poles.Take(Formants.Count).Zip(frequencies, bandwidths),
            found =>
            {
                Assert.Equal(found.First.Frequency, found.Second, 3.0);
                Assert.Equal(found.First.Bandwidth, found.Third, 6.0);
            });
    }

    [Fact]
    public void An_octave_jump_of_one_frame_is_not_followed_and_a_voice_that_goes_is_let_go()
    {
        double[] frequencies = new double[30 * SubharmonicPitch.Candidates];
        double[] voicing = new double[frequencies.Length];
        for (int frame = 0; frame < 20; frame++)
        {
            int at = frame * SubharmonicPitch.Candidates;
            (frequencies[at], frequencies[at + 1]) = frame == 7 ? (200, 100) : (100, 200);
            (voicing[at], voicing[at + 1]) = (0.9, 0.85);
        }

        double[] pitch = new double[30];
        PitchPath.Find(frequencies, voicing, pitch);

        Assert.All(pitch.Take(20), hertz => Assert.Equal(100, hertz));
        Assert.All(pitch.Skip(20), hertz => Assert.Equal(0, hertz));
    }

    [Fact]
    public void Percentiles_lie_between_values_in_proportion()
    {
        float[] sorted = [1, 2, 4, 8];

        Assert.Equal(1, ContourStatistics.Percentile(sorted, 0));
        Assert.Equal(3, ContourStatistics.Percentile(sorted, 0.5));
        Assert.Equal(8, ContourStatistics.Percentile(sorted, 1));
        Assert.Equal(1.6f, ContourStatistics.Percentile(sorted, 0.2), 1e-6f);
        Assert.Equal(0, ContourStatistics.Percentile([], 0.5));
    }

    [Fact]
    public void Turns_leave_out_moves_of_less_than_a_tenth_of_the_range()
    {
        float[] contour = [0, 4, 10, 9.5f, 9.8f, 4, 0, 0.5f, 0.2f, 6, 8, 8];

        Assert.Equal(
            [(2, true), (6, false)], ContourTurns.Of(contour).Select(turn => (turn.Frame, turn.IsMaximum)));
    }

    [Fact]
    public void Slopes_are_those_between_turns_and_the_last_has_its_own_sign()
    {
        float[] contour = [0, 4, 10, 8, 4, 0, 3, 6, 4, 4, 2];

        (ContourTurns.SlopeMoments rising, ContourTurns.SlopeMoments falling) = ContourTurns.Slopes(contour, 0.5);

        // Up by 10 within 1 s and by 6 within 1 s; down by 10 within 1.5 s, and by 4 within 1.5 s to the end.
        double mean = ((10 / 1.5) - (4 / 1.5)) / 2;
        Assert.Equal((8, 2), (rising.Mean, rising.Deviation));
        Assert.Equal(mean, falling.Mean, 1e-5);
        Assert.Equal(Math.Sqrt(Math.Pow((10 / 1.5) - mean, 2) / 2), falling.Deviation, 1e-5);
    }

    [Theory]
    [InlineData(3, 3, 0)]
    [InlineData(-3, 0, 3)]
    [InlineData(0, 0, 0)]
    public void A_contour_without_turns_has_one_slope(float perSecond, float rising, float falling)
    {
        float[] contour = [.. Enumerable.Range(0, 9).Select(i => 5 + (0.5f * perSecond * i))];

        (ContourTurns.SlopeMoments up, ContourTurns.SlopeMoments down) = ContourTurns.Slopes(contour, 0.5);

        Assert.Equal((rising, 0, falling, 0), (up.Mean, up.Deviation, down.Mean, down.Deviation));
    }

    [Fact]
    public void What_is_not_defined_neither_smooths_nor_is_smoothed()
    {
        Assert.Equal([3, 4, 5, 0, 9], ContourStatistics.SmoothedWhereDefined([2, 4, 6, 0, 9]));
        Assert.Equal([3, 4, 10 / 3f, 5, 4.5f], ContourStatistics.Smoothed([2, 4, 6, 0, 9]));
    }

    [Fact]
    public void Stretches_last_from_their_first_frame_to_their_last()
    {
        float[] contour = [0, 0, 0, 1, 2, 3, 0, 5, 0, 0, 4, 4, 0, 0, 0];

        Assert.Equal([4], ContourStretches.Lengths(contour, defined: true));
        Assert.Equal([2, 3, 2], ContourStretches.Lengths(contour, defined: false));
        Assert.Empty(ContourStretches.Lengths([], defined: true));
    }

    [Fact]
    public void Variation_is_the_deviation_as_a_share_of_the_mean_with_its_sign()
    {
        Assert.Equal((-3, -1 / 3f), ContourStatistics.Moments([-2, -4]));
        Assert.Equal((0, 0), ContourStatistics.Moments([1, -1]));
        Assert.Equal((0, 0), ContourStatistics.Moments([]));
    }

    private static double[] Spectrum(Func<double, double> power) =>
        [.. Enumerable.Range(0, Frames.ShortBins).Select(bin => power(bin * Frames.ShortSpacing))];

    private static int Bins(double from, double to) =>
        Enumerable.Range(0, Frames.ShortBins).Count(bin => bin * Frames.ShortSpacing >= from && bin * Frames.ShortSpacing < to);
}
