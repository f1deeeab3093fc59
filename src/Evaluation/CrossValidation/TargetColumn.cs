using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.CrossValidation;

/// <summary>What is predicted: one value for every clip of a corpus.</summary>
/// <param name="Name">Name of the rating, or <see cref="ClassName"/>.</param>
/// <param name="Classes">The classes in order; empty for a rating.</param>
/// <param name="Values">One per clip: the rating, or the number of the class.</param>
public sealed record TargetColumn(string Name, IReadOnlyList<string> Classes, double[] Values)
{
    /// <summary>The name of the target when classes are predicted.</summary>
    public const string ClassName = "class";

    /// <summary>The metrics that fit the target.</summary>
    public IScorer Scorer => ScorerFor(Classes);

    /// <summary>The metrics for these classes; for ratings when there are none.</summary>
    public static IScorer ScorerFor(IReadOnlyList<string> classes) =>
        classes.Count == 0 ? new RegressionScorer() : new ClassificationScorer(classes);

    /// <summary>A rating of the corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="name">One of its targets.</param>
    /// <exception cref="InvalidInputException">There is no such target, or a clip has no finite rating of it.</exception>
    public static TargetColumn Rating(Corpus corpus, string name)
    {
        if (!corpus.Targets.Contains(name))
        {
            throw NearestName.Unknown($"target in corpus '{corpus.Name}' called", name, corpus.Targets);
        }

        return new TargetColumn(name, [], [.. corpus.Clips.Select(clip => clip.Ratings.TryGetValue(name, out double rating)
            && double.IsFinite(rating)
                ? rating
                : throw new InvalidInputException($"Clip '{clip.Id}' has no {name} rating; give it one or leave the clip out."))]);
    }

    /// <summary>The classes of the corpus.</summary>
    /// <exception cref="InvalidInputException">The corpus has fewer than two classes, or a clip is of none of them.</exception>
    public static TargetColumn Class(Corpus corpus)
    {
        if (corpus.Classes.Count < 2)
        {
            throw new InvalidInputException(
                $"Corpus '{corpus.Name}' has {(corpus.Classes.Count == 0 ? "no classes" : $"only the class '{corpus.Classes[0]}'")}; telling "
                + "classes apart needs at least two.");
        }

        Dictionary<string, int> numbers = corpus.Classes.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i);
        return new TargetColumn(ClassName, corpus.Classes, [.. corpus.Clips.Select(clip =>
            clip.Label is { } label && numbers.TryGetValue(label, out int number)
                ? (double)number
                : throw new InvalidInputException(
                    $"Clip '{clip.Id}' has the class '{clip.Label}', which corpus '{corpus.Name}' does not list; "
                    + "correct it or leave the clip out."))]);
    }
}
