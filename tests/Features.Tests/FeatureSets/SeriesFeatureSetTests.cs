using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

public class SeriesFeatureSetTests
{
    private const int Rate = 22050;

    public static TheoryData<string> Series =>
        [.. FeatureSetCatalogue.BuiltIn.Entries.Where(set => set.Shape.Rank == 2).Select(set => set.Id)];

    [Theory]
    [MemberData(nameof(Series))]
    public void A_sound_has_a_frame_per_hop_of_as_many_bands_as_names(string id)
    {
        FeatureSet set = FeatureSetCatalogue.BuiltIn.Get(id);
        Assert.Equal(ExampleShape.Series(null, set.Names.Count), set.Shape);
        Assert.Equal(Rate, set.SampleRate);
        foreach (int length in new[] { 1, 511, 512, 5000, 40000 })
        {
            int frames = id == "series3" ? 1 + (Math.Max(0, length - 1024) / 512) : 1 + (length / 512);
            Assert.Equal(frames * set.Names.Count, set.Extract(FeatureSetCatalogueTests.Noise(length, Rate)).Length);
        }
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void A_part_of_every_sound_has_one_shape_and_the_values_of_the_part(string id)
    {
        FeatureSet set = FeatureSetCatalogue.BuiltIn.Get(id);
        FeatureSet part = FeatureSetCatalogue.BuiltIn.GetSet($"{id}@0.5s");
        AudioSignal noise = FeatureSetCatalogueTests.Noise(20000, Rate);

        Assert.Equal(ExampleShape.Series(id == "series3" ? 20 : 22, set.Names.Count), part.Shape);
        Assert.Equal(set.Extract(new AudioSignal(noise.Samples.Slice(4487, 11025), Rate)), part.Extract(noise));
        Assert.True(part.Shape.Fits(part.Extract(FeatureSetCatalogueTests.Noise(3000, 44100)).Length));
    }

    [Theory]
    [InlineData("4s", new float[] { 3, 4, 5, 6 })]
    [InlineData("3s", new float[] { 3, 4, 5 })]
    [InlineData("10s", new float[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 0 })]
    [InlineData("0-2s", new float[] { 1, 2 })]
    [InlineData("5.5-7.5s", new float[] { 7, 8 })]
    [InlineData("6-10s", new float[] { 7, 8, 0, 0 })]
    public void A_window_is_cut_out_and_silence_goes_on_beyond_the_ends(string window, float[] expected)
    {
        AudioSignal count = new(new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }, 1);

        Assert.Equal(expected, SoundWindow.Parse(window).Cut(count).Samples.ToArray());
        Assert.Equal(window, SoundWindow.Parse(window).ToString());
    }

    [Fact]
    public void A_window_of_no_sound_is_silence_and_one_behind_the_end_an_error()
    {
        AudioSignal none = new(Array.Empty<float>(), 2);
        Assert.Equal([0, 0], SoundWindow.Middle(1).Cut(none).Samples.ToArray());
        Assert.Equal([0, 0], SoundWindow.Between(0, 1).Cut(none).Samples.ToArray());

        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => SoundWindow.Between(3, 4).Cut(new AudioSignal(new float[6], 2)));
        Assert.Equal("The sound lasts 3 s, and the window 3-4s begins after its end.", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("-3s")]
    [InlineData("5-3s")]
    [InlineData("1-2-3s")]
    [InlineData("1e9s")]
    [InlineData("NaNs")]
    public void What_is_no_window_is_refused(string window)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => FeatureSetCatalogue.BuiltIn.GetSet($"logmel64@{window}"));
        Assert.Contains($"'{window}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_nearest_set_is_offered_whatever_the_window() => Assert.Contains(
        "Did you mean 'logmel64'?",
        Assert.Throws<UnknownNameException>(() => FeatureSetCatalogue.BuiltIn.GetSet("lgmel64@3s")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Rows_of_a_part_are_rows_too()
    {
        FeatureSet whole = FeatureSetCatalogue.BuiltIn.Get("meyda74");
        FeatureSet part = FeatureSetCatalogue.BuiltIn.GetSet("meyda74@0-0.5s");
        AudioSignal noise = FeatureSetCatalogueTests.Noise(20000, 16000);

        Assert.True(part.Shape.IsFeatures);
        Assert.Equal(whole.Extract(new AudioSignal(noise.Samples[..8000], 16000)), part.Extract(noise));
    }

    [Fact]
    public void Keys_differ_wherever_the_recipe_does()
    {
        LogMelOptions plain = new();
        FeatureSet[] sets =
        [
            .. new[]
            {
                plain, plain with { Bands = 32 }, plain with { FrameLength = 1024 }, plain with { HopLength = 256 },
                plain with { SampleRate = 16000 }, plain with { Logarithm = Logarithm.Natural },
            }.Select(options => LogMelFeatureSet.Create("x", "x", options)),
        ];
        FeatureSet[] parts = [.. new[] { "3s", "4s", "0-3s" }.Select(w => WindowedFeatureSet.At(sets[0], SoundWindow.Parse(w)))];

        Assert.Equal(9, sets.Concat(parts).Select(set => set.Key).Distinct().Count());
    }

    [Fact]
    public void Silence_is_as_loud_as_itself_in_decibels_and_the_floor_in_logarithms()
    {
        AudioSignal silence = new(new float[5000], 44100);

        Assert.All(FeatureSetCatalogue.BuiltIn.Get("logmel64").Extract(silence), value => Assert.Equal(0, value));
        Assert.All(
            FeatureSetCatalogue.BuiltIn.Get("logmel64-ln").Extract(silence), value => Assert.Equal(Math.Log(1e-6), value, 1e-5));
    }
}
