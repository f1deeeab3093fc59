using SerLab.Datasets.Corpora;

namespace SerLab.Evaluation.Protocols;

/// <summary>How many folds a corpus is divided into where nobody says how many.</summary>
public static class UsualFolds
{
    /// <summary>The number where nothing stands against it.</summary>
    public const int Most = 10;

    private const int Least = 2;

    /// <summary>
    /// Ten, or as many as there are groups to keep whole, or clips of the rarest class where clips are classed and not rated; at
    /// least two.
    /// </summary>
    /// <param name="corpus">The clips.</param>
    /// <param name="group">The kind of group; none: the corpus's default group, where it has one.</param>
    public static int Of(Corpus corpus, string? group = null)
    {
        corpus = CorpusSubset.OfTraining(corpus);
        string? kind = group ?? corpus.DefaultGroup;
        int groups = kind is null
            ? corpus.Clips.Count
            : corpus.Clips.Select(clip => clip.Groups.GetValueOrDefault(kind, clip.Id)).Distinct().Count();
        int rarest = corpus.Classes.Count > 0 && corpus.Targets.Count == 0
            ? corpus.CountPerClass().Min(count => count.Value)
            : corpus.Clips.Count;
        return Math.Clamp(Math.Min(groups, rarest), Least, Most);
    }
}
