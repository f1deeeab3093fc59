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
            [.. (set.Parts.Count > 0 ? set.Parts : [set]).Select(part => new OpenSet(part, cache?.Open(part)))]),
    ];

    /// <summary>Whether features are kept.</summary>
    public bool Caches => cache is not null;

    private IEnumerable<OpenSet> All => Sets.SelectMany(parts => parts);

    /// <summary>The features of one sound: those that are kept, the others from the sound.</summary>
    /// <param name="parts">Parts of one set, whose features stand side by side.</param>
    /// <param name="hash">The content of the sound, where there is a cache.</param>
    /// <param name="sound">The sound, opened when it is first needed.</param>
    /// <param name="name">What errors call it.</param>
    public static CachedFeatures Features(IReadOnlyList<OpenSet> parts, string? hash, Lazy<Sound> sound, string name)
    {
        CachedFeatures[] features = [.. parts.Select(part => part.Features(hash, sound, name))];
        return features.Length == 1
            ? features[0]
            : features[0] with { Values = [.. features.SelectMany(part => part.Values)] };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (OpenSet part in All)
        {
            part.Cache?.Dispose();
        }
    }
}

/// <summary>A set and its part of the cache.</summary>
/// <param name="Set">What is computed.</param>
/// <param name="Cache">Where it is kept, or none.</param>
internal sealed record OpenSet(FeatureSet Set, FeatureCacheSession? Cache)
{
    /// <summary>The features of one sound: kept, or computed and then kept.</summary>
    public CachedFeatures Features(string? hash, Lazy<Sound> sound, string name)
    {
        if (hash is not null && Cache!.TryGet(hash, out CachedFeatures kept))
        {
            return kept;
        }

        float[] values = FeatureExtractor.Compute(Set, sound.Value, name);
        CachedFeatures computed = new(sound.Value.SampleRate, sound.Value.Length, values);
        if (hash is not null)
        {
            Cache!.Add(hash, computed);
        }

        return computed;
    }
}
