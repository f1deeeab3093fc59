using SerLab.Core;

namespace SerLab.Training.Trees;

/// <summary>The sums of the leaves that rows fall into.</summary>
internal static class LeafSums
{
    /// <summary>Adds up the leaves of all trees, at least one: rows × outputs, row-major.</summary>
    public static double[] Of(IReadOnlyList<TreeNodes> trees, FeatureMatrix rows)
    {
        int outputs = trees[0].OutputCount;
        double[] sums = new double[rows.Rows * outputs];
        foreach (TreeNodes tree in trees)
        {
            for (int i = 0; i < rows.Rows; i++)
            {
                ReadOnlySpan<double> leaf = tree.LeafValues(tree.FindLeaf(rows.Row(i)));
                for (int j = 0; j < leaf.Length; j++)
                {
                    sums[(i * outputs) + j] += leaf[j];
                }
            }
        }

        return sums;
    }
}
