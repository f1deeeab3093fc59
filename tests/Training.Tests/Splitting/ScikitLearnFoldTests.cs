using SerLab.TestSupport;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Training.Tests.Splitting;

/// <summary>Folds that scikit-learn gives, from its own documentation and from the reference data.</summary>
public class ScikitLearnFoldTests
{
    [Fact]
    public void The_generator_gives_the_published_outputs_of_the_Mersenne_Twister()
    {
        NumpyRandom random = new(5489);

        Assert.Equal(3499211612u, random.NextBits());
        for (int i = 2; i < 10000; i++)
        {
            random.NextBits();
        }

        Assert.Equal(4123659995u, random.NextBits());
    }

    [Fact]
    public void Permutations_are_those_of_numpy()
    {
        Assert.Equal([2, 8, 4, 9, 1, 6, 7, 3, 0, 5], new NumpyRandom(0).Permutation(10));
        Assert.Equal([8, 1, 5, 0, 7, 2, 9, 4, 3, 6], new NumpyRandom(42).Permutation(10));
    }

    [Fact]
    public void KFold_gives_the_first_folds_one_more()
    {
        IReadOnlyList<Fold> folds = new KFold(3).Split(new SplitInput(8));

        Assert.Equal([[0, 1, 2], [3, 4, 5], [6, 7]], folds.Select(f => f.Test));
        Assert.Equal([0, 1, 2, 3, 4, 5], folds[2].Train);
    }

    [Fact]
    public void Shuffled_KFold_cuts_the_permutation()
    {
        IReadOnlyList<Fold> folds = new KFold(3, 0).Split(new SplitInput(10));

        Assert.Equal([[2, 4, 8, 9], [1, 6, 7], [0, 3, 5]], folds.Select(f => f.Test));
    }

    [Fact]
    public void ShuffleSplit_is_as_documented()
    {
        IReadOnlyList<Fold> folds = new ShuffleSplit(5, 0.25, 0).Split(new SplitInput(6));

        Assert.Equal([[2, 5], [1, 3], [3, 5], [2, 5], [2, 4]], folds.Select(f => f.Test));
        Assert.Equal([0, 1, 3, 4], folds[0].Train);
        Assert.Equal([0, 1, 2, 3, 4], folds.Select(f => f.Repeat));
    }

    [Fact]
    public void Repeated_KFold_is_as_documented()
    {
        IReadOnlyList<Fold> folds = new Repeated(new KFold(2), 2, 2652124).Split(new SplitInput(4));

        Assert.Equal([[2, 3], [0, 1], [0, 3], [1, 2]], folds.Select(f => f.Test));
        Assert.Equal([0, 1, 2, 3], folds.Select(f => f.Index));
        Assert.Equal([0, 0, 1, 1], folds.Select(f => f.Repeat));
    }

    [Fact]
    public void Repeated_StratifiedKFold_is_as_documented()
    {
        SplitInput input = new(4) { Labels = [0, 0, 1, 1] };

        IReadOnlyList<Fold> folds = new Repeated(new StratifiedKFold(2), 2, 36851234).Split(input);

        Assert.Equal([[0, 3], [1, 2], [0, 2], [1, 3]], folds.Select(f => f.Test));
    }

    [Fact]
    public void GroupKFold_is_as_documented()
    {
        IReadOnlyList<Fold> folds = new GroupKFold(2).Split(new SplitInput(6) { Groups = [0, 0, 2, 2, 3, 3] });

        Assert.Equal([[0, 1, 4, 5], [2, 3]], folds.Select(f => f.Test));
    }

    [Fact]
    public void StratifiedGroupKFold_is_as_documented()
    {
        SplitInput input = new(17)
        {
            Labels = [0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            Groups = [1, 1, 2, 2, 3, 3, 3, 4, 5, 5, 5, 5, 6, 6, 7, 8, 8],
        };

        IReadOnlyList<Fold> folds = new StratifiedGroupKFold(3).Split(input);

        Assert.Equal([[4, 5, 6, 12, 13, 14], [0, 1, 2, 3, 15, 16], [7, 8, 9, 10, 11]], folds.Select(f => f.Test));
    }

    [Fact]
    public void LeaveOneGroupOut_tests_each_group_alone()
    {
        IReadOnlyList<Fold> folds = new LeaveOneGroupOut().Split(new SplitInput(5) { Groups = [7, 3, 7, 9, 3] });

        Assert.Equal([[1, 4], [0, 2], [3]], folds.Select(f => f.Test));
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void Shuffled_KFold_gives_the_folds_of_the_reference_regression()
    {
        int[][] rows = ReadIntegers(ReferenceData.Require("reference", "regression-svr-oof.csv"));

        AssertFolds([.. rows.Select(row => row[1])], new KFold(10, 0).Split(new SplitInput(rows.Length)));
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void Shuffled_StratifiedKFold_gives_the_folds_of_the_reference_classification()
    {
        int[][] rows = ReadIntegers(ReferenceData.Require("reference", "classification-svc-oof.csv"));
        SplitInput input = new(rows.Length) { Labels = [.. rows.Select(row => row[2])] };

        AssertFolds([.. rows.Select(row => row[1])], new StratifiedKFold(10, 0).Split(input));
    }

    private static int[][] ReadIntegers(string path) =>
    [
        .. File.ReadLines(path).Skip(1).Select(line => line.Split(',').Select(
            f => (int)double.Parse(f, System.Globalization.CultureInfo.InvariantCulture)).ToArray()),
    ];

    private static void AssertFolds(int[] expected, IReadOnlyList<Fold> folds)
    {
        int[] actual = new int[expected.Length];
        foreach (Fold fold in folds)
        {
            foreach (int clip in fold.Test)
            {
                actual[clip] = fold.Index;
            }
        }

        Assert.Equal(expected, actual);
    }
}
