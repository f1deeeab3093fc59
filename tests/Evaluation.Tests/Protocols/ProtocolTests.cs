using System.Globalization;
using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Training.Catalogue;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Evaluation.Tests.Protocols;

public class ProtocolTests
{
    /// <summary>Six originals and five mixes of pairs of the first four, in two groups each.</summary>
    private static readonly Corpus Mixes = Make(
        [["a"], ["b"], ["c"], ["d"], ["e"], ["f"], ["a", "b"], ["c", "d"], ["a", "c"], ["b", "d"], ["a", "d"]]);

    [Fact]
    public void Random_finds_the_sources_that_mixes_share()
    {
        Protocol protocol = For(Mixes, "random", 11, 0);

        IReadOnlyList<Leak> leaks = LeakDetector.Find(Mixes, Distinct(11), protocol, ["svr"]);

        // Left out one by one, every clip but the lone originals e and f shares a source with the rest.
        Leak leak = Assert.Single(leaks);
        Assert.Equal((LeakKind.SharedSource, 9, 11), (leak.Kind, leak.Count, leak.Of));
        Assert.Equal("9 of 11 test clips share a source recording with a training clip.", leak.Sentence);
    }

    [Fact]
    public void Originals_has_the_unmixed_clips_only_and_no_leak()
    {
        Protocol protocol = For(Mixes, "originals", 3, 0);

        Assert.Equal(Enumerable.Range(0, 6), protocol.Clips);
        Assert.Equal(Enumerable.Range(0, 6), protocol.SchemeFor("svr").Folds.SelectMany(f => f.Test).Order());
        Assert.Empty(LeakDetector.Find(Mixes, Distinct(11), protocol, ["svr"]));
    }

    [Fact]
    public void Sources_out_drops_and_counts_the_straddlers_and_has_no_leak()
    {
        Protocol protocol = For(Mixes, "sources-out", 2, 0);

        IReadOnlyList<Fold> folds = protocol.SchemeFor("svr").Folds;
        int[] tested = [.. folds.SelectMany(f => f.Test).Order()];
        Assert.Equal(11, tested.Length + protocol.NeverTested.Count);
        Assert.All(protocol.NeverTested, clip => Assert.True(Mixes.Clips[clip].Sources.Count > 1));
        Assert.NotEmpty(protocol.NeverTested);
        Assert.Empty(LeakDetector.Find(Mixes, Distinct(11), protocol, ["svr"]));
    }

    [Fact]
    public void Thesis_gives_learners_different_folds_and_counts_all_its_leaks()
    {
        Protocol protocol = For(Mixes, "thesis", 3, 0, networks: ["deep"]);

        FoldScheme network = protocol.SchemeFor("deep");
        FoldScheme machine = protocol.SchemeFor("svr");
        LeakKind[] leaks =
            [.. LeakDetector.Find(Mixes, Distinct(11), protocol, ["svr", "deep"]).Select(leak => leak.Kind)];

        Assert.Equal([0, 1, 2, 3], network.Folds[0].Test);
        Assert.NotEqual(network.Folds[0].Test, machine.Folds[0].Test);
        Assert.Equal("minmax", protocol.GlobalPreprocessing?.Name);
        Assert.Equal([LeakKind.SharedSource, LeakKind.GlobalPreprocessing, LeakKind.DifferentFolds], leaks);
        Assert.DoesNotContain(
            LeakDetector.Find(Mixes, Distinct(11), protocol, ["svr", "ridge"]), leak => leak.Kind == LeakKind.DifferentFolds);
    }

    [Fact]
    public void Training_set_is_flagged_as_tested_on_training_clips()
    {
        Protocol protocol = For(Mixes, "training-set");

        Leak leak = Assert.Single(LeakDetector.Find(Mixes, Distinct(11), protocol, ["svr"]));

        Assert.Equal((LeakKind.TestedOnTrainingClips, 11), (leak.Kind, leak.Count));
    }

    [Fact]
    public void Speakers_identical_sound_and_identical_features_are_counted()
    {
        Corpus corpus = Make([["1"], ["2"], ["3"], ["4"]], speaker: i => i / 2, content: i => i is 0 or 3 ? "same" : $"{i}");
        FeatureMatrix features = new([1, 2, 2, 3], 4, 1);
        Protocol protocol = For(corpus, "random", 4, 0);

        IReadOnlyList<Leak> leaks = LeakDetector.Find(corpus, features, protocol, ["svr"]);

        Assert.Equal(
            [(LeakKind.SharedGroup, 4), (LeakKind.SameRecording, 2), (LeakKind.IdenticalFeatures, 2)],
            leaks.Select(leak => (leak.Kind, leak.Count)));
        Assert.Equal(1, protocol.Groups.Count);
        Assert.Contains("share their speaker", leaks[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Twins_under_two_speakers_unite_them_and_are_counted_where_folds_tear_them_apart()
    {
        Corpus corpus = Make([["1"], ["2"], ["3"], ["4"], ["5"], ["6"]], speaker: i => i / 2) with
        {
            Twins = new SoundTwins([new SoundTwin("clip 1", "clip 2", 0.01)], 6, [16_000]),
        };
        Protocol grouped = For(corpus, "grouped", 2);
        Protocol random = For(corpus, "random", 6);

        Assert.Equal(["00+01", "02"], grouped.Groups.Names);
        Assert.Equal([0, 0, 0, 0, 1, 1], grouped.Groups.Numbers);
        Assert.Empty(LeakDetector.Find(corpus, Distinct(6), grouped, ["svr"]));
        Assert.Equal(
            [(LeakKind.SharedGroup, 6), (LeakKind.Twins, 2)],
            LeakDetector.Find(corpus, Distinct(6), random, ["svr"]).Select(leak => (leak.Kind, leak.Count)));
    }

    [Fact]
    public void Where_twins_tie_all_groups_together_it_is_said_that_they_do()
    {
        Corpus corpus = Make([["1"], ["2"], ["3"], ["4"], ["5"], ["6"]], speaker: i => i / 2) with
        {
            Twins = new SoundTwins([new SoundTwin("clip 1", "clip 2", 0), new SoundTwin("clip 3", "clip 4", 0)], 6, [16_000]),
        };

        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Plan("grouped"));

        Assert.Contains("need at least 2 groups, but the clips form 1", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "2 pairs of clips sound the same, such as 'clip 1' and 'clip 2'", error.Message, StringComparison.Ordinal);
        Assert.Contains("--protocols random", error.Message, StringComparison.Ordinal);
        Assert.Single(Plan("random"));
        Assert.DoesNotContain(
            "twins", Assert.ThrowsAny<InvalidInputException>(() => Plan("groupde")).Message, StringComparison.Ordinal);

        IReadOnlyList<PreparedRun> Plan(string protocol) => ExperimentRunner.Prepare(
            new Experiment
            {
                Name = "tied",
                Learners = LearnerSpecification.Defaults(["mean"]),
                Protocols = [protocol],
                Folds = 2,
            },
            corpus,
            new Surroundings());
    }

    [Fact]
    public void Fixed_folds_keep_named_speakers_apart_and_count_the_twins_that_they_tear()
    {
        // Actors 1 and 2 are tested in different folds, and a clip of the one is a clip of the other.
        Corpus corpus = Make([.. Enumerable.Range(0, 24).Select(i => new[] { $"{i}" })], speaker: i => i + 1) with
        {
            Twins = new SoundTwins([new SoundTwin("clip 0", "clip 1", 0)], 24, [48_000]),
        };

        Protocol torn = For(corpus, "ravdess-emobox6");
        Protocol whole = For(corpus with { Twins = null }, "ravdess-emobox6");

        Assert.Equal((GroupRule.WholeNamedGroups, GroupRule.WholeGroups), (torn.Rule, whole.Rule));
        Leak leak = Assert.Single(LeakDetector.Find(corpus, Distinct(24), torn, ["svc"]));
        Assert.Equal((LeakKind.Twins, 2), (leak.Kind, leak.Count));
        RunFolds folds = RunFolds.FromText(RunFolds.Of(corpus, [torn], ["svc"]).ToText());
        Assert.Equal(("01+02", "01"), (folds.Groups[0], folds.NamedGroups[0]));
    }

    [Fact]
    public void Features_that_come_normalised_over_all_clips_are_recognised()
    {
        FeatureMatrix features = new([0, 0, 0.5f, 1, 1, 0.3f], 3, 2);
        Corpus corpus = Make([["1"], ["2"], ["3"]]);

        IReadOnlyList<Leak> leaks =
            LeakDetector.Find(corpus, features, For(corpus, "random", 3, 0), ["svr"]);

        Assert.Equal((LeakKind.FeaturesScaledBeforehand, 2), (leaks[0].Kind, leaks[0].Count));
    }

    [Fact]
    public void Grouped_has_no_leak_of_groups_for_any_corpus() =>
        Prop.ForAll(Gen.Choose(2, 40).Zip(Gen.Choose(2, 9)).Zip(Gen.Choose(0, 999)).ToArbitrary(), given =>
        {
            ((int count, int kinds), int seed) = given;
            Random random = new(seed);
            int[] speakers = [.. Enumerable.Range(0, count).Select(_ => random.Next(kinds))];
            int[] sounds = [.. Enumerable.Range(0, count).Select(_ => random.Next(3 * count))];
            Corpus corpus = Make(
                [.. Enumerable.Range(0, count).Select(i => new[] { $"{i}" })],
                i => speakers[i],
                i => $"{sounds[i]}");
            ClipGroups groups = ClipGroups.Of(corpus);
            if (groups.Count < 2)
            {
                Assert.Throws<InvalidInputException>(() => For(corpus, "grouped", 2, 0, groups));
                return;
            }

            foreach (string name in new[] { "grouped", "leave-one-group-out" })
            {
                Protocol protocol = For(corpus, name, 2, 0, groups);
                Assert.Empty(LeakDetector.Find(corpus, Distinct(count), protocol, ["svr"]));
                Assert.All(protocol.SchemeFor("svr").Folds, fold =>
                {
                    Assert.Empty(fold.Train.Select(clip => speakers[clip]).Intersect(fold.Test.Select(clip => speakers[clip])));
                    Assert.Empty(fold.Train.Select(clip => sounds[clip]).Intersect(fold.Test.Select(clip => sounds[clip])));
                });
            }
        }).Holds();

    [Fact]
    public void Emobox_tests_the_published_actors()
    {
        Corpus corpus = Make([.. Enumerable.Range(1, 24).Select(i => new[] { $"{i}" })], i => i + 1);

        IReadOnlyList<Fold> folds = For(corpus, "ravdess-emobox6").SchemeFor("svc").Folds;

        Assert.Equal(
            [[1, 11, 20, 21], [4, 10, 12, 14], [8, 9, 19, 23], [3, 5, 7, 24], [2, 15, 16, 18], [6, 13, 17, 22]],
            folds.Select(f => f.Test.Select(clip => clip + 1).ToArray()));
    }

    [Fact]
    public void What_a_corpus_lacks_is_said_in_one_sentence()
    {
        Corpus plain = Make([[], [], []]) with { DefaultGroup = null };

        Assert.Contains("names no group", Message(() => For(plain, "grouped", 2)), StringComparison.Ordinal);
        Assert.Contains("source recordings", Message(() => For(plain, "sources-out", 2)), StringComparison.Ordinal);
        Assert.Contains("actors 1 to 24", Message(() => For(plain, "ravdess-emobox6")), StringComparison.Ordinal);
        Assert.Contains("'grouped'", Message(() => For(plain, "groupd")), StringComparison.Ordinal);
        Assert.Contains("at least 2", Message(() => For(plain, "random", 1)), StringComparison.Ordinal);
        Assert.Contains("'city'", Message(() => ClipGroups.Of(Make([["1"]]), "city")), StringComparison.Ordinal);
    }

    private static Protocol For(
        Corpus corpus,
        string name,
        int folds = 10,
        int seed = 0,
        ClipGroups? groups = null,
        params IReadOnlyList<string> networks) =>
        ProtocolCatalogue.BuiltIn.Get(name).Create(
            new ProtocolRequest(corpus, groups) { Folds = folds, Seed = seed, Networks = networks });

    private static string Message(Action action) => Assert.ThrowsAny<InvalidInputException>(action).Message;

    private static FeatureMatrix Distinct(int count) =>
        new([.. Enumerable.Range(0, count).Select(i => (float)(i * i) - 7)], count, 1);

    private static Corpus Make(string[][] sources, Func<int, int>? speaker = null, Func<int, string>? content = null) => new()
    {
        Name = "made",
        Title = "Made for a test",
        Licence = "none",
        Citation = "none",
        Targets = ["valence"],
        DefaultGroup = speaker is null ? null : "speaker",
        Clips =
        [
            .. sources.Select((of, i) => new Clip
            {
                Id = $"clip {i}",
                Ratings = new Dictionary<string, double> { ["valence"] = i % 2 },
                Sources = of,
                Audio = content is null ? null : new NamedSound(content(i)),
                Groups = speaker is null
                    ? new Dictionary<string, string>()
                    : new Dictionary<string, string> { ["speaker"] = speaker(i).ToString("00", CultureInfo.InvariantCulture) },
            }),
        ],
    };

    private sealed class NamedSound(string content) : AudioSource
    {
        public override string Name => content;

        public override string ContentHash() => content;

        public override Features.Audio.AudioSignal Load() => throw new NotSupportedException("Only hashed here.");
    }
}
