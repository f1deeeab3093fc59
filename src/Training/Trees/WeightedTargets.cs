using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Training.Trees;

/// <summary>
/// The targets of one tree and how often each row counts. For the search for splits there is a float32 copy, centred and scaled
/// to [−1, 1], so that its sums keep their digits whatever the unit of the targets; leaves are computed from the targets
/// themselves.
/// </summary>
internal sealed class WeightedTargets(int rows)
{
    private readonly double[] values = new double[rows];
    private readonly float[] weights = new float[rows];
    private readonly float[] sums = new float[rows];

    /// <summary>The targets.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>How often each row counts.</summary>
    public ReadOnlySpan<float> Weights => weights;

    /// <summary>Weight times scaled target.</summary>
    public ReadOnlySpan<float> Sums => sums;

    /// <summary>Takes the targets of the next tree.</summary>
    public void Set<T>(ReadOnlySpan<double> targets, ReadOnlySpan<T> counts)
        where T : struct, INumber<T>
    {
        targets.CopyTo(values);
        double low = TensorPrimitives.Min(targets);
        double high = TensorPrimitives.Max(targets);
        double centre = (low / 2) + (high / 2);
        double halfRange = high > low ? (high / 2) - (low / 2) : 1;
        for (int i = 0; i < values.Length; i++)
        {
            double count = double.CreateTruncating(counts[i]);
            weights[i] = (float)count;
            sums[i] = (float)(count * ((values[i] - centre) / halfRange));
        }
    }

    /// <summary>The sum of the scaled targets and the weight of some rows.</summary>
    public (double Sum, double Weight) Total(ReadOnlySpan<int> rows)
    {
        double sum = 0;
        double weight = 0;
        foreach (int row in rows)
        {
            sum += sums[row];
            weight += weights[row];
        }

        return (sum, weight);
    }

    /// <summary>The weighted mean of the targets of some rows, exact where they are all equal.</summary>
    public double Mean(ReadOnlySpan<int> rows)
    {
        double first = values[rows[0]];
        double deviation = 0;
        double weight = 0;
        foreach (int row in rows)
        {
            deviation += weights[row] * (values[row] - first);
            weight += weights[row];
        }

        return first + (deviation / weight);
    }
}
