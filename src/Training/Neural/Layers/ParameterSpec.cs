using SerLab.Core;

namespace SerLab.Training.Neural.Layers;

/// <summary>One array of numbers that a layer learns or keeps.</summary>
/// <param name="Name">What it is, e.g. kernel.</param>
/// <param name="Shape">Its lengths, row-major.</param>
/// <param name="Start">Fills it before training.</param>
/// <param name="IsTrained">Whether the optimiser moves it; a moving statistic is kept by its layer.</param>
internal sealed record ParameterSpec(string Name, IReadOnlyList<int> Shape, Initialiser Start, bool IsTrained = true)
{
    /// <summary>Number of values.</summary>
    public int Length { get; } = Shape.Aggregate(1, (product, length) => checked(product * length));
}

/// <summary>Fills a parameter before training.</summary>
internal delegate void Initialiser(Span<double> values, SeededRandom random);

/// <summary>How parameters start: Keras's defaults.</summary>
internal static class Initialisers
{
    /// <summary>0.</summary>
    public static Initialiser Zeros => (values, _) => values.Clear();

    /// <summary>1.</summary>
    public static Initialiser Ones => (values, _) => values.Fill(1);

    /// <summary>Uniform within ± √(6 / (inputs + outputs)) (Glorot and Bengio 2010).</summary>
    public static Initialiser Glorot(double inputs, double outputs) => (values, random) =>
    {
        double bound = Math.Sqrt(6 / (inputs + outputs));
        foreach (ref double value in values)
        {
            value = random.NextDouble(-bound, bound);
        }
    };

    /// <summary>
    /// Rows of equal length at right angles to each other (Saxe et al. 2014): a matrix of so many rows, at least as wide as high,
    /// from Gaussian numbers by Gram and Schmidt.
    /// </summary>
    public static Initialiser Orthogonal(int rows) => (values, random) =>
    {
        int columns = values.Length / rows;
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = values.Slice(i * columns, columns);
            foreach (ref double value in row)
            {
                value = random.NextGaussian();
            }

            for (int before = 0; before < i; before++)
            {
                Span<double> other = values.Slice(before * columns, columns);
                double along = System.Numerics.Tensors.TensorPrimitives.Dot<double>(row, other);
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(other, -along, row, row);
            }

            double norm = System.Numerics.Tensors.TensorPrimitives.Norm<double>(row);
            System.Numerics.Tensors.TensorPrimitives.Divide(row, norm, row);
        }
    };

    /// <summary>Zeros, and ones in the second of so many equal parts: an LSTM that at first forgets nothing.</summary>
    public static Initialiser OnesInSecond(int parts) => (values, _) =>
    {
        values.Clear();
        values.Slice(values.Length / parts, values.Length / parts).Fill(1);
    };
}
