using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SerLab.Core;

namespace SerLab.Evaluation.Statistics;

/// <summary>
/// The first two principal components of standardised features, by orthogonal iteration with a Rayleigh–Ritz step (Rutishauser
/// 1970), so that no matrix of features by features is needed. Where there are more than 2,000 rows the directions are those of
/// 2,000 of them, evenly spaced; all are projected.
/// </summary>
/// <param name="Across">The first component of every row; of its direction the largest weight is positive.</param>
/// <param name="Up">The second component of every row.</param>
/// <param name="AcrossShare">Share of variance along the first, 0 to 1.</param>
/// <param name="UpShare">Share of variance along the second.</param>
internal sealed record PrincipalPlane(double[] Across, double[] Up, double AcrossShare, double UpShare)
{
    private const int MostRows = 2000;
    private const int MostIterations = 200;
    private const double Tolerance = 1e-10;

    // A few directions more than are asked for: the gap that decides the speed is then that to the first one left out.
    private const int MostDirections = 8;

    /// <summary>The plane of some rows; none where fewer than two rows, or no feature, differ.</summary>
    /// <param name="features">The rows.</param>
    public static PrincipalPlane? Of(FeatureMatrix features)
    {
        double[][] rows = Standardised(features);
        if (rows.Length < 2 || rows.All(row => Array.TrueForAll(row, value => value == 0)))
        {
            return null;
        }

        int count = Math.Min(rows.Length, MostRows);
        double[][] fitted = [.. Enumerable.Range(0, count).Select(i => rows[(int)((long)i * rows.Length / count)])];
        (double[][] directions, double[] variances) = Directions(fitted);
        double total = fitted.Sum(row => row.Sum(value => value * value)) / count;
        return new PrincipalPlane(
            Array.ConvertAll(rows, row => Dot(row, directions[0])),
            directions.Length < 2 ? new double[rows.Length] : Array.ConvertAll(rows, row => Dot(row, directions[1])),
            variances[0] / total,
            directions.Length < 2 ? 0 : variances[1] / total);
    }

    /// <summary>Every column with mean 0 and variance 1; columns that do not vary are 0.</summary>
    private static double[][] Standardised(FeatureMatrix features)
    {
        double[] mean = new double[features.Columns];
        double[] scale = new double[features.Columns];
        for (int column = 0; column < features.Columns; column++)
        {
            double sum = 0, squares = 0;
            for (int row = 0; row < features.Rows; row++)
            {
                sum += features[row, column];
            }

            mean[column] = sum / features.Rows;
            for (int row = 0; row < features.Rows; row++)
            {
                double difference = features[row, column] - mean[column];
                squares += difference * difference;
            }

            double deviation = Math.Sqrt(squares / features.Rows);
            scale[column] = deviation > 1e-12 * Math.Abs(mean[column]) ? 1 / deviation : 0;
        }

        return
        [
            .. Enumerable.Range(0, features.Rows).Select(row =>
                mean.Select((centre, column) => (features[row, column] - centre) * scale[column]).ToArray()),
        ];
    }

    private static (double[][] Directions, double[] Variances) Directions(double[][] rows)
    {
        int width = rows[0].Length;
        int count = Math.Min(MostDirections, Math.Min(width, rows.Length));
        SeededRandom random = new(0);
        double[] Start() => [.. Enumerable.Range(0, width).Select(_ => random.NextGaussian())];
        double[][] basis = Orthonormal([.. Enumerable.Range(0, count).Select(_ => Start())]);
        double[] variances = [];
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            double[][] mapped = Apply(rows, basis);
            Evd<double> small = Matrix<double>.Build
                .Dense(basis.Length, basis.Length, (i, j) => (Dot(basis[i], mapped[j]) + Dot(basis[j], mapped[i])) / 2)
                .Evd(Symmetricity.Symmetric);
            double[] found = [.. small.EigenValues.Select(value => value.Real).Reverse()];
            basis = Orthonormal(
            [
                .. Enumerable.Range(1, basis.Length).Select(rank =>
                    Combined(mapped, small.EigenVectors.Column(basis.Length - rank))),
            ]);
            bool isSettled = variances.Length == found.Length && Enumerable.Range(0, Math.Min(2, found.Length))
                .All(i => Math.Abs(found[i] - variances[i]) <= Tolerance * found[0]);
            variances = found;
            if (isSettled)
            {
                break;
            }
        }

        return ([.. basis.Select(Oriented)], variances);
    }

    /// <summary>The covariance of the rows times every direction.</summary>
    private static double[][] Apply(double[][] rows, double[][] directions)
    {
        double[][] mapped = [.. directions.Select(_ => new double[rows[0].Length])];
        foreach (double[] row in rows)
        {
            for (int k = 0; k < directions.Length; k++)
            {
                AddTo(mapped[k], Dot(row, directions[k]) / rows.Length, row);
            }
        }

        return mapped;
    }

    private static double[] Combined(double[][] vectors, Vector<double> weights)
    {
        double[] sum = new double[vectors[0].Length];
        for (int k = 0; k < vectors.Length; k++)
        {
            AddTo(sum, weights[k], vectors[k]);
        }

        return sum;
    }

    /// <summary>Gram and Schmidt's, twice; directions in which nothing is left are dropped.</summary>
    private static double[][] Orthonormal(double[][] vectors)
    {
        List<double[]> basis = [];
        foreach (double[] vector in vectors)
        {
            double before = Math.Sqrt(Dot(vector, vector));
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (double[] other in basis)
                {
                    AddTo(vector, -Dot(vector, other), other);
                }
            }

            double length = Math.Sqrt(Dot(vector, vector));
            if (length > 1e-10 * before)
            {
                basis.Add(Array.ConvertAll(vector, value => value / length));
            }
        }

        return [.. basis];
    }

    private static double[] Oriented(double[] direction) =>
        direction[Enumerable.Range(0, direction.Length).MaxBy(i => Math.Abs(direction[i]))] < 0
            ? Array.ConvertAll(direction, value => -value)
            : direction;

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void AddTo(double[] sum, double weight, double[] vector)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += weight * vector[i];
        }
    }
}
