using SerLab.Core;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// Which labels of two corpora are one. A class or rating that the map does not name is one with its
/// namesake, whatever the case. Immutable.
/// </summary>
public sealed class LabelMap
{
    private readonly IReadOnlyList<(Side Own, Side Other)> pairs;

    private LabelMap(IReadOnlyList<(Side Own, Side Other)> pairs) => this.pairs = pairs;

    /// <summary>Nothing but namesakes.</summary>
    public static LabelMap Namesakes { get; } = new([]);

    /// <summary>
    /// Reads pairs such as <c>happy=joy</c>: what the corpus that is trained on calls happy, the tested one calls joy. Several
    /// labels of a side are united with a plus, <c>happy=joy+elation</c>; a rating may tell its scale,
    /// <c>valence=pleasantness:1..5</c>, which is from −1 to 1 unless it does.
    /// </summary>
    /// <exception cref="InvalidInputException">A pair has another form.</exception>
    public static LabelMap Parse(params IEnumerable<string> pairs)
    {
        List<(Side Own, Side Other)> read = [];
        foreach (string pair in pairs)
        {
            if (pair.Split('=') is not [string own, string other] || own.Trim().Length == 0 || other.Trim().Length == 0)
            {
                throw new InvalidInputException(
                    $"'{pair}' is not a pair of labels; expected OWN=OTHER, such as happy=joy: first the label of the "
                    + "corpus that is learnt from, then that of the tested one.");
            }

            read.AddRange(from left in Sides(own) from right in Sides(other) select (left, right));
        }

        return new LabelMap(read);
    }

    /// <summary>The names that the tested corpus has for names of the other.</summary>
    public IReadOnlyList<string> Translate(IEnumerable<string> names) =>
        [.. names.SelectMany(name => Others(name).DefaultIfEmpty(name)).Distinct()];

    /// <summary>What the map says of the scale of a rating of the corpus that is trained on; none where nothing.</summary>
    internal RatingScale? OwnScale(string name) => pairs.FirstOrDefault(pair => pair.Own.Name == name).Own?.Scale;

    /// <summary>What the map says of the scale of a rating of the tested corpus; none where nothing.</summary>
    internal RatingScale? OtherScale(string name) => pairs.FirstOrDefault(pair => pair.Other.Name == name).Other?.Scale;

    /// <summary>Fails where the map names what a corpus does not have.</summary>
    internal void RequireKnown(string own, IReadOnlyList<string> ownNames, string other, IReadOnlyList<string> otherNames)
    {
        foreach ((Side left, Side right) in pairs)
        {
            Require(own, left.Name, ownNames);
            Require(other, right.Name, otherNames);
        }
    }

    /// <summary>The labels that are one: connected by the map, or namesakes.</summary>
    /// <param name="own">Labels of the corpus that is trained on.</param>
    /// <param name="other">Labels of the tested one.</param>
    internal IEnumerable<LabelUnion> Unite(IReadOnlyList<string> own, IReadOnlyList<string> other)
    {
        DisjointSets sets = new(own.Count + other.Count);
        for (int i = 0; i < own.Count; i++)
        {
            foreach (string called in Others(own[i]).DefaultIfEmpty(own[i]))
            {
                foreach ((int j, _) in other.Index().Where(name =>
                    name.Item.Equals(called, StringComparison.OrdinalIgnoreCase)))
                {
                    sets.Unite(i, own.Count + j);
                }
            }
        }

        return
            from i in Enumerable.Range(0, own.Count + other.Count)
            group i by sets.FirstOf(i) into one
            let split = one.ToLookup(i => i < own.Count, i => i < own.Count ? own[i] : other[i - own.Count])
            select new LabelUnion([.. split[true]], [.. split[false]]);
    }

    private static IEnumerable<Side> Sides(string text) => text.Split('+', StringSplitOptions.TrimEntries).Select(Side.Parse);

    private static void Require(string corpus, string name, IReadOnlyList<string> names)
    {
        if (!names.Contains(name))
        {
            throw NearestName.Unknown($"label in corpus '{corpus}' called", name, names);
        }
    }

    private IEnumerable<string> Others(string own) =>
        pairs.Where(pair => pair.Own.Name == own).Select(pair => pair.Other.Name);

    private sealed record Side(string Name, RatingScale? Scale)
    {
        public static Side Parse(string text) =>
            text.LastIndexOf(':') is var colon and >= 0 && RatingScale.TryParse(text[(colon + 1)..]) is { } scale
                ? new Side(text[..colon].Trim(), scale)
                : new Side(text, null);
    }
}

/// <summary>Labels of two corpora that are one.</summary>
/// <param name="Own">Those of the first; none where it has no partner for the other's.</param>
/// <param name="Other">Those of the second; none where it has none for the first's.</param>
internal sealed record LabelUnion(IReadOnlyList<string> Own, IReadOnlyList<string> Other)
{
    /// <summary>Whether both have it.</summary>
    public bool IsShared => Own.Count > 0 && Other.Count > 0;

    /// <summary>What it is called: as on the side where it is one.</summary>
    /// <exception cref="InvalidInputException">Each side has several.</exception>
    public string Name => Own.Count == 1 ? Own[0]
        : Other.Count == 1 ? Other[0]
        : throw new InvalidInputException(
            $"The labels {string.Join(", ", Own)} and {string.Join(", ", Other)} are tied together, so that none can be told "
            + "from another; unite several labels of one corpus with one of the other.");
}
