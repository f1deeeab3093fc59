namespace SerLab.Core;

/// <summary>Numbered items that grow together into sets (union-find; Galler and Fischer 1964, with path halving).</summary>
internal sealed class DisjointSets
{
    private readonly int[] parents;

    /// <summary>Starts with every item in a set of its own.</summary>
    /// <param name="count">Number of items, which are 0 … count - 1.</param>
    public DisjointSets(int count) => parents = [.. Enumerable.Range(0, count)];

    /// <summary>Joins the sets of two items.</summary>
    public void Unite(int first, int second)
    {
        int a = FirstOf(first);
        int b = FirstOf(second);
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    /// <summary>The lowest item of the set that an item is in.</summary>
    public int FirstOf(int item)
    {
        while (parents[item] != item)
        {
            parents[item] = parents[parents[item]];
            item = parents[item];
        }

        return item;
    }

    /// <summary>The set of every item, numbered from 0 in the order of their lowest items.</summary>
    public int[] Numbers()
    {
        int[] numbers = new int[parents.Length];
        int count = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            int first = FirstOf(i);
            numbers[i] = first == i ? count++ : numbers[first];
        }

        return numbers;
    }
}
