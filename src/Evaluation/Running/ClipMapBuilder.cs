using SerLab.Core;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Statistics;

namespace SerLab.Evaluation.Running;

/// <summary>Draws the map of a run's clips while their features are at hand.</summary>
internal static class ClipMapBuilder
{
    private const int MostSpreads = 12;

    /// <summary>The map; none where models learn from something else than rows of features, or all rows are equal.</summary>
    /// <param name="inputs">The features.</param>
    /// <param name="folds">The groups of the clips.</param>
    public static ClipMap? Of(RunInputs inputs, RunFolds folds)
    {
        if (inputs.Examples is not FeatureMatrix features || PrincipalPlane.Of(features) is not { } plane)
        {
            return null;
        }

        FeatureSpread[] spreads = folds.GroupKind is null ? [] : Spreads(features, inputs.FeatureNames, folds.GroupNumbers);
        return new ClipMap(
            [.. plane.Across.Select(Rounded)],
            [.. plane.Up.Select(Rounded)],
            Rounded(plane.AcrossShare),
            Rounded(plane.UpShare),
            [.. spreads.Take(MostSpreads)],
            spreads.Length == 0 ? 0 : spreads[spreads.Length / 2].Between);
    }

    private static FeatureSpread[] Spreads(FeatureMatrix features, IReadOnlyList<string> names, IReadOnlyList<int> groups)
    {
        double[] counts = new double[groups.Max() + 1];
        foreach (int group in groups)
        {
            counts[group]++;
        }

        return
        [
            .. Enumerable.Range(0, features.Columns)
                .Select(column => new FeatureSpread(names[column], Rounded(Between(features, column, groups, counts))))
                .OrderByDescending(spread => spread.Between).ThenBy(spread => spread.Feature, StringComparer.Ordinal),
        ];
    }

    // A feature that does not vary differs between no groups.
    private static double Between(FeatureMatrix features, int column, IReadOnlyList<int> groups, double[] counts)
    {
        double[] sums = new double[counts.Length];
        double mean = Enumerable.Range(0, features.Rows).Average(row => (double)features[row, column]);
        double total = 0;
        for (int row = 0; row < features.Rows; row++)
        {
            double centred = features[row, column] - mean;
            sums[groups[row]] += centred;
            total += centred * centred;
        }

        return total > 0 ? sums.Zip(counts, (sum, count) => sum * sum / count).Sum() / total : 0;
    }

    // More than a chart can show, and the same on machines whose last digits differ.
    private static double Rounded(double value) => Math.Round(value, 4);
}
