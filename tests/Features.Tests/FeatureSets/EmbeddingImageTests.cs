using System.Security.Cryptography;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;
using SerLab.Features.FeatureSets;
using SerLab.Onnx;
using SerLab.Onnx.Native;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

/// <summary>Sounds as pictures, and what a convolutional network answers to them.</summary>
public sealed class EmbeddingImageTests : IDisposable
{
    private const int Rate = 22_050;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Time_runs_to_the_right_and_high_bands_are_at_the_top()
    {
        EmbeddingImage image = Image(bands: 2) with { Height = 2, Width = 3, Range = (0, 10) };

        float[] pixels = image.Draw([1, 4, 2, 5, 3, 6]);

        Assert.Equal([0.4f, 0.5f, 0.6f, 0.1f, 0.2f, 0.3f], pixels[..6]);
        Assert.Equal(pixels[..6], pixels[6..12]);
        Assert.Equal(pixels[..6], pixels[12..]);
    }

    [Fact]
    public void Numbers_are_scaled_by_the_clip_or_by_a_fixed_range()
    {
        EmbeddingImage image = Image(bands: 1) with { Height = 1, Width = 3 };

        Assert.Equal([0, 0.5f, 1], image.Draw([-4, 0, 4])[..3]);
        Assert.Equal([0, 0.25f, 1], (image with { Range = (-1, 3) }).Draw([-4, 0, 4])[..3]);
        Assert.Equal([0, 0, 0], image.Draw([7, 7, 7])[..3]);
    }

    [Theory]
    [InlineData(0, 0, 0, 0.5)]
    [InlineData(0.125, 0, 0, 1)]
    [InlineData(0.375, 0, 1, 1)]
    [InlineData(0.5, 0.5, 1, 0.5)]
    [InlineData(0.625, 1, 1, 0)]
    [InlineData(0.875, 1, 0, 0)]
    [InlineData(1, 0.5, 0, 0)]
    public void Jet_passes_through_its_known_colours(double value, float red, float green, float blue)
    {
        EmbeddingImage image = Image(bands: 1) with { Height = 1, Width = 1, Range = (0, 1), Colours = ImageColours.Jet };

        Assert.Equal([red, green, blue], image.Draw([(float)value]));
        Assert.Equal([blue, green, red], (image with { BlueFirst = true }).Draw([(float)value]));
    }

    [Fact]
    public void Channels_are_shifted_and_scaled_as_networks_of_pictures_expect()
    {
        EmbeddingImage image = Image(bands: 1) with
        {
            Height = 1,
            Width = 1,
            Range = (0, 1),
            Scale = 255,
            Mean = [1, 2, 3],
            Deviation = [1, 2, 4],
        };

        Assert.Equal([101, 50, 24.75f], image.Draw([0.4f]));
    }

    [Fact]
    public void Both_layouts_hold_the_same_pixels()
    {
        EmbeddingImage image = Image(bands: 4) with { Height = 5, Width = 7, Colours = ImageColours.Jet };
        float[] frames = [.. Enumerable.Range(0, 4 * 9).Select(i => MathF.Sin(i * i))];

        float[] first = image.Draw(frames);
        float[] last = (image with { Layout = ImageLayout.Nhwc }).Draw(frames);

        Assert.Equal(first, Enumerable.Range(0, first.Length).Select(i => last[(i % 35 * 3) + (i / 35)]));
    }

    [Fact]
    public void The_nearest_number_is_that_of_the_pixels_centre() =>
        Assert.Equal([1, 1, 2, 2, 3, 3], ImageResampling.Nearest([1, 2, 3], 1, 3, 1, 6));

    [Fact]
    public void Linear_pixels_lie_between_numbers_and_are_averages_where_the_grid_shrinks()
    {
        Assert.Equal([0, 1, 3, 4], ImageResampling.Linear([0, 4], 1, 2, 1, 4));
        Assert.Equal([2], ImageResampling.Linear([0, 4], 1, 2, 1, 1));
        Assert.All(ImageResampling.Linear(Enumerable.Repeat(3f, 91).ToArray(), 7, 13, 5, 29), v => Assert.Equal(3, v, 1e-6f));
    }

    [SkippableTheory]
    [InlineData(64, 259, 224, 224)]
    [InlineData(1025, 33, 224, 224)]
    [InlineData(5, 7, 3, 11)]
    public void Linear_pixels_are_those_of_the_native_Resize(int height, int width, int newHeight, int newWidth)
    {
        NetworkRuntime native = NetworkRuntime.Find(NativeOnnxRuntime.Require());
        OnnxGraph graph = new("resize");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [new(1), new(1), new(height), new(width)]);
        OnnxValue sizes = graph.Integers([1, 1, newHeight, newWidth], 4);
        OnnxValue y = graph.Apply(
            "Resize",
            [x, OnnxValue.None, OnnxValue.None, sizes],
            OnnxAttribute.Of("mode", "linear"),
            OnnxAttribute.Of("antialias", 1L),
            OnnxAttribute.Of("exclude_outside", 1L));
        graph.Output("y", y, OnnxElement.Float, [OnnxDimension.Batch]);
        float[] grid = [.. Enumerable.Range(0, height * width).Select(i => MathF.Sin(i * 0.37f * i))];

        Tensor<float> expected = (Tensor<float>)native.Parse(OfOperatorSet18(graph.ToBytes("1", "", [])), "resize").Run(
            new Dictionary<string, Tensor> { ["x"] = new Tensor<float>(grid, 1, 1, height, width) })["y"];

        float[] actual = ImageResampling.Linear(grid, height, width, newHeight, newWidth);
        Assert.All(expected.Values.ToArray().Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Theory]
    [InlineData(ImageLayout.Nchw)]
    [InlineData(ImageLayout.Nhwc)]
    public void A_network_answers_at_positions_that_are_pooled_or_in_one_row(ImageLayout layout)
    {
        EmbeddingImage image = Image(bands: 8) with { Height = 8, Width = 8, Colours = ImageColours.Jet, Layout = layout };
        EmbeddingRecipe pooled =
            Recipe(image, layout, values: 2) with { Pooling = [EmbeddingPooling.Mean, EmbeddingPooling.Max] };
        EmbeddingRecipe flat =
            Recipe(image with { Flatten = true }, layout, values: 32) with { Pooling = [EmbeddingPooling.Last] };
        AudioSignal sound = Sound();

        float[] rows = EmbeddingFeatureSet.Create(flat).Extract(sound);
        float[] features = EmbeddingFeatureSet.Create(pooled).Extract(sound);

        float[] pixels = image.Draw(image.Set.Extract(sound));
        float[] expected = Convolved(pixels, layout);
        int channelStep = layout == ImageLayout.Nchw ? 16 : 1;
        int positionStep = layout == ImageLayout.Nchw ? 1 : 2;
        float[][] channels =
        [
            .. Enumerable.Range(0, 2).Select(
                c => Enumerable.Range(0, 16).Select(p => expected[(c * channelStep) + (p * positionStep)]).ToArray()),
        ];
        Assert.All(expected.Zip(rows), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.All(
            new[] { channels[0].Average(), channels[1].Average(), channels[0].Max(), channels[1].Max() }.Zip(features),
            pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.NotEqual(EmbeddingFeatureSet.Create(pooled).Key, EmbeddingFeatureSet.Create(flat).Key);
    }

    [Fact]
    public void A_picture_of_another_size_than_the_network_takes_is_refused()
    {
        EmbeddingImage image = Image(bands: 8) with { Height = 8, Width = 9 };

        Assert.Contains(
            "takes [1, 3, 8, 8], and its picture is [1, 3, 8, 9]",
            Assert.ThrowsAny<InvalidInputException>(
                () => EmbeddingFeatureSet.Create(Recipe(image, ImageLayout.Nchw, 2)).Extract(Sound())).Message,
            StringComparison.Ordinal);
    }

    // Resize has its antialias since 18; the file says 17, in the last field 2 (tag 16) of that value.
    private static byte[] OfOperatorSet18(byte[] model)
    {
        ReadOnlySpan<byte> version = [16, OnnxGraph.OperatorSet];
        model[model.AsSpan().LastIndexOf(version) + 1] = 18;
        return model;
    }

    // Blocks of two by two pixels: the sum of all three channels, and the first less the last.
    private static float[] Convolved(float[] pixels, ImageLayout layout)
    {
        float[] answer = new float[32];
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < 8; x++)
            {
                int place = (y * 8) + x;
                float Pixel(int c) => pixels[layout == ImageLayout.Nchw ? (c * 64) + place : (place * 3) + c];
                int position = (y / 2 * 4) + (x / 2);
                (int sum, int difference) =
                    layout == ImageLayout.Nchw ? (position, 16 + position) : (2 * position, (2 * position) + 1);
                answer[sum] += Pixel(0) + Pixel(1) + Pixel(2);
                answer[difference] += Pixel(0) - Pixel(2);
            }
        }

        return answer;
    }

    private static byte[] Network(ImageLayout layout)
    {
        OnnxGraph graph = new("picture");
        bool first = layout == ImageLayout.Nchw;
        OnnxDimension[] shape = first ? [new(1), new(3), new(8), new(8)] : [new(1), new(8), new(8), new(3)];
        OnnxValue x = graph.Input("x", OnnxElement.Float, shape);
        OnnxValue pixels = first ? x : graph.Apply("Transpose", [x], OnnxAttribute.Of("perm", [0L, 3, 1, 2]));
        float[] kernels =
            [.. Enumerable.Repeat(1f, 12), .. Enumerable.Repeat(1f, 4), .. new float[4], .. Enumerable.Repeat(-1f, 4)];
        OnnxValue y = graph.Apply(
            "Conv", [pixels, graph.Constant(kernels, 2, 3, 2, 2)], OnnxAttribute.Of("strides", [2L, 2]));
        graph.Output(
            "y",
            first ? y : graph.Apply("Transpose", [y], OnnxAttribute.Of("perm", [0L, 2, 3, 1])),
            OnnxElement.Float,
            [OnnxDimension.Batch]);
        return graph.ToBytes("1", "", []);
    }

    private static AudioSignal Sound() =>
        new(Enumerable.Range(0, Rate).Select(i => MathF.Sin(i * 0.0001f * i)).ToArray(), Rate);

    // Frames of so many samples as there are bands.
    private static EmbeddingImage Image(int bands)
    {
        FeatureSet set = new(
            "samples",
            "Samples.",
            [],
            [.. Enumerable.Range(0, bands).Select(i => $"s{i}")],
            signal => signal.Samples[..(signal.Samples.Length / bands * bands)].ToArray(),
            ExampleShape.Series(null, bands));
        return new EmbeddingImage { Set = FixedRateFeatureSet.At(set, Rate) };
    }

    private EmbeddingRecipe Recipe(EmbeddingImage image, ImageLayout layout, int values)
    {
        string path = folder[$"{layout}.onnx"];
        File.WriteAllBytes(path, Network(layout));
        return new EmbeddingRecipe
        {
            Id = "drawn",
            Description = "Blocks of pixels.",
            SampleRate = Rate,
            Image = image,
            Stages =
            [
                new EmbeddingStage
                {
                    File = path,
                    Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
                },
            ],
            Values = values,
        };
    }
}
