namespace SerLab.Training.Splitting;

/// <summary>What the splitters share.</summary>
internal static class SplitMath
{
    public static void CheckFolds(int folds) => ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);

    public static string DescribeShuffle(int? seed) => seed is null ? "in corpus order" : $"shuffled with seed {seed}";

    /// <summary>The folds of an assignment: fold f tests the clips assigned to f.</summary>
    public static List<Fold> FromAssignment(int[] foldOf, int folds)
    {
        List<int>[] tests = [.. Enumerable.Range(0, folds).Select(_ => new List<int>())];
        for (int i = 0; i < foldOf.Length; i++)
        {
            tests[foldOf[i]].Add(i);
        }

        return [.. tests.Select((test, index) => Fold.Testing(index, test, foldOf.Length))];
    }

    /// <summary>
    /// Numbers the distinct values 0, 1, … in ascending order; returns the number of each position and the count.
    /// </summary>
    public static (int[] Numbers, int Count) NumberAscending(IReadOnlyList<int> values)
    {
        int[] distinct = [.. values.Distinct().Order()];
        return ([.. values.Select(v => Array.BinarySearch(distinct, v))], distinct.Length);
    }

    /// <summary>Population standard deviation.</summary>
    public static double Deviation(ReadOnlySpan<double> values)
    {
        double mean = 0;
        foreach (double value in values)
        {
            mean += value;
        }

        mean /= values.Length;
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return Math.Sqrt(squares / values.Length);
    }
}
