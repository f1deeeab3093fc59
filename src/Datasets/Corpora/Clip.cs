using System.Collections.ObjectModel;

namespace SerLab.Datasets.Corpora;

/// <summary>One labelled sound (or one row of a corpus that ships features only). Immutable.</summary>
public sealed record Clip
{
    /// <summary>Unique within its corpus; stable across machines (a file name or relative path with forward slashes).</summary>
    public required string Id { get; init; }

    /// <summary>The sound, or <see langword="null"/> where a corpus ships features without audio.</summary>
    public AudioSource? Audio { get; init; }

    /// <summary>Continuous labels by target name, e.g. <c>valence</c> and <c>arousal</c> within [-1, 1].</summary>
    public IReadOnlyDictionary<string, double> Ratings { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>The class (an emotion, a mood), or <see langword="null"/> in a corpus with ratings only.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// What the clip shares with others, by kind of group: <c>speaker</c>, <c>location</c>, <c>constituents</c>…
    /// </summary>
    public IReadOnlyDictionary<string, string> Groups { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The source recordings this clip is made of; one for an original, several for a mix, none where unknown.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}
