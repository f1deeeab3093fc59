using SerLab.Core;

namespace SerLab.Evaluation.Statistics;

/// <summary>
/// Percentile bootstrap over groups (Efron and Tibshirani 1993, chapters 8 and 13): clips of one speaker or location are not
/// independent, so whole groups are drawn with replacement, as many as there are, and every metric is computed on each draw.
/// </summary>
public static class GroupBootstrap
{
    /// <summary>Number of draws unless told otherwise.</summary>
    public const int DefaultDraws = 2000;

    /// <summary>The most draws that can be asked for.</summary>
    public const int MostDraws = 1_000_000;

    /// <summary>The intervals of all metrics from the same draws.</summary>
    /// <param name="groupCount">Number of groups; with fewer than two no interval is defined.</param>
    /// <param name="metricCount">Number of metrics.</param>
    /// <param name="score">Gives all metrics when group g counts <c>weights[g]</c> times.</param>
    /// <param name="draws">Number of draws, at least 100.</param>
    /// <param name="seed">Seed of the draws; equal seeds draw equal groups, whatever is scored.</param>
    /// <param name="level">Confidence level, 0.95 unless told otherwise.</param>
    public static ConfidenceInterval[] Intervals(
        int groupCount, int metricCount, Func<int[], double[]> score, int draws, int seed, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 100);
        ConfidenceInterval[] intervals = new ConfidenceInterval[metricCount];
        Array.Fill(intervals, new ConfidenceInterval(double.NaN, double.NaN));
        if (groupCount < 2)
        {
            return intervals;
        }

        double[][] samples = [.. Enumerable.Range(0, metricCount).Select(_ => new double[draws])];
        SeededRandom random = new(SeededRandom.Derive(seed, "bootstrap"));
        int[] weights = new int[groupCount];
        for (int draw = 0; draw < draws; draw++)
        {
            Array.Clear(weights);
            for (int i = 0; i < groupCount; i++)
            {
                weights[random.NextInt(groupCount)]++;
            }

            double[] values = score(weights);
            for (int m = 0; m < metricCount; m++)
            {
                samples[m][draw] = values[m];
            }
        }

        for (int m = 0; m < metricCount; m++)
        {
            // A draw on which the metric is undefined says nothing about it; if most do, there is no interval.
            double[] defined = [.. samples[m].Where(double.IsFinite).Order()];
            if (2 * defined.Length > draws)
            {
                double tail = (1 - level) / 2;
                intervals[m] = new ConfidenceInterval(Quantile(defined, tail), Quantile(defined, 1 - tail));
            }
        }

        return intervals;
    }

    /// <summary>Quantile of ascending values with linear interpolation (definition 7 of Hyndman and Fan 1996).</summary>
    public static double Quantile(ReadOnlySpan<double> ascending, double share)
    {
        double position = share * (ascending.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, ascending.Length - 1);
        return ascending[below] + ((position - below) * (ascending[above] - ascending[below]));
    }
}
