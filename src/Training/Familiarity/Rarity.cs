using SerLab.Onnx;

namespace SerLab.Training.Familiarity;

/// <summary>
/// How far at the ends of what others had the single numbers of a row lie: the root mean square, over the numbers, of the
/// negative logarithm of how many of the others lay as far out. It needs no scale, so it sees what a distance in standardised
/// numbers does not: silence, where most numbers are small and a few are large. Immutable.
/// </summary>
internal sealed class Rarity
{
    // Where a column is read, and how rare its numbers are there; between these as on a line, beyond them as at the last.
    private static readonly double[] Ranks = [0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1];

    private static readonly int Steps = Ranks.Length - 1;

    // A line is no steeper than this share of its column is wide, or the last digits of a number would decide.
    private const double LeastRun = 1e-6;

    // A column of equal numbers has no width, and nothing of it counts.
    private const double NoRun = 1e-100;

    private readonly float[] knots;
    private readonly float[] depths;
    private readonly double[] slopes;

    private Rarity(float[] knots, float[] depths)
    {
        this.knots = knots;
        this.depths = depths;
        slopes = new double[Width * Steps];
        for (int i = 0; i < slopes.Length; i++)
        {
            ReadOnlySpan<float> column = knots.AsSpan(i / Steps * Ranks.Length, Ranks.Length);
            double run = (double)column[(i % Steps) + 1] - column[i % Steps];
            slopes[i] = 1 / Math.Max(Math.Max(run, LeastRun * ((double)column[^1] - column[0])), NoRun);
        }
    }

    private int Width => knots.Length / Ranks.Length;

    /// <summary>Learns what numbers are usual.</summary>
    /// <param name="rows">At least one row, all of one width.</param>
    public static Rarity Of(IReadOnlyList<double[]> rows)
    {
        int width = rows[0].Length;
        float[] knots = new float[width * Ranks.Length];
        float[] depths = new float[width * Ranks.Length];
        double[] column = new double[rows.Count];
        for (int j = 0; j < width; j++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = rows[i][j];
            }

            Array.Sort(column);
            for (int k = 0; k < Ranks.Length; k++)
            {
                double knot = column[(int)Math.Round(Ranks[k] * (column.Length - 1))];
                int below = column.AsSpan().IndexOf(knot);
                int above = column.Length - 1 - column.AsSpan().LastIndexOf(knot);

                // Of equal numbers half lie to either side.
                double outer = Math.Min(below, above) + (0.5 * (column.Length - below - above));
                knots[(j * Ranks.Length) + k] = (float)knot;
                depths[(j * Ranks.Length) + k] = (float)-Math.Log(Math.Min(1, 2 * outer / column.Length));
            }
        }

        return new Rarity(knots, depths);
    }

    /// <summary>The rarity of a row, at least 0.</summary>
    public double At(ReadOnlySpan<double> row)
    {
        double sum = 0;
        for (int j = 0; j < row.Length; j++)
        {
            int first = j * Ranks.Length;
            double depth = depths[first];
            for (int k = 0; k < Steps; k++)
            {
                double passed = Math.Clamp((row[j] - knots[first + k]) * slopes[(j * Steps) + k], 0, 1);
                depth += passed * (depths[first + k + 1] - (double)depths[first + k]);
            }

            sum += depth * depth;
        }

        return Math.Sqrt(sum / row.Length);
    }

    /// <summary>The same as operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="rows">Float64, [batch, width].</param>
    /// <returns>Float64, [batch, 1].</returns>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue rows)
    {
        OnnxValue at = Columns(knots);
        OnnxValue deep = Columns(depths);
        OnnxValue range = graph.Subtract(graph.Slice(at, 1, Steps, Ranks.Length), graph.Slice(at, 1, 0, 1));
        OnnxValue run = graph.Apply(
            "Max", [Rises(at), graph.Multiply(range, graph.Doubles([LeastRun])), graph.Doubles([NoRun])]);
        OnnxValue numbers = graph.Apply("Unsqueeze", [rows, graph.Integers([2], 1)]);
        OnnxValue passed = graph.Apply(
            "Clip",
            [
                graph.Divide(graph.Subtract(numbers, graph.Slice(at, 1, 0, Steps)), run),
                graph.Doubles([0]),
                graph.Doubles([1]),
            ]);
        OnnxValue depth = graph.Add(
            graph.Slice(deep, 1, 0, 1), graph.Sum(graph.Multiply(passed, Rises(deep)), 2));
        OnnxValue squared = graph.Sum(graph.Multiply(depth, depth), 1);
        OnnxValue mean = graph.Multiply(graph.Reshape(squared, -1, 1), graph.Doubles([1.0 / Width]));
        return graph.Apply("Sqrt", [mean]);

        OnnxValue Columns(float[] values) =>
            graph.Cast(graph.Constant(values, Width, Ranks.Length), OnnxElement.Double);

        OnnxValue Rises(OnnxValue values) =>
            graph.Subtract(graph.Slice(values, 1, 1, Ranks.Length), graph.Slice(values, 1, 0, Steps));
    }
}
