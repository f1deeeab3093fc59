using System.Text.Json;
using SerLab.Features.Audio;
using SerLab.Reports.Charts;
using Xunit;

namespace SerLab.Reports.Tests.Charts;

public class SignalChartTests
{
    private const int Rate = 16_000;

    [Fact]
    public void The_waveform_of_a_long_sound_keeps_its_extremes_and_its_duration()
    {
        float[] samples = new float[3 * Rate];
        samples[20_001] = 0.9f;
        samples[40_003] = -0.7f;

        Chart chart = SignalCharts.Waveform(new AudioSignal(samples, Rate));

        LineSeries line = Assert.IsType<LineSeries>(Assert.Single(chart.Series));
        Assert.Equal((0.9, -0.7), (Math.Round(line.Y.Max(), 6), Math.Round(line.Y.Min(), 6)));
        Assert.InRange(line.X[line.Y.ToList().IndexOf(line.Y.Max())], (20_001.0 / Rate) - 0.01, 20_001.0 / Rate);
        Assert.InRange(line.X.Count, 600, 1_200);
        Assert.Equal(3.0, chart.X.Maximum);
    }

    [Fact]
    public void The_spectrogram_of_a_tone_that_rises_is_darkest_low_at_first_and_high_at_last()
    {
        float[] samples =
        [
            .. Enumerable.Range(0, 2 * Rate).Select(i => MathF.Sin(2 * MathF.PI * (i < Rate ? 500 : 4_000) * i / Rate)),
        ];

        Chart chart = SignalCharts.Spectrogram(new AudioSignal(samples, Rate), bands: 40);

        RasterSeries raster = Assert.IsType<RasterSeries>(Assert.Single(chart.Series));
        int Loudest(int column) => Enumerable.Range(0, 40).MaxBy(band => raster.Rows[band][column]);
        Assert.Equal(40, raster.Rows.Count);

        // 500 Hz is mel 7.5 of 45.245 (Slaney), 4 kHz is 35.16: bands 41 edges apart.
        Assert.InRange(Loudest(raster.Columns / 4), 5, 7);
        Assert.InRange(Loudest(3 * raster.Columns / 4), 30, 32);
        Assert.InRange(raster.Columns, 2, 150);
        Assert.Equal((0.0, 2.0), (raster.Left, raster.Right));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    public void A_sound_shorter_than_a_frame_is_drawn_all_the_same(int length)
    {
        AudioSignal signal = new(Enumerable.Range(0, length).Select(i => (i % 2) - 0.5f).ToArray(), Rate);

        Assert.StartsWith("<svg", SvgChart.Render(SignalCharts.Waveform(signal)), StringComparison.Ordinal);
        Assert.StartsWith("<svg", SvgChart.Render(SignalCharts.Spectrogram(signal)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_signal_cannot_be_drawn()
    {
        Assert.Throws<ArgumentException>(() => SignalCharts.Waveform(new AudioSignal(default, Rate)));
        Assert.Throws<ArgumentException>(() => SignalCharts.Spectrogram(new AudioSignal(default, Rate)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignalCharts.Spectrogram(new AudioSignal(new float[9], Rate), bands: 1));
    }

    [Fact]
    public void A_raster_is_drawn_in_its_extent_with_equal_neighbours_as_one_mark_and_goes_to_plotly_with_its_edges()
    {
        Chart chart = new()
        {
            Title = "raster",
            X = new Axis { Title = "x", Minimum = 0, Maximum = 4 },
            Y = new Axis { Title = "y", Minimum = 0, Maximum = 2 },
            Series = [new RasterSeries("r", [[0, 0, 9, 9], [0, 9, double.NaN, 9]], 0, 4, 0, 2)],
        };

        string svg = SvgChart.Render(chart);
        string path = svg.Split(" d=\"").Last(part => part.Contains('z', StringComparison.Ordinal)).Split('"')[0];
        using JsonDocument plotly = JsonDocument.Parse(PlotlyFigure.ToJson(chart));

        Assert.Equal(3, path.Count(c => c == 'M'));
        JsonElement trace = plotly.RootElement.GetProperty("data")[0];
        Assert.Equal([0.0, 1, 2, 3, 4], trace.GetProperty("x").EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal([0.0, 1, 2], trace.GetProperty("y").EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal(JsonValueKind.Null, trace.GetProperty("z")[1][2].ValueKind);
    }
}
