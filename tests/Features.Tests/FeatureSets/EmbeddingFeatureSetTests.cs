using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Onnx;
using SerLab.Onnx.Native;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

public sealed class EmbeddingFeatureSetTests : IDisposable
{
    private const int Rate = 8000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Windows_of_samples_are_heard_one_by_one_and_pooled_over_time()
    {
        // The network sums a window of four samples and gives it and its double.
        EmbeddingRecipe recipe = Recipe(Sums(), window: 4, hop: 2) with
        {
            Pooling = [EmbeddingPooling.Mean, EmbeddingPooling.Std, EmbeddingPooling.Max, EmbeddingPooling.Last],
        };

        float[] features = EmbeddingFeatureSet.Create(recipe).Extract(Sound(1, 2, 3, 4, 5, 6, 7));

        // 1 + 2 + 3 + 4 and 3 + 4 + 5 + 6; the last sample fills no window.
        Assert.Equal([14, 28, 4, 8, 18, 36, 18, 36], features);
    }

    [Fact]
    public void Samples_and_answers_are_scaled_as_the_recipe_says()
    {
        EmbeddingRecipe recipe = Recipe(Sums(), window: 4) with { SampleScale = 10, Pooling = [EmbeddingPooling.Mean] };
        recipe = recipe with { Stages = [recipe.Stages[0] with { Scale = 0.5, Offset = 3 }] };

        Assert.Equal([23, 43], EmbeddingFeatureSet.Create(recipe).Extract(Sound(1, 1, 1, 1)));
    }

    [Fact]
    public void Networks_follow_each_other_and_the_second_hears_frames_of_the_first()
    {
        EmbeddingRecipe first = Recipe(Sums(), window: 4);
        string path = folder["second.onnx"];
        File.WriteAllBytes(path, FrameMeans());
        EmbeddingRecipe recipe = first with
        {
            Stages = [first.Stages[0], new EmbeddingStage { File = path, Sha256 = Digest(path), Window = 2, Hop = 1 }],
            Pooling = [EmbeddingPooling.Max],
        };

        // Sums 4, 8 and 12 with their doubles; means of two frames each: 6 and 12, 10 and 20.
        Assert.Equal([10, 20], EmbeddingFeatureSet.Create(recipe).Extract(Sound(1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3)));
    }

    [Fact]
    public void Loud_parts_count_more_where_energy_weights()
    {
        EmbeddingRecipe recipe = Recipe(Sums(), window: 4) with { Pooling = [EmbeddingPooling.Energy] };

        float[] features = EmbeddingFeatureSet.Create(recipe).Extract(Sound(1, 1, 1, 1, 3, 3, 3, 3));

        // Loudness 1 and 3: a quarter of 4 and three quarters of 12.
        Assert.Equal(10, features[0], 1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_sound_shorter_than_a_window_is_followed_by_silence(int samples) => Assert.Equal(
        samples, EmbeddingFeatureSet.Create(Recipe(Sums(), window: 4)).Extract(Sound([.. Enumerable.Repeat(1f, samples)]))[0]);

    [Fact]
    public void A_sound_shorter_than_the_least_duration_is_followed_by_silence_up_to_it()
    {
        EmbeddingRecipe recipe = Recipe(Sums(), window: 4) with { MinimumSeconds = 8.0 / Rate };

        // Two windows: 1 + 1, and silence.
        Assert.Equal([1, 2], EmbeddingFeatureSet.Create(recipe).Extract(Sound(1, 1)));
    }

    [Fact]
    public void The_key_covers_the_digest_of_the_file()
    {
        EmbeddingRecipe recipe = Recipe(Sums(), window: 4);
        EmbeddingRecipe other = recipe with { Stages = [recipe.Stages[0] with { Sha256 = new string('0', 64) }] };

        Assert.NotEqual(EmbeddingFeatureSet.Create(recipe).Key, EmbeddingFeatureSet.Create(other).Key);
        Assert.Contains(
            "is not the file that the feature set 'own' means",
            Assert.ThrowsAny<InvalidInputException>(() => EmbeddingFeatureSet.Create(other).Extract(Sound(1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_answered_with_what_to_do()
    {
        EmbeddingRecipe recipe = Recipe(Sums(), window: 4);
        recipe = recipe with { Stages = [recipe.Stages[0] with { File = folder["nowhere.onnx"] }] };

        Assert.Contains(
            "('data get own' does, where SerLab knows a source), or name the folder that holds it in SERLAB_MODELS",
            Assert.ThrowsAny<InvalidInputException>(() => EmbeddingFeatureSet.Create(recipe).Extract(Sound(1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_number_of_values_is_refused() => Assert.Contains(
        "answers 2 numbers at a time, and the recipe says 3",
        Assert.ThrowsAny<InvalidInputException>(
            () => EmbeddingFeatureSet.Create(Recipe(Sums(), window: 4) with { Values = 3 }).Extract(Sound(1))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_network_without_an_output_is_refused_as_the_fault_of_the_set()
    {
        UnusableFeatureSetException error = Assert.Throws<UnusableFeatureSetException>(
            () => EmbeddingFeatureSet.Create(Recipe(NoOutput(), window: 4)).Extract(Sound(1)));

        Assert.EndsWith(
            "of the feature set 'own' cannot be used. The model has no output.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_networks_were_trained_on_is_told_where_it_names_the_corpus_or_is_unknown()
    {
        EmbeddingRecipe recipe = Recipe(Sums(), window: 4);
        string? Told(string? trainedOn) =>
            EmbeddingFeatureSet.Create(recipe with { TrainedOn = trainedOn }).HeardBefore("ravdess", "RAVDESS, speech");

        Assert.Contains("they have heard ravdess", Told("IEMOCAP and RAVDESS"), StringComparison.Ordinal);
        Assert.Contains("is not known", Told(null), StringComparison.Ordinal);
        Assert.Null(Told("AudioSet"));
        Assert.Null(FeatureSetCatalogue.BuiltIn.Get("meyda74").HeardBefore("ravdess"));
    }

    [SkippableFact]
    public void The_native_runtime_gives_the_same_features_under_the_same_key_and_is_told()
    {
        EmbeddingRecipe recipe = Recipe(Sums(), window: 4, hop: 2);
        FeatureSet managed = EmbeddingFeatureSet.Create(recipe, NetworkRuntime.Interpreter);
        FeatureSet native = EmbeddingFeatureSet.Create(recipe, NetworkRuntime.Find(NativeOnnxRuntime.Require()));
        AudioSignal sound = Sound(1, 2, 3, 4, 5, 6, 7);

        Assert.Equal(managed.Extract(sound), native.Extract(sound));
        Assert.Equal(managed.Key, native.Key);
        Assert.Equal("SerLab's interpreter", managed.Runtime?.Name);
        Assert.StartsWith("ONNX Runtime 1.", WindowedFeatureSet.At(native, SoundWindow.Parse("3s")).Runtime?.Name);
        Assert.StartsWith(
            "ONNX Runtime 1.",
            CombinedFeatureSet.Of([FeatureSetCatalogue.BuiltIn.Get("meyda74"), native]).Runtime?.Name);
        Assert.Null(FeatureSetCatalogue.BuiltIn.Get("meyda74").Runtime);
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void The_speech_embedding_answers_as_onnx_runtime()
    {
        string folder = ReferenceData.Require("data", "onnx-backbones");
        EmbeddingRecipe recipe = SpeechEmbedding.Recipe with
        {
            Stages = [.. SpeechEmbedding.Recipe.Stages.Select(stage => stage with { File = Path.Combine(folder, stage.File) })],
        };
        FeatureSet set = EmbeddingFeatureSet.Create(recipe);
        using GZipStream unpacked =
            new(File.OpenRead(Path.Combine(folder, "expected.json.gz")), CompressionMode.Decompress);
        using JsonDocument expected = JsonDocument.Parse(unpacked);
        foreach (JsonProperty clip in expected.RootElement.EnumerateObject())
        {
            float[] rows =
                [.. clip.Value.GetProperty("speech_embedding").GetProperty("data").EnumerateArray().Select(v => v.GetSingle())];
            ReadOnlyMemory<float> samples = Golden.Clip(Path.GetFileNameWithoutExtension(clip.Name)).Samples;

            float[] features = set.Extract(new AudioSignal(samples[..Math.Min(48_000, samples.Length)], 16_000));

            float largest = rows.Max(MathF.Abs);
            Assert.All(Enumerable.Range(0, 96), v =>
            {
                double[] values = [.. Enumerable.Range(0, rows.Length / 96).Select(t => (double)rows[(t * 96) + v])];
                double mean = values.Average();
                Assert.Equal(mean, features[v], 1e-4 * largest);
                Assert.Equal(Math.Sqrt(values.Average(x => (x - mean) * (x - mean))), features[96 + v], 1e-4 * largest);
            });
        }
    }

    private static AudioSignal Sound(params float[] samples) => new(samples, Rate);

    private static string Digest(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private EmbeddingRecipe Recipe(byte[] network, int window, int? hop = null)
    {
        string path = folder["own.onnx"];
        File.WriteAllBytes(path, network);
        return new EmbeddingRecipe
        {
            Id = "own",
            Description = "Sums.",
            SampleRate = Rate,
            MinimumSeconds = 0,
            Stages = [new EmbeddingStage { File = path, Sha256 = Digest(path), Window = window, Hop = hop }],
            Values = 2,
            Pooling = [EmbeddingPooling.Mean],
        };
    }

    // [batch, 4] -> [batch, 2]: the sum and its double.
    private static byte[] Sums()
    {
        OnnxGraph graph = new("sums");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 4]);
        OnnxValue y = graph.Apply("MatMul", [x, graph.Constant([1, 2, 1, 2, 1, 2, 1, 2], 4, 2)]);
        graph.Output("y", y, OnnxElement.Float, [OnnxDimension.Batch, 2]);
        return graph.ToBytes("1", "", []);
    }

    private static byte[] NoOutput()
    {
        OnnxGraph graph = new("mute");
        graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 4]);
        return graph.ToBytes("1", "", []);
    }

    // [batch, 2 frames, 2 values, 1] -> [batch, 1, 2]: the mean over frames.
    private static byte[] FrameMeans()
    {
        OnnxGraph graph = new("means");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 2, 2, 1]);
        OnnxValue mean = graph.Apply("ReduceMean", [x], OnnxAttribute.Of("axes", [1L]), OnnxAttribute.Of("keepdims", 0L));
        OnnxValue y = graph.Apply("Reshape", [mean, graph.Integers([-1, 1, 2], 3)]);
        graph.Output("y", y, OnnxElement.Float, [OnnxDimension.Batch, 1, 2]);
        return graph.ToBytes("1", "", []);
    }
}
