using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Datasets.Tests.Catalogue;

public sealed class CorpusLibraryTests : IDisposable
{
    private readonly TemporaryFolder data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public void A_corpus_of_ones_own_is_loaded_by_its_entry()
    {
        Catalogue<CorpusEntry> corpora = CorpusCatalogue.BuiltIn.With(Own());
        string folder = Directory.CreateDirectory(data.At("OWN")).FullName;

        Assert.Equal($"loaded from {folder}", CorpusLibrary.Load("own", data.Path, corpora: corpora).Title);
        Assert.Equal($"loaded from {folder}", CorpusLibrary.Load("Mine", data.Path, corpora: corpora).Title);
        Assert.Equal($"loaded from {folder}", CorpusLibrary.Load("own", folder, corpora: corpora).Title);
        Assert.Throws<UnknownNameException>(() => CorpusLibrary.Load("own", data.Path));
    }

    [Fact]
    public void A_corpus_is_there_in_its_folder_by_its_form_or_built_in()
    {
        Catalogue<CorpusEntry> corpora = CorpusCatalogue.BuiltIn.With(Own());
        Assert.False(CorpusLibrary.Has("own", data.Path, corpora));
        Assert.True(CorpusLibrary.Has("synthetic", data.Path));

        data.Write("own.mark", "");
        Assert.True(CorpusLibrary.Has("own", data.Path, corpora));
        Assert.False(CorpusLibrary.Has("isd", data.Path, corpora));

        Directory.CreateDirectory(data.At("isd"));
        Assert.True(CorpusLibrary.Has("ISD", data.Path, corpora));
    }

    [Theory]
    [InlineData("emo-soundscapes", "Emo-Soundscapes-Ratings")]
    [InlineData("isd", "ISD v1.0 Data.csv")]
    [InlineData("ravdess", "Actor_01")]
    [InlineData("ravdess-song", "Actor_24")]
    public void A_folder_is_known_by_what_lies_in_it(string name, string inside)
    {
        Assert.False(CorpusLibrary.Has(name, data.Path));
        Directory.CreateDirectory(data.At(inside));

        Assert.True(CorpusLibrary.Has(name, data.Path));
    }

    [Fact]
    public void Where_none_is_named_the_default_is_loaded_if_it_is_there()
    {
        Catalogue<CorpusEntry> corpora = CorpusCatalogue.BuiltIn.With(Own() with { IsDefault = true });
        Assert.False(CorpusLibrary.HasDefault(data.Path, corpora));
        string message =
            Assert.Throws<InvalidInputException>(() => CorpusLibrary.Load(null, data.Path, corpora: corpora)).Message;
        Assert.Contains(
            "--dataset (synthetic, emo-soundscapes, isd, ravdess-speech, ravdess-song, own, ravdess, mine)",
            message,
            StringComparison.Ordinal);

        Directory.CreateDirectory(data.At("own"));
        Assert.True(CorpusLibrary.HasDefault(data.Path, corpora));
        Assert.Equal("own", CorpusLibrary.Load(null, data.Path, corpora: corpora).Name);
    }

    [Fact]
    public void A_description_in_the_data_folder_comes_before_any_default()
    {
        data.Write("labels.csv", "file,valence\na.wav,0.5\n");
        data.Write("a.wav", "a");

        Assert.Equal(Path.GetFileName(data.Path), CorpusLibrary.Load(null, data.Path).Name);
    }

    [Fact]
    public void A_corpus_that_is_not_there_is_answered_with_how_to_get_it()
    {
        string nowhere = data.At("nowhere");

        Assert.Contains("'data get isd'", Refusal("isd", nowhere), StringComparison.Ordinal);
        Assert.Contains("metacreation.net", Refusal("emo-soundscapes", nowhere), StringComparison.Ordinal);
        Assert.Contains("Did you mean 'ravdess'?", Refusal("ravdes", nowhere), StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_select_from_what_a_corpus_offers()
    {
        Assert.Equal(["arousal"], CorpusLibrary.Load("synthetic", data.Path, ["arousal"]).Targets);
        Assert.Contains(
            "no target in corpus 'synthetic' called 'arousel'. Did you mean 'arousal'?",
            Assert.Throws<UnknownNameException>(() => CorpusLibrary.Load("synthetic", data.Path, ["arousel"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Ratings_or_classes_are_chosen_of_a_corpus_that_has_both()
    {
        Catalogue<CorpusEntry> corpora = CorpusCatalogue.BuiltIn.With(Own());
        Directory.CreateDirectory(data.At("own"));

        Corpus ratings = CorpusLibrary.Load("own", data.Path, ["valence"], corpora);
        Corpus classes = CorpusLibrary.Load("own", data.Path, ["quadrant"], corpora);
        string message = Assert.Throws<UnknownNameException>(() => CorpusLibrary.Load("own", data.Path, ["x"], corpora)).Message;

        Assert.Equal((1, 0), (ratings.Targets.Count, ratings.Classes.Count));
        Assert.Equal((0, 2), (classes.Targets.Count, classes.Classes.Count));
        Assert.Equal(2, CorpusLibrary.Load("own", data.Path, ["emotion"], corpora).Classes.Count);
        Assert.EndsWith("Known: valence, quadrant.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_licence_and_citation_of_an_entry_are_those_of_its_corpus()
    {
        data.Write("ravdess-speech/Actor_01/03-01-01-01-01-01-01.wav", "a");
        FakeEmoSoundscapes.Write(data.At("emo-soundscapes"), [.. Enumerable.Range(0, 122).Select(Column)]);

        foreach (string name in new[] { "synthetic", "ravdess-speech", "emo-soundscapes" })
        {
            CorpusEntry entry = CorpusCatalogue.BuiltIn.Get(name);
            Corpus corpus = CorpusLibrary.Load(name, data.Path);
            Assert.Equal((entry.Licence, entry.Citation), (corpus.Licence, corpus.Citation));
        }
    }

    private static string Column(int i) => i < 74
        ? Features.FeatureSets.FeatureSetCatalogue.BuiltIn.Get("meyda74").Names[i]
        : $"other{i}";

    private static string Refusal(string name, string folder) =>
        Assert.ThrowsAny<InvalidInputException>(() => CorpusLibrary.Load(name, folder)).Message;

    private static CorpusEntry Own() => new()
    {
        Name = "own",
        Aliases = ["mine"],
        Title = "Own",
        Description = "Nothing.",
        Licence = "none",
        Citation = "none",
        Acquisition = Acquisition.Manual,
        Folder = "own",
        Load = folder => new Corpus
        {
            Name = "own",
            Title = $"loaded from {folder}",
            Licence = "none",
            Citation = "none",
            Clips = [],
            Targets = ["valence"],
            Classes = ["happy", "sad"],
            ClassName = "quadrant",
        },
        LooksLike = folder => File.Exists(Path.Combine(folder, "own.mark")),
    };
}
