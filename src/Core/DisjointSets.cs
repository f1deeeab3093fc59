namespace SerLab.Core;

/// <summary>Sets of names that grow together (union-find; Galler and Fischer 1964, with path halving).</summary>
internal sealed class DisjointSets
{
    private readonly Dictionary<string, string> parents = new(StringComparer.Ordinal);

    /// <summary>Puts two names, and all that either is with, into one set.</summary>
    public void Unite(string first, string second)
    {
        string a = Root(first);
        string b = Root(second);
        if (a != b) parents[b] = a;
    }

    /// <summary>Every name that is with another, and the set it is in.</summary>
    public IEnumerable<KeyValuePair<string, string[]>> Members() =>
        parents.Keys.ToArray().GroupBy(Root, StringComparer.Ordinal).Where(set => set.Count() > 1)
            .SelectMany(set => set.Select(name => KeyValuePair.Create(name, set.ToArray())));

    private string Root(string name)
    {
        parents.TryAdd(name, name);
        while (parents[name] != name) name = parents[name] = parents[parents[name]];
        return name;
    }
}
