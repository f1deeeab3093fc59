using System.Globalization;
using SerLab.Core;

namespace SerLab.Benchmarks;

/// <summary>
/// The tables of the reference data, which lie in <c>shared/reference</c> beside the repository, or in the folder that
/// SERLAB_SHARED names: regression.csv (1,213 × 74) and classification.csv (5,000 × 13, four classes).
/// </summary>
internal static class ReferenceTables
{
    public static string Folder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("SERLAB_SHARED") is { Length: > 0 } named)
            {
                return Path.Combine(named, "reference");
            }

            // A benchmark runs in a folder of its own somewhere below the repository.
            for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (Directory.Exists(Path.Combine(folder.FullName, "shared", "reference")))
                {
                    return Path.Combine(folder.FullName, "shared", "reference");
                }
            }

            throw new DirectoryNotFoundException("The benchmark needs the reference data: set SERLAB_SHARED to their folder.");
        }
    }

    /// <summary>A whole table: the features, and the targets in the last column.</summary>
    public static (FeatureMatrix Rows, double[] Targets) Read(string table)
    {
        double[][] rows = Csv(table);
        return (Features(rows), Targets(rows));
    }

    /// <summary>A table cut into the folds that the second column of another file tells.</summary>
    public static (FeatureMatrix Training, double[] Targets, FeatureMatrix Test)[] Folds(string table, string foldsOf)
    {
        double[][] rows = Csv(table);
        int[] folds = Array.ConvertAll(Csv(foldsOf), row => (int)row[1]);
        return
        [
            .. Enumerable.Range(0, folds.Max() + 1).Select(fold =>
            {
                double[][] training = [.. rows.Where((_, i) => folds[i] != fold)];
                return (Features(training), Targets(training), Features([.. rows.Where((_, i) => folds[i] == fold)]));
            }),
        ];
    }

    private static double[] Targets(double[][] rows) => Array.ConvertAll(rows, row => row[^1]);

    private static FeatureMatrix Features(double[][] rows) => FeatureMatrix.FromRows(
        Array.ConvertAll(rows, row => Array.ConvertAll(row[..^1], value => (float)value)), rows[0].Length - 1);

    private static double[][] Csv(string name) =>
    [
        .. File.ReadLines(Path.Combine(Folder, name)).Skip(1)
            .Select(line => Array.ConvertAll(line.Split(','), text => double.Parse(text, CultureInfo.InvariantCulture))),
    ];
}
