using System.Numerics.Tensors;
using SerLab.Onnx;

namespace SerLab.Training.Conformal;

/// <summary>
/// How large errors are where a prediction lies: a parabola over the predictions, level beyond them. Immutable.
/// </summary>
/// <param name="Lowest">The lowest prediction that was seen.</param>
/// <param name="Highest">The highest.</param>
/// <param name="Constant">The error in the middle between the two.</param>
/// <param name="Slope">How it grows to the <paramref name="Highest"/> prediction, which is 1 away.</param>
/// <param name="Bend">The same, squared.</param>
/// <param name="Least">The least error that is believed, above 0.</param>
public sealed record SpreadCurve(
    double Lowest, double Highest, double Constant, double Slope, double Bend, double Least)
{
    /// <summary>Errors that are believed are at least the mean one over this.</summary>
    private const double MostContrast = 4;

    private double Middle => (Lowest + Highest) / 2;

    private double Reach => Highest > Lowest ? (Highest - Lowest) / 2 : 1;

    /// <summary>Fits the parabola to the sizes of errors by least squares.</summary>
    /// <param name="predicted">The predictions, at least one.</param>
    /// <param name="errors">How far each is from the truth, at least 0.</param>
    public static SpreadCurve Of(ReadOnlySpan<double> predicted, ReadOnlySpan<double> errors)
    {
        double mean = TensorPrimitives.Sum(errors) / errors.Length;
        double least = mean > 0 ? mean / MostContrast : 1;
        SpreadCurve level = new(TensorPrimitives.Min(predicted), TensorPrimitives.Max(predicted), mean, 0, 0, least);

        // Polynomials that are orthogonal over the predictions: each coefficient is a projection of its own.
        double[] line = new double[predicted.Length];
        for (int i = 0; i < line.Length; i++)
        {
            line[i] = (predicted[i] - level.Middle) / level.Reach;
        }

        double centre = TensorPrimitives.Sum<double>(line) / line.Length;
        double[] first = [.. line.Select(x => x - centre)];
        double firstNorm = TensorPrimitives.Dot<double>(first, first);
        double third = first.Sum(x => x * x * x);
        double shift = firstNorm > 0 ? third / firstNorm : 0;
        double[] second = [.. first.Select(x => (x * x) - (shift * x) - (firstNorm / first.Length))];
        double secondNorm = TensorPrimitives.Dot<double>(second, second);

        // Where all predictions are the same, or two, nothing is told about a line, or a bend.
        const double nothing = 1e-9;
        double b = firstNorm > nothing ? TensorPrimitives.Dot(first, errors) / firstNorm : 0;
        double c = secondNorm > nothing ? TensorPrimitives.Dot(second, errors) / secondNorm : 0;
        return level with
        {
            Constant = mean - (b * centre) + (c * ((centre * centre) + (shift * centre) - (firstNorm / first.Length))),
            Slope = b - (c * ((2 * centre) + shift)),
            Bend = c,
        };
    }

    /// <summary>The size of error to expect at a prediction.</summary>
    public double At(double prediction)
    {
        double x = (Math.Clamp(prediction, Lowest, Highest) - Middle) / Reach;
        return Math.Max(Least, Constant + (x * (Slope + (x * Bend))));
    }

    /// <summary>Adds the same as operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="prediction">Float32, [batch, 1].</param>
    internal OnnxValue AddTo(OnnxGraph graph, OnnxValue prediction)
    {
        OnnxValue Number(double value) => graph.Scalar((float)value);
        OnnxValue seen = graph.Apply("Clip", [prediction, Number(Lowest), Number(Highest)]);
        OnnxValue x = graph.Multiply(graph.Subtract(seen, Number(Middle)), Number(1 / Reach));
        OnnxValue curve = graph.Add(
            Number(Constant), graph.Multiply(x, graph.Add(Number(Slope), graph.Multiply(x, Number(Bend)))));
        return graph.Apply("Max", [curve, Number(Least)]);
    }
}
