using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.Running;

/// <summary>A target with its value for every clip of a corpus.</summary>
/// <param name="Target">What is predicted.</param>
/// <param name="Values">One per clip: the rating, or the number of the class.</param>
public sealed record TargetValues(Target Target, double[] Values)
{
    /// <summary>The values of a target in a corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="target">A rating of it, its classes, or the reconstruction of its examples.</param>
    /// <exception cref="InvalidInputException">The corpus has no such target, or a clip has no value of it.</exception>
    public static TargetValues Of(Corpus corpus, Target target) => target.IsReconstruction
        ? new TargetValues(target, new double[corpus.Clips.Count])
        : target.IsRating ? Rating(corpus, target.Name) : Class(corpus);

    /// <summary>A rating of the corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="name">One of its targets.</param>
    /// <exception cref="InvalidInputException">There is no such target, or a clip has no finite rating of it.</exception>
    public static TargetValues Rating(Corpus corpus, string name)
    {
        if (!corpus.Targets.Contains(name))
        {
            throw NearestName.Unknown($"target in corpus '{corpus.Name}' called", name, corpus.Targets);
        }

        return new TargetValues(Target.Rating(name), [.. corpus.Clips.Select(clip =>
            clip.Ratings.TryGetValue(name, out double rating) && double.IsFinite(rating)
                ? rating
                : throw new InvalidInputException(
                    $"Clip '{clip.Id}' has no {name} rating; give it one or leave the clip out."))]);
    }

    /// <summary>The classes of the corpus.</summary>
    /// <exception cref="InvalidInputException">The corpus has fewer than two classes, or a clip is of none of them.</exception>
    public static TargetValues Class(Corpus corpus)
    {
        if (corpus.Classes.Count < 2)
        {
            string has = corpus.Classes.Count == 0 ? "no classes" : $"only the class '{corpus.Classes[0]}'";
            throw new InvalidInputException($"Corpus '{corpus.Name}' has {has}; telling classes apart needs at least two.");
        }

        Dictionary<string, int> numbers = corpus.Classes.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i);
        return new TargetValues(Target.Class(corpus.Classes, corpus.ClassName), [.. corpus.Clips.Select(clip =>
            clip.Label is { } label && numbers.TryGetValue(label, out int number)
                ? (double)number
                : throw new InvalidInputException(
                    $"Clip '{clip.Id}' has the class '{clip.Label}', which corpus '{corpus.Name}' does not list; "
                    + "correct it or leave the clip out."))]);
    }
}
