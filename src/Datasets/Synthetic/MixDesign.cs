using SerLab.Core;

namespace SerLab.Datasets.Synthetic;

/// <summary>
/// Which clips a corpus has. The first half are originals, recorded in families of three or a few more, each family at a place of
/// its own. The second half are mixes within families, as many of each family as it has sources: two sources at two combinations
/// of levels, three sources, and pairs of the others.
/// </summary>
internal static class MixDesign
{
    private const int FamilySize = 3;

    private static readonly int[][] Levels =
        [[0, 0, 0], [0, -6, -6], [-6, 0, -6], [-6, -6, 0], [-6, -12, -12], [-12, -6, -12], [-12, -12, -6]];

    /// <summary>All clips in order: originals by source number, then mixes by family.</summary>
    public static IReadOnlyList<SoundscapeRecipe> Clips(int count, int seed)
    {
        SourceRecipe[] sources = [.. Enumerable.Range(0, (count + 1) / 2).Select(i => SourceRecipe.Draw(seed, i))];
        int[] order = [.. Enumerable.Range(0, sources.Length)];
        new SeededRandom(SeededRandom.Derive(seed, "families")).Shuffle(order.AsSpan());

        int families = sources.Length / FamilySize;
        Place[] places = [.. Enumerable.Range(0, families).Select(family => Place.Draw(seed, family))];
        IEnumerable<SoundscapeRecipe> mixes = Enumerable.Range(0, families).SelectMany(family =>
            MixesOf([.. order.Where((_, position) => position % families == family).Select(i => sources[i])], places, family));
        IEnumerable<SoundscapeRecipe> originals = order
            .Select((source, position) => (Source: source, Family: position % families))
            .OrderBy(x => x.Source)
            .Select(x => new SoundscapeRecipe([new Constituent(sources[x.Source], 0)], x.Family, places[x.Family]));
        return [.. originals, .. mixes.Take(count - sources.Length)];
    }

    private static IEnumerable<SoundscapeRecipe> MixesOf(SourceRecipe[] members, Place[] places, int family)
    {
        for (int mix = 0; mix < members.Length; mix++)
        {
            int[] levels = Levels[(family + (2 * mix)) % Levels.Length];
            int[] mixed = mix < 2 ? [0, 1] : mix == 2 ? [0, 1, 2] : [mix - 1, mix];
            yield return new SoundscapeRecipe(
                [.. mixed.Select((member, i) => new Constituent(members[member], levels[i]))], family, places[family]);
        }
    }
}
