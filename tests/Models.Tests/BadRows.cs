using SerLab.Core;

namespace SerLab.Models.Tests;

/// <summary>Good rows with a NaN in one, and infinities in two others.</summary>
internal static class BadRows
{
    public static int[] Bad { get; } = [1, 3, 4];

    public static int[] Good { get; } = [0, 2, 5];

    public static FeatureMatrix Mix(FeatureMatrix rows)
    {
        FeatureMatrix six = rows.Select([0, 1, 2, 3, 4, 5]);
        float[] values = six.Values.ToArray();
        values[(1 * six.Columns) + (six.Columns / 2)] = float.NaN;
        values[3 * six.Columns] = float.PositiveInfinity;
        values[(5 * six.Columns) - 1] = float.NegativeInfinity;
        return new FeatureMatrix(values, six.Rows, six.Columns);
    }
}
