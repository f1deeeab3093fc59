using SerLab.Core;

namespace SerLab.Datasets.Synthetic;

/// <summary>
/// Which clips a corpus has. The first half are originals. For the second half sources are drawn into families of three; within a
/// family each pair is mixed at six combinations of levels and the three together at seven, which makes twenty-five mixes of
/// three sources.
/// </summary>
internal static class MixDesign
{
    private const int FamilySize = 3;

    private static readonly int[][] PairLevels = [[0, 0], [0, -6], [-6, 0], [-6, -6], [-6, -12], [-12, -6]];

    private static readonly int[][] TripleLevels =
        [[0, 0, 0], [0, -6, -6], [-6, 0, -6], [-6, -6, 0], [-6, -12, -12], [-12, -6, -12], [-12, -12, -6]];

    /// <summary>All clips in order: originals by source number, then mixes by family.</summary>
    public static IReadOnlyList<SoundscapeRecipe> Clips(int count, int seed)
    {
        SourceRecipe[] sources = [.. Enumerable.Range(0, (count + 1) / 2).Select(i => SourceRecipe.Draw(seed, i))];
        int[] order = [.. Enumerable.Range(0, sources.Length)];
        new SeededRandom(SeededRandom.Derive(seed, "families")).Shuffle(order.AsSpan());

        int mixCount = count - sources.Length;
        SoundscapeRecipe[] mixes =
        [
            .. order.Chunk(FamilySize).SelectMany((members, family) => MixesOf([.. members.Select(i => sources[i])], family))
                .Take(mixCount),
        ];
        Dictionary<string, int> families = mixes.SelectMany(m => m.Sources.Select(s => (Source: s, m.Family)))
            .Distinct()
            .ToDictionary(m => m.Source, m => m.Family, StringComparer.Ordinal);
        IEnumerable<SoundscapeRecipe> originals =
            sources.Select(s => new SoundscapeRecipe([new Constituent(s, 0)], families.GetValueOrDefault(s.Name, -1)));
        return [.. originals, .. mixes];
    }

    private static IEnumerable<SoundscapeRecipe> MixesOf(SourceRecipe[] members, int family)
    {
        for (int i = 0; i < members.Length; i++)
        {
            for (int j = i + 1; j < members.Length; j++)
            {
                foreach (int[] levels in PairLevels)
                {
                    yield return new SoundscapeRecipe([new(members[i], levels[0]), new(members[j], levels[1])], family);
                }
            }
        }

        if (members.Length == FamilySize)
        {
            foreach (int[] levels in TripleLevels)
            {
                yield return new SoundscapeRecipe([.. members.Select((m, i) => new Constituent(m, levels[i]))], family);
            }
        }
    }
}
