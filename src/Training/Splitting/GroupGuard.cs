using SerLab.Core;

namespace SerLab.Training.Splitting;

/// <summary>Stops a run whose folds break the group rule they promise.</summary>
public static class GroupGuard
{
    /// <summary>Throws when a group has clips in both the training and the test part of a fold.</summary>
    /// <param name="folds">The folds to check.</param>
    /// <param name="groups">The group of every clip that the folds index.</param>
    /// <param name="nameOfGroup">What the message calls a group; without it, its number.</param>
    /// <exception cref="InvalidInputException">Names the first fold and group that cross.</exception>
    public static void Check(IEnumerable<Fold> folds, IReadOnlyList<int> groups, Func<int, string>? nameOfGroup = null)
    {
        foreach (Fold fold in folds)
        {
            HashSet<int> training = [.. fold.Train.Select(clip => groups[clip])];
            foreach (int clip in fold.Test)
            {
                if (training.Contains(groups[clip]))
                {
                    string name = nameOfGroup?.Invoke(groups[clip]) ?? $"{groups[clip]}";
                    throw new InvalidInputException(
                        $"Group '{name}' has clips in both the training and the test part of fold {fold.Index}; the folds do not "
                        + "keep groups whole, so no figure from them would be honest.");
                }
            }
        }
    }

    /// <summary>Throws when a source recording is heard in both the training and the test part of a fold.</summary>
    /// <param name="folds">The folds to check.</param>
    /// <param name="sources">The sources of every clip that the folds index.</param>
    /// <exception cref="InvalidInputException">Names the first fold and source that cross.</exception>
    public static void CheckSources(IEnumerable<Fold> folds, IReadOnlyList<IReadOnlyList<string>> sources)
    {
        foreach (Fold fold in folds)
        {
            HashSet<string> training = new(fold.Train.SelectMany(clip => sources[clip]), StringComparer.Ordinal);
            if (fold.Test.SelectMany(clip => sources[clip]).FirstOrDefault(training.Contains) is { } source)
            {
                throw new InvalidInputException(
                    $"The source recording '{source}' is heard in both the training and the test part of fold {fold.Index}; no "
                    + "figure from such folds would be honest.");
            }
        }
    }
}
