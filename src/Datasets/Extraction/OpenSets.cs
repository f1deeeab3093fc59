using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Extraction;

/// <summary>
/// The sets that one extraction computes, each with its own part of the cache: the sets of a sum by themselves, so that what one
/// of them gave before serves again.
/// </summary>
internal sealed class OpenSets(IReadOnlyList<FeatureSet> sets, FeatureCache? cache) : IDisposable
{
    /// <summary>The sets, in order, each as the parts that it puts side by side.</summary>
    public IReadOnlyList<IReadOnlyList<OpenSet>> Sets { get; } =
    [
        .. sets.Select(set => (IReadOnlyList<OpenSet>)
            [.. (set.Parts.Count > 0 ? set.Parts : [set]).Select(part => OpenSet.Of(part, cache))]),
    ];

    /// <summary>Whether any of them is computed from sound.</summary>
    public bool NeedSound { get; } = sets.Any(set => set.NeedsSound);

    /// <summary>What is known of the contents of files; none where no features are kept: those that are given.</summary>
    public KnownDigests? Digests { get; } = sets.Any(set => set.NeedsSound) ? cache?.OpenDigests() : null;

    private IEnumerable<OpenSet> All => Sets.SelectMany(parts => parts);

    /// <summary>The features of one clip: those that are given or kept, the others from its sound.</summary>
    /// <param name="parts">Parts of one set, whose features stand side by side.</param>
    /// <param name="clip">The clip.</param>
    /// <param name="hash">The content of the sound, where there is a cache.</param>
    /// <param name="sound">The sound, opened when it is first needed.</param>
    public static CachedFeatures Features(IReadOnlyList<OpenSet> parts, Clip clip, string? hash, Lazy<Sound> sound)
    {
        CachedFeatures[] features = [.. parts.Select(part => part.Features(clip, hash, sound))];

        // What is given knows nothing of a sound.
        return features.Length == 1
            ? features[0]
            : features.MaxBy(part => part.SampleRate) with { Values = [.. features.SelectMany(part => part.Values)] };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (OpenSet part in All)
        {
            part.Cache?.Dispose();
        }

        Digests?.Dispose();
    }
}

/// <summary>A set and its part of the cache.</summary>
/// <param name="Set">What is computed.</param>
/// <param name="Cache">Where it is kept, or none.</param>
internal sealed record OpenSet(FeatureSet Set, CacheSession<CachedFeatures>? Cache)
{
    /// <summary>A set with its part of a cache; what is given needs none.</summary>
    public static OpenSet Of(FeatureSet set, FeatureCache? cache) =>
        new(set, set.Rows is null ? cache?.Open(set) : null);

    /// <summary>The features of one clip: given, or kept, or computed and then kept.</summary>
    public CachedFeatures Features(Clip clip, string? hash, Lazy<Sound> sound)
    {
        if (Set.Rows is { } rows)
        {
            return new CachedFeatures(0, 0, rows.Find(clip.Id) ?? throw new InvalidInputException(
                $"'{Set.Id}' has no row for the clip '{clip.Id}'."));
        }

        if (hash is not null && Cache!.TryGet(hash, out CachedFeatures kept))
        {
            return kept;
        }

        float[] values = FeatureExtractor.Compute(Set, sound.Value, clip.Audio!.Name);
        CachedFeatures computed = new(sound.Value.SampleRate, sound.Value.Length, values);
        if (hash is not null)
        {
            Cache!.Add(hash, computed);
        }

        return computed;
    }
}
