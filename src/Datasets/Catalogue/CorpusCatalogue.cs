using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;

namespace SerLab.Datasets.Catalogue;

/// <summary>The corpora that SerLab knows.</summary>
public static class CorpusCatalogue
{
    /// <summary>All of them, in the order to list them; names match whatever their case.</summary>
    public static Catalogue<CorpusEntry> BuiltIn { get; } =
        new("corpus", StringComparer.OrdinalIgnoreCase, Synthetic(), EmoSoundscapes(), Isd(), RavdessSpeech(), RavdessSong());

    private static CorpusEntry Synthetic() => new()
    {
        Name = SyntheticSoundscapes.Name,
        Title = SyntheticSoundscapes.Title,
        Licence = SyntheticSoundscapes.Licence,
        Citation = SyntheticSoundscapes.Citation,
        Description = "600 generated six-second soundscapes, half of them mixes of the others, with valence and arousal from "
            + "the generating parameters. For trying things out; a result on it says nothing about people.",
        Acquisition = Acquisition.BuiltIn,
        Load = _ => SyntheticSoundscapes.Create(),
        Structure = SyntheticStructure.Check,
    };

    private static CorpusEntry EmoSoundscapes() => new()
    {
        Name = EmoSoundscapesCorpus.Name,
        Title = EmoSoundscapesCorpus.Title,
        Licence = EmoSoundscapesCorpus.Licence,
        Citation = EmoSoundscapesCorpus.Citation,
        Description = "1,213 six-second soundscapes (600 recordings of Schafer's six classes, 613 mixes of them) "
            + "ranked for valence and arousal by listeners, with 122 features.",
        LandingPage = new Uri("https://www.metacreation.net/projects/emo-soundscapes"),
        Folder = "emo-soundscapes",
        Acquisition = Acquisition.Manual,
        HowToGet = "Its authors hand it out on their own page, https://www.metacreation.net/projects/emo-soundscapes: follow the "
            + "download there and unpack it so that data/emo-soundscapes holds Emo-Soundscapes-Features, "
            + "Emo-Soundscapes-Ratings and Emo-Soundscapes-Audio.",
        IsDefault = true,
        Load = EmoSoundscapesCorpus.Load,
        LooksLike = EmoSoundscapesCorpus.LooksLike,
        Structure = EmoSoundscapesStructure.Check,
        MixSources = MixEvidence.Of,
    };

    // Size and digest of this file are published on its page but could not be confirmed when the entry was written.
    private static CorpusEntry Isd() => new()
    {
        Name = IsdCorpus.Name,
        Title = IsdCorpus.Title,
        Licence = IsdCorpus.Licence,
        Citation = IsdCorpus.Citation,
        Description = "3,589 answers of passers-by at urban places with eight ISO 12913 attributes and 96 acoustic and "
            + "psychoacoustic measures of what they heard; the table only, no recordings.",
        LandingPage = new Uri("https://zenodo.org/records/10672568"),
        Folder = "isd",
        Acquisition = Acquisition.Download,
        Files =
        [
            new CatalogueFile
            {
                Url = new Uri("https://zenodo.org/records/10672568/files/ISD%20v1.0%20Data.csv?download=1"),
                Name = IsdStructure.FileName,
            },
        ],
        Load = IsdCorpus.Load,
        LooksLike = IsdCorpus.LooksLike,
        Structure = IsdStructure.Check,
    };

    private static CorpusEntry RavdessSpeech() => new()
    {
        Name = "ravdess-speech",
        Aliases = [RavdessCorpus.Name],
        Title = "RAVDESS, speech",
        Licence = RavdessCorpus.Licence,
        Citation = RavdessCorpus.Citation,
        Description = "1,440 spoken clips of 24 actors (60 each) in eight emotions: neutral 96, each of the others 192.",
        LandingPage = new Uri("https://zenodo.org/records/1188976"),
        Folder = "ravdess-speech",
        Acquisition = Acquisition.Download,
        Files = [RavdessArchive("Audio_Speech_Actors_01-24.zip", 208_468_073, "bc696df654c87fed845eb13823edef8a")],
        Load = RavdessCorpus.Load,
        LooksLike = RavdessCorpus.LooksLike,
        Structure = RavdessStructure.Speech,
    };

    private static CorpusEntry RavdessSong() => new()
    {
        Name = "ravdess-song",
        Title = "RAVDESS, song",
        Licence = RavdessCorpus.Licence,
        Citation = RavdessCorpus.Citation,
        Description = "1,012 sung clips of 23 actors (44 each; actor 18 does not sing) in six emotions: neutral 92, "
            + "each of the others 184.",
        LandingPage = new Uri("https://zenodo.org/records/1188976"),
        Folder = "ravdess-song",
        Acquisition = Acquisition.Download,
        Files = [RavdessArchive("Audio_Song_Actors_01-24.zip", 225_505_317, "5411230427d67a21e18aa4d466e6d1b9")],
        Load = RavdessCorpus.Load,
        LooksLike = RavdessCorpus.LooksLike,
        Structure = RavdessStructure.Song,
    };

    private static CatalogueFile RavdessArchive(string name, long size, string md5) => new()
    {
        Url = new Uri($"https://zenodo.org/records/1188976/files/{name}?download=1"),
        Name = name,
        Size = size,
        Checksum = Checksum.Md5(md5),
        Unpack = true,
    };
}
