using System.Security.Cryptography;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.FeatureSets;
using SerLab.Onnx;
using SerLab.Onnx.Native;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Datasets.Tests.Extraction;

public sealed class FeatureCacheTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ExtractionOptions options;

    public FeatureCacheTests() => options = new ExtractionOptions { Cache = new FeatureCache(folder.At("cache")) };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_second_extraction_decodes_nothing_and_gives_the_same()
    {
        Corpus corpus = TestFeatures.CorpusOf([.. Enumerable.Range(1, 30).Select(i => new TestSound(new string('x', i), 44100))]);

        ExtractedFeatures cold = FeatureExtractor.Extract(corpus, TestFeatures.Create(), options);
        ExtractedFeatures warm = FeatureExtractor.Extract(corpus, TestFeatures.Create(), options);

        Assert.Equal((0, 30), (cold.FromCache, warm.FromCache));
        Assert.Equal(cold.Table.Values.Values.ToArray(), warm.Table.Values.Values.ToArray());
        Assert.Equal((cold.Duration, cold.SampleRates[0]), (warm.Duration, warm.SampleRates[0]));
        Assert.All(corpus.Clips, clip => Assert.Equal(1, ((TestSound)clip.Audio!).Loads));
    }

    [Fact]
    public void Another_version_of_a_feature_set_has_entries_of_its_own()
    {
        Corpus corpus = TestFeatures.CorpusOf(new TestSound("x"));

        FeatureExtractor.Extract(corpus, TestFeatures.Create("1"), options);

        Assert.Equal(0, FeatureExtractor.Extract(corpus, TestFeatures.Create("2"), options).FromCache);
        Assert.Equal(1, FeatureExtractor.Extract(corpus, TestFeatures.Create("1"), options).FromCache);
    }

    [SkippableFact]
    public void What_a_native_library_computed_is_kept_apart()
    {
        string network = folder.At("network.onnx");
        OnnxGraph graph = new("same");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 4]);
        graph.Output("y", x, OnnxElement.Float, [OnnxDimension.Batch]);
        File.WriteAllBytes(network, graph.ToBytes("1", "", []));
        EmbeddingRecipe recipe = new()
        {
            Id = "own",
            Description = "The samples.",
            SampleRate = 44100,
            Stages = [new EmbeddingStage { File = network, Sha256 = Digest(network), Window = 4 }],
            Values = 4,
        };
        FeatureSet managed = EmbeddingFeatureSet.Create(recipe, NetworkRuntime.Interpreter);
        FeatureSet native = EmbeddingFeatureSet.Create(recipe, NetworkRuntime.Find(NativeOnnxRuntime.Require()));
        Corpus corpus = TestFeatures.CorpusOf(new TestSound("x"));

        int[] fromCache =
        [
            .. ((FeatureSet[])[managed, native, managed, native]).Select(
                set => FeatureExtractor.Extract(corpus, set, options).FromCache),
        ];

        Assert.Equal([0, 0, 1, 1], fromCache);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_byte_is_damaged_no_wrong_value_comes_out_and_it_is_recomputed(bool series)
    {
        Corpus corpus = TestFeatures.CorpusOfLengths(5, 5, 10, 20);
        FeatureSet set = series ? TestFeatures.CreateSeries() : TestFeatures.Create();
        float[][] expected = Values(FeatureExtractor.Extract(corpus, set, options));
        string segment = Assert.Single(Segments(set));
        byte[] intact = File.ReadAllBytes(segment);

        for (int i = 0; i < intact.Length; i++)
        {
            byte[] damaged = [.. intact];
            damaged[i] ^= 0x10;
            File.WriteAllBytes(segment, damaged);

            ExtractedFeatures features = FeatureExtractor.Extract(corpus, set, options);

            Assert.Equal(expected, Values(features));
            Assert.InRange(features.FromCache, 0, 2);
            Assert.Equal(3, FeatureExtractor.Extract(corpus, set, options).FromCache);
            foreach (string added in Segments(set).Where(path => path != segment))
            {
                File.Delete(added);
            }

            File.WriteAllBytes(segment, intact);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_segment_cut_off_anywhere_keeps_the_records_before_the_cut(bool series)
    {
        FeatureSet set = series ? TestFeatures.CreateSeries() : TestFeatures.Create();
        FeatureExtractor.Extract(TestFeatures.CorpusOfLengths(5, 5), set, options);
        string segment = Assert.Single(Segments(set));
        long one = new FileInfo(segment).Length;
        File.Delete(segment);
        FeatureExtractor.Extract(TestFeatures.CorpusOfLengths(5, 5, 10), set, options with { Threads = 1 });
        segment = Assert.Single(Segments(set));
        byte[] intact = File.ReadAllBytes(segment);

        for (int length = 0; length < intact.Length; length++)
        {
            File.WriteAllBytes(segment, intact[..length]);
            using CacheSession<CachedFeatures> session = options.Cache!.Open(set);

            Assert.Equal(length >= one, session.TryGet(new string('x', 5), out _));
            Assert.False(session.TryGet(new string('x', 10), out _));
        }
    }

    [Fact]
    public void Damage_to_one_row_of_features_harms_no_other()
    {
        Corpus corpus = TestFeatures.CorpusOfLengths(5, 5, 10, 20);
        FeatureSet set = TestFeatures.Create();
        FeatureExtractor.Extract(corpus, set, options);
        string segment = Assert.Single(Segments(set));
        byte[] bytes = File.ReadAllBytes(segment);
        int record = (bytes.Length - new FeatureSegment(set).Header.Length) / 3;

        for (int i = bytes.Length - record; i < bytes.Length; i++)
        {
            bytes[i] ^= 0xFF;
        }

        File.WriteAllBytes(segment, bytes);
        Assert.Equal(2, FeatureExtractor.Extract(corpus, set, options).FromCache);
    }

    [Fact]
    public void Series_of_different_lengths_come_back_as_they_were()
    {
        Corpus corpus = TestFeatures.CorpusOfLengths(5, 5, 20, 11);
        FeatureSet set = TestFeatures.CreateSeries();

        ExtractedFeatures cold = FeatureExtractor.Extract(corpus, set, options);
        ExtractedFeatures warm = FeatureExtractor.Extract(corpus, set, options);

        Assert.Equal((0, 3), (cold.FromCache, warm.FromCache));
        Assert.Equal([[5f, 5f], [5, 5, 10, 5, 15, 5, 20, 5], [5, 5, 10, 5]], Values(warm));
        Assert.Equal(cold.Examples.Shape, warm.Examples.Shape);
    }

    [Fact]
    public void Sessions_at_the_same_time_lose_nothing()
    {
        FeatureSet set = TestFeatures.Create();
        Parallel.For(0, 8, worker =>
        {
            using CacheSession<CachedFeatures> session = options.Cache!.Open(set);
            for (int i = 0; i < 50; i++)
            {
                session.Add($"{worker}/{i}", new CachedFeatures(8000, i, [worker, i]));
            }
        });

        using CacheSession<CachedFeatures> all = options.Cache!.Open(set);

        for (int worker = 0; worker < 8; worker++)
        {
            for (int i = 0; i < 50; i++)
            {
                Assert.True(all.TryGet($"{worker}/{i}", out CachedFeatures entry));
                Assert.Equal([worker, i], entry.Values);
            }
        }
    }

    [Fact]
    public void Many_segments_are_merged_into_one()
    {
        FeatureSet set = TestFeatures.Create();
        for (int i = 0; i <= CacheSession<CachedFeatures>.MaximumSegments; i++)
        {
            using CacheSession<CachedFeatures> session = options.Cache!.Open(set);
            session.Add($"{i}", new CachedFeatures(8000, i, [i, -i]));
        }

        options.Cache!.Open(set).Dispose();

        Assert.Single(Segments(set));
        using CacheSession<CachedFeatures> merged = options.Cache!.Open(set);
        Assert.All(
            Enumerable.Range(0, CacheSession<CachedFeatures>.MaximumSegments + 1),
            i => Assert.True(merged.TryGet($"{i}", out _)));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_warns_and_the_features_come_all_the_same()
    {
        folder.Write("cache", "a file where a folder is needed");

        List<string> warnings = [];
        ExtractionOptions warning = options with { Cache = new FeatureCache(options.Cache!.Folder) { Warn = warnings.Add } };

        ExtractedFeatures features = FeatureExtractor.Extract(
            TestFeatures.CorpusOf(new TestSound("x"), new TestSound("y")), TestFeatures.Create(), warning);

        Assert.Equal(1f, features.Table.Values[0, 0]);
        Assert.Contains("does not work", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private static float[][] Values(ExtractedFeatures features) =>
        [.. Enumerable.Range(0, features.Examples.Count).Select(i => features.Examples[i].ToArray())];

    private static string Digest(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private string[] Segments(FeatureSet set) => Directory.GetFiles(folder.At($"cache/{set.Key}"));
}
