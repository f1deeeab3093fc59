using SerLab.Core;
using SerLab.Datasets.Descriptions;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Datasets.Tests.Descriptions;

public sealed class EmbeddingFileTests : IDisposable
{
    private const string Whole = """
        id: own
        sample-rate: 16000
        sample-scale: 32768
        networks:
          - {file: net.onnx, scale: 0.1, offset: 2}
          - {file: net.onnx, input: x, output: y, window: 76, hop: 8}
        values: 96
        pooling: [mean, max]
        trained-on: AudioSet
        """;

    private const string Drawn = """
        id: drawn
        image:
          set: logmel64@2s
          height: 32
          width: 48
          range: [-80, 0]
          interpolation: nearest
          colours: jet
          layout: nhwc
          channels: bgr
          scale: 255
          mean: [1, 2, 3]
          deviation: [4, 5, 6]
          flatten: true
        networks: [{file: net.onnx}]
        values: 96
        """;

    private readonly TemporaryFolder folder = new();

    public EmbeddingFileTests() => File.WriteAllText(folder["net.onnx"], "abc");

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void A_device_is_no_network_and_is_not_read_to_its_end_which_never_comes()
    {
        Skip.IfNot(File.Exists("/dev/zero"), "There is no such device here.");

        EmbeddingRecipe recipe = EmbeddingFile.Read(Written(Whole.Replace("net.onnx", "/dev/zero", StringComparison.Ordinal)));

        Assert.Equal("", recipe.Stages[0].Sha256);
        Assert.NotNull(EmbeddingFeatureSet.Create(recipe).Missing);
    }

    [Fact]
    public void Every_key_is_read_and_files_are_found_beside_the_description()
    {
        EmbeddingRecipe recipe = EmbeddingFile.Read(Written(Whole));

        Assert.Equal(("own", 16_000, 32_768, 96, "AudioSet"), (
            recipe.Id, recipe.SampleRate, recipe.SampleScale, recipe.Values, recipe.TrainedOn));
        Assert.Equal([EmbeddingPooling.Mean, EmbeddingPooling.Max], recipe.Pooling);
        Assert.Equal((0.1, 2, null), (recipe.Stages[0].Scale, recipe.Stages[0].Offset, recipe.Stages[0].Window));
        Assert.Equal(("x", "y", 76, 8), (
            recipe.Stages[1].Input, recipe.Stages[1].Output, recipe.Stages[1].Window, recipe.Stages[1].Hop));
        Assert.Equal(folder["net.onnx"], recipe.Stages[0].File);

        // The SHA-256 of "abc" (FIPS 180-2, appendix B.1).
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", recipe.Stages[0].Sha256);
    }

    [Fact]
    public void A_path_stands_for_the_set_that_it_describes_alone_or_in_a_sum()
    {
        string path = Written(Whole);

        (Catalogue<FeatureSet> sets, string name) = EmbeddingFile.Resolve(FeatureSetCatalogue.BuiltIn, $"voice310+{path}");

        Assert.Equal("voice310+own", name);
        Assert.Equal(310 + 192, sets.GetSet(name).Names.Count);
        Assert.Equal("meyda74", EmbeddingFile.Resolve(FeatureSetCatalogue.BuiltIn, "meyda74").Name);
    }

    [SkippableFact]
    public void A_set_whose_networks_are_not_on_this_machine_is_refused_when_it_is_named()
    {
        Skip.If(FeatureSetCatalogue.BuiltIn.Find("speech-embedding")!.Missing is null, "the networks are on this machine");

        Assert.Contains(
            "'speech-embedding' needs the network 'melspectrogram.onnx'",
            Assert.Throws<InvalidInputException>(
                () => EmbeddingFile.Resolve(FeatureSetCatalogue.BuiltIn, "voice310+speech-embedding")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_is_read_with_all_its_keys()
    {
        EmbeddingRecipe recipe = EmbeddingFile.Read(Written(Drawn));

        EmbeddingImage image = recipe.Image!;
        Assert.Equal("logmel64@2s", image.Set.Id);
        Assert.Equal((32, 48, (-80, 0), true), (image.Height, image.Width, image.Range, image.Nearest));
        Assert.Equal((ImageColours.Jet, ImageLayout.Nhwc), (image.Colours, image.Layout));
        Assert.Equal((true, 255), (image.BlueFirst, image.Scale));
        Assert.Equal([1, 2, 3], image.Mean);
        Assert.Equal([4, 5, 6], image.Deviation);
        Assert.Equal([EmbeddingPooling.Last], recipe.Pooling);
        Assert.Equal(22_050, recipe.SampleRate);
    }

    [Theory]
    [InlineData("set: logmel64@2s", "set: meyda74", "cannot be drawn")]
    [InlineData("set: logmel64@2s", "set: logmel6", "Did you mean 'logmel64'?")]
    [InlineData("range: [-80, 0]", "range: [0, -80]", "the smaller first")]
    [InlineData("mean: [1, 2, 3]", "mean: [1, 2]", "one for each channel")]
    [InlineData("deviation: [4, 5, 6]", "deviation: [4, 0, 6]", "divided by 0")]
    [InlineData("colours: jet", "colours: jets", "Did you mean 'jet'?")]
    [InlineData("values: 96", "sample-rate: 16000\nvalues: 96", "is that of the set that is drawn")]
    [InlineData("values: 96", "values: 96\npooling: energy", "energy weights times")]
    public void A_mistake_in_an_image_is_one_sentence(string right, string wrong, string told) => Assert.Contains(
        told,
        Assert.ThrowsAny<InvalidInputException>(
            () => EmbeddingFile.Read(Written(Drawn.Replace(right, wrong, StringComparison.Ordinal)))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("id: own", "id: a+b", "is not an id")]
    [InlineData("id: own", "id: meyda74", "there is another of that name")]
    [InlineData("values: 96", "", "values")]
    [InlineData("file: net.onnx, scale", "file: nowhere/net.onnx, scale", "which is not at")]
    [InlineData("pooling: [mean, max]", "pooling: [mean, middle]", "middle")]
    [InlineData("hop: 8", "hoop: 8", "Did you mean 'hop'?")]
    public void A_mistake_is_one_sentence(string right, string wrong, string told)
    {
        string path = Written(Whole.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(
            told,
            Assert.ThrowsAny<InvalidInputException>(
                () => EmbeddingFile.Resolve(FeatureSetCatalogue.BuiltIn, path)).Message,
            StringComparison.Ordinal);
    }

    private string Written(string text)
    {
        File.WriteAllText(folder["own.yaml"], text);
        return folder["own.yaml"];
    }
}
