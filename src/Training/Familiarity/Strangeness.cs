using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SerLab.Onnx;

namespace SerLab.Training.Familiarity;

/// <summary>
/// How far a row lies from a cloud of others: the Mahalanobis distance in standardised numbers, with the variances of the main
/// directions, one for all others (probabilistic principal components; Tipping and Bishop 1999), and a little added to each, so
/// that directions in which the cloud is flat do not decide. Immutable.
/// </summary>
internal sealed class Strangeness
{
    private const int MostDirections = 32;
    private const double AddedVariance = 0.1;

    private readonly double[] mean;
    private readonly double[] scale;
    private readonly float[][] directions;
    private readonly double[] weights;
    private readonly double rest;

    private Strangeness(double[] mean, double[] scale, float[][] directions, double[] weights, double rest)
    {
        this.mean = mean;
        this.scale = scale;
        this.directions = directions;
        this.weights = weights;
        this.rest = rest;
    }

    /// <summary>Number of numbers in a row.</summary>
    public int Width => mean.Length;

    /// <summary>Learns the cloud.</summary>
    /// <param name="rows">At least one row, all of one width.</param>
    public static Strangeness Of(IReadOnlyList<double[]> rows)
    {
        int width = rows[0].Length;
        double[] mean = new double[width];
        double[] variance = new double[width];
        foreach (double[] row in rows)
        {
            TensorPrimitives.Add(mean, row, mean);
        }

        TensorPrimitives.Divide(mean, rows.Count, mean);
        double[][] centred = [.. rows.Select(row => row.Zip(mean, (value, m) => value - m).ToArray())];
        foreach (double[] row in centred)
        {
            TensorPrimitives.MultiplyAdd(row, row, variance, variance);
        }

        double[] scale = Array.ConvertAll(variance, sum => sum > 0 ? 1 / Math.Sqrt(sum / rows.Count) : 1);
        foreach (double[] row in centred)
        {
            TensorPrimitives.Multiply(row, scale, row);
        }

        Matrix<double> standard = Matrix<double>.Build.DenseOfRowArrays(centred);
        Evd<double> eigen = (standard.TransposeThisAndMultiply(standard) / rows.Count).Evd(Symmetricity.Symmetric);
        double[] variances = [.. eigen.EigenValues.Select(value => Math.Max(0, value.Real)).Reverse()];
        int count = Math.Min(MostDirections, width - 1);
        double rest = 1 / ((variances.Skip(count).Sum() / (width - count)) + AddedVariance);
        return new Strangeness(
            mean,
            scale,
            [
                .. Enumerable.Range(1, count)
                    .Select(i => eigen.EigenVectors.Column(width - i).Select(value => (float)value).ToArray()),
            ],
            [.. variances.Take(count).Select(value => (1 / (value + AddedVariance)) - rest)],
            rest);
    }

    /// <summary>The distance of a row, at least 0.</summary>
    public double At(ReadOnlySpan<double> row)
    {
        double[] standard = new double[mean.Length];
        TensorPrimitives.Subtract(row, mean, standard);
        TensorPrimitives.Multiply(standard, scale, standard);
        double sum = rest * TensorPrimitives.SumOfSquares<double>(standard);
        double[] direction = new double[mean.Length];
        for (int i = 0; i < directions.Length; i++)
        {
            TensorPrimitives.ConvertTruncating(directions[i], direction);
            double along = TensorPrimitives.Dot<double>(standard, direction);
            sum += weights[i] * along * along;
        }

        return Math.Sqrt(Math.Max(0, sum));
    }

    /// <summary>The same as operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="rows">Float64, [batch, width].</param>
    /// <returns>Float64, [batch, 1].</returns>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue rows)
    {
        OnnxValue standard = graph.Multiply(
            graph.Subtract(rows, graph.Doubles(mean, mean.Length)), graph.Doubles(scale, scale.Length));
        OnnxValue sum = graph.Multiply(graph.Sum(graph.Multiply(standard, standard), 1), graph.Doubles([rest]));
        if (directions.Length > 0)
        {
            OnnxValue columns = graph.Cast(
                graph.Constant(directions.SelectMany(values => values).ToArray(), directions.Length, Width), OnnxElement.Double);
            OnnxValue along = graph.MatrixProduct(standard, graph.Transpose(columns, 1, 0));
            OnnxValue weighted = graph.Multiply(graph.Multiply(along, along), graph.Doubles(weights, weights.Length));
            sum = graph.Add(sum, graph.Sum(weighted, 1));
        }

        return graph.Apply("Sqrt", [graph.Apply("Max", [sum, graph.Doubles([0])])]);
    }
}
