using SerLab.Core;

namespace SerLab.Training.Splitting;

/// <summary>
/// What a splitter may look at: how many clips there are and, where it needs them, their groups, classes and sources.
/// </summary>
/// <param name="Count">Number of clips; folds index <c>0 … Count − 1</c>.</param>
public sealed record SplitInput(int Count)
{
    /// <summary>The group of every clip as a number, or none.</summary>
    public IReadOnlyList<int>? Groups { get; init; }

    /// <summary>The class of every clip as a number, or none.</summary>
    public IReadOnlyList<int>? Labels { get; init; }

    /// <summary>What messages call the classes, by number; without it they are called by number.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>The source recordings every clip is made of, or none.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Sources { get; init; }

    internal IReadOnlyList<int> RequireGroups(string splitter) => Require(Groups, splitter, "groups");

    internal IReadOnlyList<int> RequireLabels(string splitter) => Require(Labels, splitter, "classes");

    internal IReadOnlyList<IReadOnlyList<string>> RequireSources(string splitter) =>
        Require(Sources, splitter, "source recordings");

    internal string NameOfLabel(int label) =>
        LabelNames is not null && label < LabelNames.Count ? $"'{LabelNames[label]}'" : $"{label}";

    internal void RequireFolds(int folds)
    {
        if (folds > Count)
        {
            throw new InvalidInputException(
                $"{folds} folds need at least {folds} clips, but there are {Count}; ask for fewer folds.");
        }
    }

    private IReadOnlyList<T> Require<T>(IReadOnlyList<T>? values, string splitter, string what)
    {
        if (values is null)
        {
            throw new InvalidInputException($"The splitter '{splitter}' needs the {what} of the clips, but the corpus has none.");
        }

        return values.Count == Count
            ? values
            : throw new ArgumentException($"{values.Count} {what} do not fit {Count} clips.");
    }
}
