using SerLab.Core;
using SerLab.Training.Neural.Layers;

namespace SerLab.Training.Neural.Augmentation;

/// <summary>
/// How training examples are varied, as a user writes it: <c>level 0.5, shift 0.1, timemask 2x20</c>, done in this order.
/// Immutable.
/// </summary>
public sealed class AugmentationList
{
    private static readonly Catalogue<CatalogueEntry<Func<LayerArguments, Variation>>> Known = new(
        "augmentation",
        Entry("noise", "noise 0.3: normal, its deviation from 0 to this", words => new Noise(words.Share("deviation"))),
        Entry("gain", "gain 0.2: all values times 1 ± this", words => new Gain(words.Share("range"))),
        Entry("level", "level 0.5: all values plus or minus this, a gain of decibels", words => new Level(words.Share("range"))),
        Entry("shift", "shift 0.1: along time by ± this share", words => new Shift(words.Share("share"))),
        Entry("speed", "speed 0.1: stretched along time by 1 ± this", words => new Speed(words.Share("range"))),
        Entry("pitch", "pitch 2: along bands by ± this many", words => new Pitch(words.Share("bands"))),
        Entry("semitones", "semitones 2: along mel bands by ± this many", words => new Semitones(words.Share("range"))),
        Entry("timemask", "timemask [2x]20: so many, of 0 to so many frames", words => Mask(words, ofBands: false)),
        Entry("bandmask", "bandmask [2x]8: so many, of 0 to so many bands", words => Mask(words, ofBands: true)));

    private readonly string text;

    private AugmentationList(string text, IReadOnlyList<Layer> layers) => (this.text, Layers) = (text, layers);

    /// <summary>No augmentation.</summary>
    public static AugmentationList None { get; } = new("none", []);

    /// <summary>The first layers of a network, which vary what the others learn from.</summary>
    internal IReadOnlyList<Layer> Layers { get; }

    /// <summary>Reads <c>none</c> or a list with commas between, always in the invariant culture.</summary>
    /// <exception cref="InvalidInputException">
    /// An augmentation does not exist or is written wrongly; the sentence names it.
    /// </exception>
    public static AugmentationList Parse(string s, IFormatProvider? provider = null)
    {
        IReadOnlyList<string> items = CommaList.Split(s.Trim().Trim('[', ']'));
        return items is ["none"] ? None : new AugmentationList(string.Join(", ", items), [.. items.Select(Read)]);
    }

    /// <summary>The list as it was written.</summary>
    public override string ToString() => text;

    private static Variation Read(string text)
    {
        LayerArguments words = new(text);
        Variation variation = Known.Get(words.Name).Create()(words);
        words.End();
        return variation;
    }

    private static Mask Mask(LayerArguments words, bool ofBands)
    {
        Extent masks = words.Extent("count x width");
        return new Mask(masks.Rows, masks.Columns, ofBands);
    }

    private static CatalogueEntry<Func<LayerArguments, Variation>> Entry(
        string word, string form, Func<LayerArguments, Variation> read) => new(word, form, () => read);
}
