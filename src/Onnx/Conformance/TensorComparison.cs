using System.Globalization;

namespace SerLab.Onnx.Conformance;

/// <summary>Whether a tensor is as expected.</summary>
internal static class TensorComparison
{
    /// <summary>Relative or absolute, for 32 and 64 bits.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Relative or absolute, for 16 bits.</summary>
    private const double HalfTolerance = 1e-3;

    /// <summary>How a tensor differs from the expected one, or none.</summary>
    public static string? Difference(Tensor actual, Tensor expected)
    {
        if (actual.Element != expected.Element)
        {
            return $"is {Elements.Name(actual.Element)}, not {Elements.Name(expected.Element)}";
        }

        if (!actual.Shape.SequenceEqual(expected.Shape))
        {
            return $"has the shape [{string.Join(", ", actual.Shape)}], not [{string.Join(", ", expected.Shape)}]";
        }

        return actual is Tensor<string> text
            ? text.Values.SequenceEqual(((Tensor<string>)expected).Values) ? null : "holds other texts"
            : Difference(Numbers(actual), Numbers(expected), actual is Tensor<Half> ? HalfTolerance : Tolerance);
    }

    private static double[] Numbers(Tensor tensor) =>
        Elements.Convert<double>(tensor, new Workspace(ComputeLimits.Standard)).Values.ToArray();

    private static string? Difference(double[] actual, double[] expected, double tolerance)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            bool isSame = actual[i].Equals(expected[i])
                || Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]));
            if (!isSame)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"is {actual[i]:G9} where {expected[i]:G9} is expected, at element {i}");
            }
        }

        return null;
    }
}
