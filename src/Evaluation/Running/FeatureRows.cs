using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;

namespace SerLab.Evaluation.Running;

/// <summary>Brings features into the order of the corpus's clips.</summary>
internal static class FeatureRows
{
    /// <summary>The features with row i for clip i.</summary>
    /// <exception cref="InvalidInputException">A clip has no features, or two rows are of the same clip.</exception>
    public static FeatureMatrix Align(Corpus corpus, FeatureTable features)
    {
        if (features.ClipIds.Count == corpus.Clips.Count
            && features.ClipIds.Zip(corpus.Clips).All(pair => pair.First == pair.Second.Id))
        {
            return features.Values;
        }

        Dictionary<string, int> rowOf = new(StringComparer.Ordinal);
        for (int i = 0; i < features.ClipIds.Count; i++)
        {
            if (!rowOf.TryAdd(features.ClipIds[i], i))
            {
                throw new InvalidInputException(
                    $"The feature table has two rows for clip '{features.ClipIds[i]}'; expected one.");
            }
        }

        return features.Values.Select([.. corpus.Clips.Select(clip => rowOf.TryGetValue(clip.Id, out int row)
            ? row
            : throw new InvalidInputException(
                $"Clip '{clip.Id}' of corpus '{corpus.Name}' has no row in the feature table; extract its features first."))]);
    }
}
