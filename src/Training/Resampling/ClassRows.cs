namespace SerLab.Training.Resampling;

/// <summary>The training rows of every class.</summary>
internal static class ClassRows
{
    /// <summary>The numbers of the rows of each class, ascending; empty for a class that does not occur.</summary>
    public static int[][] Of(ReadOnlySpan<int> labels, int classCount)
    {
        List<int>[] rowsOf = [.. Enumerable.Range(0, classCount).Select(_ => new List<int>())];
        for (int i = 0; i < labels.Length; i++)
        {
            rowsOf[labels[i]].Add(i);
        }

        return Array.ConvertAll(rowsOf, list => list.ToArray());
    }
}
