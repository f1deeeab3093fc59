using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Synthetic;
using SerLab.Datasets.Twins;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Datasets.Tests.Twins;

/// <summary>Leaks are planted, each under another name: those that can be heard are found, and nothing else is.</summary>
public sealed class TwinSearchTests
{
    private static readonly string[] Found =
        ["stored in another format", "at half the gain", "10 ms later", "10 ms earlier", "in 8 bits of mu-law"];

    // One recording under two names of the same actor.
    private static readonly (string, string) TrueTwin = ("03-01-03-01-02-01-07", "03-01-03-01-02-02-07");

    private static readonly Corpus Synthetic = Originals(
        SyntheticSoundscapes.Create(new SyntheticOptions { Clips = 120, Seconds = 1, SampleRate = 16_000 }));

    [Fact]
    public void Every_planted_twin_of_a_synthetic_sound_is_found_and_nothing_else() => AllAreFound(Synthetic, []);

    [SkippableFact]
    [Trait("Data", "real")]
    public void Every_planted_twin_of_an_acted_sentence_is_found_beside_the_one_that_was_there() =>
        AllAreFound(Ravdess(), [TrueTwin]);

    [SkippableFact]
    [Trait("Data", "real")]
    public void Twins_at_another_sample_rate_are_found()
    {
        const int rate = 16_000;
        Corpus sentences = Ravdess();
        Corpus planted = sentences with
        {
            Clips =
            [
                .. sentences.Clips,
                .. sentences.Clips.Where((_, i) => i % 4 == 0).Select(
                    clip => clip with { Id = $"{clip.Id} {rate}", Audio = new ResampledSound(clip.Audio!, rate) }),
            ],
        };

        AllAreFound(planted, sentences, [TrueTwin]);
    }

    [Fact]
    public void Sounds_of_several_rates_are_heard_at_the_lowest()
    {
        Corpus corpus = CorpusOf(
        [
            new Clip { Id = "a", Audio = new TestSound("noise") },
            new Clip { Id = "b", Audio = new TestSound("noise at twice the rate", 16_000) },
        ]);

        Assert.Equal([8000], TwinSearch.Listen(corpus).Twins!.SampleRates);
    }

    [Fact]
    public void Most_halves_of_one_recording_stay_unknown()
    {
        // The sound goes on as another one, as recordings do.
        Corpus recordings = Synthetic with
        {
            Clips =
            [
                .. Synthetic.Clips.Take(20).Zip(Synthetic.Clips.Skip(20)).Select(
                    pair => pair.First with { Audio = new JoinedSounds(pair.First.Audio!, pair.Second.Audio!) }),
            ],
        };

        MostStayUnknown(recordings);
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void Most_halves_of_one_acted_sentence_stay_unknown() => MostStayUnknown(Ravdess());

    [Fact]
    public void Mixes_that_say_themselves_what_they_are_made_of_are_no_twins()
    {
        Corpus mixes = SyntheticSoundscapes.Create(new SyntheticOptions { Clips = 60, Seconds = 1, SampleRate = 16_000 });

        Assert.Empty(Heard(mixes));
        Assert.NotEmpty(Heard(mixes with { Clips = [.. mixes.Clips.Select(clip => clip with { Sources = [] })] }));
    }

    [Fact]
    public void Sounds_that_cannot_be_read_and_clips_without_sound_are_not_compared()
    {
        Corpus corpus = CorpusOf(
        [
            new Clip { Id = "a", Audio = new TestSound("noise") },
            new Clip { Id = "b", Audio = new TestSound("noise", unreadable: true) },
            new Clip { Id = "c" },
        ]);

        SoundTwins twins = TwinSearch.Listen(corpus).Twins!;

        Assert.Equal((1, 0), (twins.Heard, twins.Pairs.Count));
        Assert.Equal([8000], twins.SampleRates);
    }

    [Fact]
    public void Where_no_clip_has_sound_nobody_has_listened() =>
        Assert.Null(TwinSearch.Listen(CorpusOf([new Clip { Id = "a" }])).Twins);

    [Fact]
    public void The_same_twins_are_found_with_any_number_of_threads()
    {
        Corpus planted = Planted(Synthetic, Found);

        Assert.Equal(
            TwinSearch.Listen(planted, new ExtractionOptions { Threads = 1 }).Twins!.Pairs,
            TwinSearch.Listen(planted, new ExtractionOptions { Threads = 5 }).Twins!.Pairs);
    }

    private static void AllAreFound(Corpus corpus, (string, string)[] own) => AllAreFound(Planted(corpus, Found), corpus, own);

    private static void AllAreFound(Corpus planted, Corpus corpus, (string, string)[] own)
    {
        (string First, string Second)[] heard = Heard(planted);

        (string First, string Second)[] expected =
            [.. own, .. planted.Clips.Skip(corpus.Clips.Count).Select(copy => (copy.Id[..copy.Id.IndexOf(' ')], copy.Id))];
        Assert.Empty(expected.Except(heard));

        // A copy of one of two twins is a twin of both.
        Assert.DoesNotContain(heard.Except(expected), pair => !own.Contains((pair.First, pair.Second.Split(' ')[0]))
            && !own.Contains((pair.Second.Split(' ')[0], pair.First)));
    }

    /// <summary>Where one half is much louder, the whole sounds like it; the others cannot be known.</summary>
    private static void MostStayUnknown(Corpus recordings)
    {
        Corpus planted = Planted(recordings, "the first half", "the second half");

        Assert.InRange(Heard(planted).Length, 0, (planted.Clips.Count - recordings.Clips.Count) / 3);
    }

    private static (string First, string Second)[] Heard(Corpus corpus)
    {
        SoundTwins twins = TwinSearch.Listen(corpus).Twins!;
        Assert.Equal(corpus.Clips.Count, twins.Heard);
        return [.. twins.Pairs.Select(pair => (pair.First, pair.Second))];
    }

    /// <summary>Every fourth clip once more, altered in one of the ways after the other.</summary>
    private static Corpus Planted(Corpus corpus, params string[] alterations) => corpus with
    {
        Clips =
        [
            .. corpus.Clips,
            .. corpus.Clips.Where((_, i) => i % 4 == 0).SelectMany((clip, i) => alterations.Length == 2
                ? alterations.Select(half => Altered(clip, half))
                : [Altered(clip, alterations[i % alterations.Length])]),
        ],
    };

    private static Clip Altered(Clip clip, string alteration) =>
        clip with { Id = $"{clip.Id} {alteration}", Audio = new AlteredSound(clip.Audio!, alteration) };

    private static Corpus Originals(Corpus corpus) => corpus with
    {
        Clips = [.. corpus.Clips.Where(clip => clip.Sources.Count == 1).Select(clip => clip with { Sources = [] })],
    };

    private static Corpus Ravdess()
    {
        Corpus all = CorpusLibrary.Load("ravdess", ReferenceData.Require("data", "ravdess-speech"));
        return all with { Clips = [.. all.Clips.Where(clip => clip.Groups["speaker"] is "07" or "24")] };
    }

    private static Corpus CorpusOf(IReadOnlyList<Clip> clips) =>
        new() { Name = "x", Title = "x", Licence = "x", Citation = "x", Clips = clips };
}
