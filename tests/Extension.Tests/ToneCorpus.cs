using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;

namespace SerLab.Extension.Tests;

/// <summary>A corpus: tones of six instruments, whose rated arousal is their loudness.</summary>
internal static class ToneCorpus
{
    public const int Clips = 48;

    public static CorpusEntry Entry { get; } = new()
    {
        Name = "tones",
        Title = "Tones for a test",
        Description = "48 sines of six instruments.",
        Licence = "CC0",
        Citation = "none",
        Acquisition = Acquisition.BuiltIn,
        Load = _ => Create(),
    };

    public static Corpus Create() => new()
    {
        Name = Entry.Name,
        Title = Entry.Title,
        Licence = Entry.Licence,
        Citation = Entry.Citation,
        Targets = ["arousal"],
        DefaultGroup = "instrument",
        DefaultFeatureSet = ToneFeatures.Rows.Id,
        Clips = [.. Enumerable.Range(0, Clips).Select(Clip)],
    };

    private static Clip Clip(int i)
    {
        double amplitude = 0.1 + (0.8 * (i * 7 % Clips) / Clips);
        return new Clip
        {
            Id = $"tone {i:00}",
            Audio = new ToneSound(200 + (37 * i), amplitude),
            Ratings = new Dictionary<string, double> { ["arousal"] = (2 * amplitude) - 1 },
            Groups = new Dictionary<string, string> { ["instrument"] = $"instrument {i % 6}" },
        };
    }
}
