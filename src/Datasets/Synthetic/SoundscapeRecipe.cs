using System.Globalization;

namespace SerLab.Datasets.Synthetic;

/// <summary>A source as a clip uses it.</summary>
/// <param name="Source">The recording.</param>
/// <param name="Level">Its level in the clip in dB relative to the recording: 0, -6 or -12.</param>
internal readonly record struct Constituent(SourceRecipe Source, int Level);

/// <summary>What a clip is made of: one source as it is, or two or three at given levels.</summary>
/// <param name="Constituents">One for an original, two or three for a mix.</param>
/// <param name="Family">The number of the family whose members are mixed with each other and with no others.</param>
/// <param name="Place">Where the family was recorded.</param>
internal sealed record SoundscapeRecipe(IReadOnlyList<Constituent> Constituents, int Family, Place Place)
{
    /// <summary>The source's name, or e.g. <c>mix_nature012-6_human003-0</c>: nature 12 at -6 dB with human 3 at 0 dB.</summary>
    public string Id => Constituents.Count == 1
        ? Constituents[0].Source.Name
        : "mix_" + string.Join('_', Constituents.Select(c => string.Create(
            CultureInfo.InvariantCulture, $"{c.Source.Name}-{-c.Level}")));

    /// <summary>The names of the sources.</summary>
    public IReadOnlyList<string> Sources { get; } = [.. Constituents.Select(c => c.Source.Name)];
}
