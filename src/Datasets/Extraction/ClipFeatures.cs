using System.Diagnostics.CodeAnalysis;
using SerLab.Core;

namespace SerLab.Datasets.Extraction;

/// <summary>What extraction made of one clip: features, or the reason why there are none.</summary>
public sealed record ClipFeatures
{
    /// <summary>The clip.</summary>
    public required string ClipId { get; init; }

    /// <summary>
    /// Finite values that fill the shape of the feature set, row-major, or <see langword="null"/> where there is an
    /// <see cref="Error"/>. <see cref="Examples.Of"/> joins those of several clips.
    /// </summary>
    public float[]? Values { get; init; }

    /// <summary>
    /// The values of the sets that were asked for beside the first, in their order; none where there is an error.
    /// </summary>
    public IReadOnlyList<float[]> Beside { get; init; } = [];

    /// <summary>The rate of the sound in Hz; 0 where there is an error, or no sound was needed.</summary>
    public int SampleRate { get; init; }

    /// <summary>How long the sound lasts; zero where there is an error, or no sound was needed.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>True where the features came from the cache.</summary>
    public bool FromCache { get; init; }

    /// <summary>Why there are no features, or <see langword="null"/>.</summary>
    public InvalidInputException? Error { get; init; }

    /// <summary>Whether there are features.</summary>
    [MemberNotNullWhen(true, nameof(Values))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;
}
