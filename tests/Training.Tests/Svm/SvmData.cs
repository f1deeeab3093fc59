using SerLab.Core;

namespace SerLab.Training.Tests.Svm;

/// <summary>
/// Generated rows with something to learn. Features are standard normal draws, row by row, rounded to float32 and multiplied by
/// the column's scale; all draws come from one generator in the order features of a row, then its noise.
/// </summary>
internal sealed record SvmData(FeatureMatrix Rows, double[] Targets, int[] Labels)
{
    public static SvmData Generate(int seed, int rows, int columns, int classes = 2, Func<int, double>? scale = null)
    {
        SeededRandom random = new(seed);
        float[] values = new float[rows * columns];
        double[] targets = new double[rows];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            double[] x = new double[columns];
            for (int k = 0; k < columns; k++)
            {
                x[k] = random.NextGaussian();
                values[(i * columns) + k] = (float)(x[k] * (scale?.Invoke(k) ?? 1));
            }

            // A curve, an interaction and noise; classes are slices of the same quantity, and all of them appear at the start.
            targets[i] = Math.Sin(2 * x[0]) + (0.5 * x[1] * x[columns - 1]) + (0.2 * random.NextGaussian());
            double slice = Math.Floor((targets[i] + 1) / 2 * classes);
            labels[i] = i < classes ? i : (int)Math.Clamp(slice, 0, classes - 1);
        }

        return new SvmData(new FeatureMatrix(values, rows, columns), targets, labels);
    }

    public SvmData Take(Range range)
    {
        int[] indices = [.. Enumerable.Range(0, Targets.Length)];
        return new SvmData(Rows.Select(indices[range]), Targets[range], Labels[range]);
    }

    /// <summary>The rows in another order.</summary>
    public SvmData Reorder(int[] order) => new(
        Rows.Select(order), Array.ConvertAll(order, i => Targets[i]), Array.ConvertAll(order, i => Labels[i]));
}
