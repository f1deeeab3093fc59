using SerLab.Core;
using SerLab.Datasets.Tables;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Corpora;

/// <summary>The feature sets that corpora ship themselves, by the ids users type.</summary>
public static class ShippedFeatures
{
    private const string Emo122 = "emo122";
    private const string Emo74 = "emo74";

    /// <summary>
    /// <c>emo74</c>: those of the 122 columns that the thesis's app could compute, in its order; <c>meyda74</c> computes the same
    /// descriptors from sound, under the same names.
    /// </summary>
    private static IReadOnlyList<string> Emo74Names => FeatureSetCatalogue.Get("meyda74").Names;

    /// <summary>The ids that a corpus offers: all its own columns first; none where it ships no features.</summary>
    public static IReadOnlyList<string> IdsOf(Corpus corpus)
    {
        if (corpus.Features is null) return [];
        return corpus.DefaultFeatureSet == Emo122 ? [Emo122, Emo74] : [corpus.DefaultFeatureSet];
    }

    /// <summary>The table of that id.</summary>
    /// <exception cref="InvalidInputException">The corpus does not ship it; the message lists what it ships.</exception>
    public static FeatureTable Table(Corpus corpus, string id)
    {
        IReadOnlyList<string> ids = IdsOf(corpus);
        if (!ids.Contains(id)) throw NearestName.Unknown($"feature set in the corpus '{corpus.Name}' called", id, ids);
        return id == Emo74 ? corpus.Features!.SelectFeatures(Emo74Names) : corpus.Features!;
    }
}
