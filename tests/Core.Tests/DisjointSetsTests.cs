using Xunit;

namespace SerLab.Core.Tests;

public sealed class DisjointSetsTests
{
    [Fact]
    public void Items_start_apart()
    {
        DisjointSets sets = new(4);

        Assert.Equal([0, 1, 2, 3], sets.Numbers());
        Assert.Equal(3, sets.FirstOf(3));
    }

    [Fact]
    public void Joining_is_transitive_and_sets_are_numbered_by_their_lowest_items()
    {
        DisjointSets sets = new(7);

        sets.Unite(5, 3);
        sets.Unite(6, 5);
        sets.Unite(2, 0);

        Assert.Equal([0, 1, 0, 2, 3, 2, 2], sets.Numbers());
        Assert.Equal(3, sets.FirstOf(6));
    }

    [Fact]
    public void Joining_again_changes_nothing()
    {
        DisjointSets sets = new(3);

        sets.Unite(0, 2);
        sets.Unite(2, 0);
        sets.Unite(1, 1);

        Assert.Equal([0, 1, 0], sets.Numbers());
    }

    [Fact]
    public void Random_joins_give_the_sets_that_relabelling_gives()
    {
        SeededRandom random = new(1);
        int[] labels = [.. Enumerable.Range(0, 200)];
        DisjointSets sets = new(labels.Length);
        for (int join = 0; join < 150; join++)
        {
            int first = random.NextInt(labels.Length);
            int second = random.NextInt(labels.Length);
            sets.Unite(first, second);
            (int from, int to) = (labels[first], labels[second]);
            labels = [.. labels.Select(label => label == from ? to : label)];
        }

        int[] distinct = [.. labels.Distinct()];
        Assert.Equal(labels.Select(label => Array.IndexOf(distinct, label)), sets.Numbers());
    }
}
