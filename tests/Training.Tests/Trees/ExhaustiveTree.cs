using SerLab.Core;

namespace SerLab.Training.Tests.Trees;

/// <summary>
/// The slow and obvious regression tree: tries every midpoint of every feature by summing squares. What the fast one must equal
/// wherever the best split is unique.
/// </summary>
internal sealed class ExhaustiveTree
{
    private readonly int feature = -1;
    private readonly float threshold;
    private readonly double mean;
    private readonly ExhaustiveTree? left;
    private readonly ExhaustiveTree? right;

    public ExhaustiveTree(FeatureMatrix rows, double[] targets, int[] counts, int[] members, int depth, int minLeafRows)
    {
        mean = members.Sum(i => counts[i] * targets[i]) / members.Sum(i => counts[i]);
        double best = double.PositiveInfinity;
        for (int f = 0; depth > 0 && f < rows.Columns; f++)
        {
            float[] values = [.. members.Select(i => rows[i, f]).Distinct().Order()];
            for (int k = 1; k < values.Length; k++)
            {
                float middle = (float)(((double)values[k - 1] + values[k]) / 2);
                int[] low = [.. members.Where(i => rows[i, f] <= middle)];
                int[] high = [.. members.Where(i => rows[i, f] > middle)];
                double error = SquaredError(targets, counts, low) + SquaredError(targets, counts, high);
                if (low.Sum(i => counts[i]) >= minLeafRows && high.Sum(i => counts[i]) >= minLeafRows && error < best)
                {
                    (best, feature, threshold) = (error, f, middle);
                }
            }
        }

        if (feature >= 0)
        {
            left = new(rows, targets, counts, [.. members.Where(i => rows[i, feature] <= threshold)], depth - 1, minLeafRows);
            right = new(rows, targets, counts, [.. members.Where(i => rows[i, feature] > threshold)], depth - 1, minLeafRows);
        }
    }

    public double Predict(ReadOnlySpan<float> row) =>
        feature < 0 ? mean : row[feature] <= threshold ? left!.Predict(row) : right!.Predict(row);

    private static double SquaredError(double[] targets, int[] counts, int[] members)
    {
        double mean = members.Sum(i => counts[i] * targets[i]) / members.Sum(i => counts[i]);
        return members.Sum(i => counts[i] * (targets[i] - mean) * (targets[i] - mean));
    }
}
