using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Extraction;

/// <summary>
/// The sets that one extraction computes, each with its own part of the cache: the sets of a sum by themselves, so that what one
/// of them gave before serves again.
/// </summary>
internal sealed class OpenSets(FeatureSet set, FeatureCache? cache) : IDisposable
{
    /// <summary>The sets, in order.</summary>
    public IReadOnlyList<(FeatureSet Set, FeatureCacheSession? Cache)> Parts { get; } =
        [.. (set.Parts.Count > 0 ? set.Parts : [set]).Select(part => (part, cache?.Open(part)))];

    /// <summary>Whether features are kept.</summary>
    public bool Caches => cache is not null;

    /// <summary>What is wrong with the cache, or none.</summary>
    public string? Warning => Parts.Select(part => part.Cache?.Warning).FirstOrDefault(warning => warning is not null);

    /// <summary>The features of one sound by each set, side by side.</summary>
    public static CachedFeatures Join(IReadOnlyList<CachedFeatures> features) =>
        features.Count == 1 ? features[0] : features[0] with { Values = [.. features.SelectMany(part => part.Values)] };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, FeatureCacheSession? session) in Parts)
        {
            session?.Dispose();
        }
    }
}
