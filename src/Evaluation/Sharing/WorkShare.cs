using SerLab.Core;

namespace SerLab.Evaluation.Sharing;

/// <summary>Which share of a plan a worker does; known beforehand, so that no two workers need to agree on anything.</summary>
/// <param name="Index">Number of the share, from 0.</param>
/// <param name="Of">Number of shares, at least 1.</param>
public readonly record struct WorkShare(int Index, int Of)
{
    /// <summary>All there is.</summary>
    public static WorkShare Whole { get; } = new(0, 1);

    /// <summary>
    /// What belongs to this share, in its order: shares of the same items cost about the same, and together they are all of them.
    /// </summary>
    /// <param name="items">What is divided, the same in the same order for every share.</param>
    /// <param name="costOf">What an item costs, 0 or more.</param>
    /// <exception cref="InvalidInputException">There is no such share.</exception>
    public IReadOnlyList<T> In<T>(IReadOnlyList<T> items, Func<T, double> costOf)
    {
        Check();
        int[] shareOf = TaskShares.Divide([.. items.Select(costOf)], Of);
        int mine = Index;
        return [.. items.Where((_, i) => shareOf[i] == mine)];
    }

    /// <summary>Refuses what is no share.</summary>
    /// <exception cref="InvalidInputException">There is no such share.</exception>
    public void Check()
    {
        if (Of < 1 || Index < 0 || Index >= Of)
        {
            throw new InvalidInputException($"There is no share {Index} of {Of}; expected one from 0 to {Math.Max(Of, 1) - 1}.");
        }
    }
}
