using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>The feature sets that corpora ship themselves, by the ids users type.</summary>
public static class ShippedFeatures
{
    /// <summary>
    /// The ids that a corpus offers: all its own columns first, then selections of them; none where it ships no features.
    /// </summary>
    public static IReadOnlyList<string> IdsOf(Corpus corpus) => corpus.Features is null
        ? []
        : [corpus.DefaultFeatureSet, .. corpus.FeatureSelections.Select(selection => selection.Key)];

    /// <summary>The table of that id.</summary>
    /// <exception cref="InvalidInputException">The corpus does not ship it; the message lists what it ships.</exception>
    public static FeatureTable Table(Corpus corpus, string id)
    {
        IReadOnlyList<string> ids = IdsOf(corpus);
        if (!ids.Contains(id))
        {
            throw NearestName.Unknown($"feature set in the corpus '{corpus.Name}' called", id, ids);
        }

        IReadOnlyList<string>? columns = corpus.FeatureSelections.FirstOrDefault(selection => selection.Key == id).Value;
        return columns is null ? corpus.Features! : corpus.Features!.SelectFeatures(columns);
    }
}
