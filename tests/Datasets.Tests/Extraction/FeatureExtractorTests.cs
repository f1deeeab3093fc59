using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Datasets.Tests.Extraction;

public class FeatureExtractorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Rows_are_in_the_order_of_the_clips_for_any_number_of_threads(int threads)
    {
        Corpus corpus = TestFeatures.CorpusOf([.. Enumerable.Range(1, 200).Select(i => new TestSound(new string('x', i)))]);

        ExtractedFeatures features =
            FeatureExtractor.Extract(corpus, TestFeatures.Create(), new ExtractionOptions { Threads = threads });

        Assert.Equal(corpus.Clips.Select(c => c.Id), features.Table.ClipIds);
        Assert.Equal(["samples", "rate"], features.Table.FeatureNames);
        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal([i + 1f, 8000f], features.Table.Values.Row(i).ToArray()));
        Assert.Equal([8000], features.SampleRates);
        Assert.Equal(200 * 201 / 2 / 8000.0, features.Duration.TotalSeconds, 5);
    }

    [Fact]
    public void Sets_side_by_side_use_what_each_of_them_left_in_the_cache()
    {
        using TemporaryFolder folder = new();
        ExtractionOptions options = new() { Cache = new FeatureCache(folder["cache"]) };
        Corpus corpus = TestFeatures.CorpusOfLengths(8000, 10, 20, 30);
        FeatureSet other = new("other", "Half the length.", [], ["half"], signal => [signal.Samples.Length / 2f]);
        FeatureSet both = CombinedFeatureSet.Of([TestFeatures.Create(), other]);
        FeatureExtractor.Extract(corpus, TestFeatures.Create(), options);

        ExtractedFeatures first = FeatureExtractor.Extract(corpus, both, options);
        ExtractedFeatures again = FeatureExtractor.Extract(corpus, both, options);

        Assert.Equal([20f, 8000, 10], first.Table.Values.Row(1).ToArray());
        Assert.Equal((0, 3), (first.FromCache, again.FromCache));
        Assert.Equal(2, Directory.GetDirectories(folder["cache"]).Length);
        Assert.Equal(first.Table.Values.Values.ToArray(), again.Table.Values.Values.ToArray());
    }

    [Fact]
    public void Progress_counts_every_clip_once_in_order()
    {
        ProgressLog log = new();
        Corpus corpus = TestFeatures.CorpusOf([.. Enumerable.Range(0, 50).Select(i => new TestSound($"sound{i}"))]);

        FeatureExtractor.Extract(corpus, TestFeatures.Create(), progress: log);

        Assert.Equal(Enumerable.Range(1, 50).Select(i => new WorkProgress("extracting test2", i, 50)), log.Reports);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_first_bad_clip_of_a_corpus_is_the_one_that_is_named(int threads)
    {
        Corpus corpus = TestFeatures.CorpusOf(
            [.. Enumerable.Range(0, 100).Select(i => new TestSound($"sound{i}", unreadable: i is 40 or 41 or 90))]);

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(
            () => FeatureExtractor.Extract(corpus, TestFeatures.Create(), new ExtractionOptions { Threads = threads }));

        Assert.Equal("The clip 'clip40' has no features. Cannot read 'sound40': it is damaged.", error.Message);
    }

    [Fact]
    public void Each_clip_by_itself_gets_its_features_or_its_error()
    {
        Corpus corpus =
            TestFeatures.CorpusOf(new TestSound("one"), new TestSound("two", unreadable: true), new TestSound("three"));
        Clip silent = new() { Id = "no sound" };

        IReadOnlyList<ClipFeatures> results = FeatureExtractor.ExtractEach([.. corpus.Clips, silent], TestFeatures.Create());

        Assert.Equal([true, false, true, false], results.Select(r => r.Succeeded));
        Assert.Equal([5f, 8000f], results[2].Values!);
        Assert.Contains("'two'", results[1].Error!.Message, StringComparison.Ordinal);
        Assert.Contains("'no sound'", results[3].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Different_sample_rates_do_not_go_into_one_table_unless_allowed()
    {
        Corpus corpus = TestFeatures.CorpusOf(new TestSound("a", 16000), new TestSound("b", 48000), new TestSound("c", 48000));

        InvalidInputException error =
            Assert.ThrowsAny<InvalidInputException>(() => FeatureExtractor.Extract(corpus, TestFeatures.Create()));
        ExtractedFeatures mixed = FeatureExtractor.Extract(
            corpus, TestFeatures.Create(), new ExtractionOptions { AllowMixedSampleRates = true });

        Assert.Contains("48000 Hz (2, e.g. 'clip1'), 16000 Hz (1, e.g. 'clip0')", error.Message, StringComparison.Ordinal);
        Assert.Equal([16000, 48000], mixed.SampleRates);
    }

    [Fact]
    public void Different_sample_rates_are_told_before_a_sound_is_decoded_with_the_name_that_resamples()
    {
        TestSound[] sounds = [new("a", 16000), new("b", 48000)];

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(
            () => FeatureExtractor.Extract(TestFeatures.CorpusOf(sounds), TestFeatures.Create()));

        Assert.EndsWith("as 'test2@16000Hz' does.", error.Message, StringComparison.Ordinal);
        Assert.All(sounds, sound => Assert.Equal(0, sound.Loads));
    }

    [Fact]
    public void A_set_of_one_rate_takes_sounds_of_any()
    {
        Corpus corpus = TestFeatures.CorpusOf(
            new TestSound(new string('a', 1600), 16000), new TestSound(new string('b', 4800), 48000));

        ExtractedFeatures features = FeatureExtractor.Extract(corpus, FixedRateFeatureSet.At(TestFeatures.Create(), 8000));

        Assert.Equal([800, 8000, 800, 8000], features.Examples[0].ToArray().Concat(features.Examples[1].ToArray()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_required_sample_rate_is_enforced_from_the_cache_too(bool warm)
    {
        using TemporaryFolder folder = new();
        Corpus corpus = TestFeatures.CorpusOf(new TestSound("a", 16000));
        ExtractionOptions options = new() { Cache = new FeatureCache(folder.Root) };
        if (warm)
        {
            FeatureExtractor.Extract(corpus, TestFeatures.Create(), options);
        }

        InvalidInputException byOption = Assert.ThrowsAny<InvalidInputException>(
            () => FeatureExtractor.Extract(corpus, TestFeatures.Create(), options with { RequiredSampleRate = 48000 }));
        InvalidInputException byCorpus = Assert.ThrowsAny<InvalidInputException>(
            () => FeatureExtractor.Extract(corpus with { ExpectedSampleRate = 48000 }, TestFeatures.Create(), options));

        Assert.Contains("16000 Hz, and 48000 Hz is required", byOption.Message, StringComparison.Ordinal);
        Assert.Equal(byOption.Message, byCorpus.Message);
    }

    [Fact]
    public void A_series_per_clip_becomes_examples_of_two_axes_that_can_be_selected()
    {
        ExtractedFeatures features =
            FeatureExtractor.Extract(TestFeatures.CorpusOfLengths(5, 5, 20, 11), TestFeatures.CreateSeries());

        Assert.Equal(["clip0", "clip1", "clip2"], features.ClipIds);
        Assert.Equal(ExampleShape.Series(null, 2), features.Examples.Shape);
        Examples selected = features.Examples.Select([2, 0]);
        Assert.Equal([5, 5, 10, 5], selected[0].ToArray());
        Assert.Equal([5, 5], selected[1].ToArray());
    }

    [Fact]
    public void Where_all_clips_have_as_many_frames_the_shape_says_so()
    {
        ExtractedFeatures features =
            FeatureExtractor.Extract(TestFeatures.CorpusOfLengths(5, 15, 16, 19), TestFeatures.CreateSeries());

        Assert.Equal(ExampleShape.Series(3, 2), features.Examples.Shape);
    }

    [Fact]
    public void Samples_are_examples_of_one_axis()
    {
        FeatureSet set = new("samples", "The sound itself.", [], [], signal => signal.Samples.ToArray(), ExampleShape.Samples());

        ExtractedFeatures features = FeatureExtractor.Extract(TestFeatures.CorpusOfLengths(5, 3, 7), set);

        Assert.IsType<ExampleArrays>(features.Examples);
        Assert.Equal((3, 7), (features.Examples[0].Length, features.Examples[1].Length));
    }

    [Fact]
    public void A_series_is_no_table()
    {
        ExtractedFeatures features =
            FeatureExtractor.Extract(TestFeatures.CorpusOfLengths(5, 5, 20), TestFeatures.CreateSeries());

        string message = Assert.Throws<InvalidInputException>(() => features.Table).Message;

        Assert.StartsWith(
            "The feature set 'series2' gives frames × 2 bands per clip, which is not a row of a table;",
            message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_sound_too_short_for_one_frame_is_refused()
    {
        ClipFeatures result = Assert.Single(
            FeatureExtractor.ExtractEach(TestFeatures.CorpusOfLengths(5, 4).Clips, TestFeatures.CreateSeries()));

        Assert.EndsWith(
            "which is too short for the feature set 'series2': it gives no frames.",
            result.Error!.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "low", "high" }, "The feature high at position 3 of 'x' is NaN")]
    [InlineData(new string[0], "The feature at position 3 of 'x' is NaN")]
    public void A_value_of_a_series_that_is_not_finite_is_named_by_its_position(string[] names, string expected)
    {
        ExampleShape shape = names.Length > 0 ? ExampleShape.Series(null, names.Length) : ExampleShape.Samples();
        FeatureSet set = new("bad", "One bad value.", [], names, _ => [1, 2, 3, float.NaN], shape);

        ClipFeatures result = Assert.Single(FeatureExtractor.ExtractEach(TestFeatures.CorpusOf(new TestSound("x")).Clips, set));

        Assert.StartsWith(expected, result.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_that_is_not_finite_is_an_error_that_names_it()
    {
        FeatureSet set = new("bad", "One bad feature.", [], ["good", "bad"], _ => [1, float.NaN]);

        ClipFeatures result = Assert.Single(FeatureExtractor.ExtractEach(TestFeatures.CorpusOf(new TestSound("x")).Clips, set));

        Assert.Contains("feature bad of 'x' is NaN", result.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_set_that_no_sound_can_be_given_ends_the_work_at_the_first()
    {
        FeatureSet set = new(
            "broken", "No network.", [], ["x"], _ => throw new UnusableFeatureSetException("Its network is damaged."));
        Corpus corpus = TestFeatures.CorpusOf(new TestSound("one"), new TestSound("two"));

        Exception error = Assert.Throws<UnusableFeatureSetException>(() => FeatureExtractor.ExtractEach(corpus.Clips, set));

        Assert.Equal("Its network is damaged.", error.Message);
    }

    [Fact]
    public void An_error_in_a_feature_set_is_not_hidden()
    {
        FeatureSet set = new("bug", "Throws.", [], ["x"], _ => throw new NotImplementedException());

        Assert.Throws<NotImplementedException>(
            () => FeatureExtractor.ExtractEach(TestFeatures.CorpusOf(new TestSound("x")).Clips, set));
    }

    [Fact]
    public void Cancelling_stops_and_keeps_what_was_done()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource source = new();
        TestSound[] sounds = [.. Enumerable.Range(0, 100).Select(i => new TestSound($"sound{i}"))];
        Corpus corpus = TestFeatures.CorpusOf(sounds);
        ExtractionOptions options = new() { Threads = 1, Cache = new FeatureCache(folder.Root) };
        ProgressLog cancelAtTen = new(report =>
        {
            if (report.Done == 10)
            {
                source.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(
            () => FeatureExtractor.Extract(corpus, TestFeatures.Create(), options, cancelAtTen, source.Token));
        ExtractedFeatures resumed = FeatureExtractor.Extract(corpus, TestFeatures.Create(), options);

        Assert.Equal(10, resumed.FromCache);
        Assert.All(sounds, sound => Assert.Equal(1, sound.Loads));
    }

    private sealed class ProgressLog(Action<WorkProgress>? then = null) : IProgress<WorkProgress>
    {
        public List<WorkProgress> Reports { get; } = [];

        public void Report(WorkProgress value)
        {
            Reports.Add(value);
            then?.Invoke(value);
        }
    }
}
