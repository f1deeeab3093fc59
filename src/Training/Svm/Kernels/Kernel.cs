using System.Numerics.Tensors;

namespace SerLab.Training.Svm.Kernels;

/// <summary>The families of kernels.</summary>
public enum KernelKind
{
    /// <summary>Radial basis function, exp(−γ‖x − z‖²).</summary>
    Rbf,

    /// <summary>Inner product, x·z.</summary>
    Linear,

    /// <summary>Polynomial, (γ x·z + coef0)^degree.</summary>
    Polynomial,
}

/// <summary>A kernel with all its numbers settled, as LIBSVM defines them (Chang and Lin 2011).</summary>
/// <param name="Kind">The family.</param>
/// <param name="Gamma">γ of the radial basis function and the polynomial; the linear kernel does not use it.</param>
/// <param name="Degree">Degree of the polynomial; others do not use it.</param>
/// <param name="Coef0">Constant of the polynomial; others do not use it.</param>
internal sealed record Kernel(KernelKind Kind, double Gamma, int Degree, double Coef0)
{
    /// <summary>Whether the kernel is a function of ‖x − z‖² (else of x·z).</summary>
    public bool UsesDistances => Kind == KernelKind.Rbf;

    /// <summary>The kernel of two rows, computed in float64.</summary>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    public double Evaluate(ReadOnlySpan<float> x, ReadOnlySpan<float> z)
    {
        if (x.Length != z.Length)
        {
            throw new ArgumentException($"A row of {x.Length} features has no kernel with one of {z.Length}.", nameof(z));
        }

        double pair = 0;
        for (int k = 0; k < x.Length; k++)
        {
            pair += UsesDistances ? ((double)x[k] - z[k]) * ((double)x[k] - z[k]) : (double)x[k] * z[k];
        }

        FromPairs(new Span<double>(ref pair));
        return pair;
    }

    /// <summary>
    /// Turns squared distances (radial basis function) or inner products (others) into kernel values, in place.
    /// </summary>
    public void FromPairs(Span<double> pairs)
    {
        switch (Kind)
        {
            case KernelKind.Rbf:
                TensorPrimitives.Multiply(pairs, -Gamma, pairs);
                TensorPrimitives.Exp<double>(pairs, pairs);
                break;
            case KernelKind.Polynomial:
                for (int i = 0; i < pairs.Length; i++)
                {
                    pairs[i] = IntegerPower((Gamma * pairs[i]) + Coef0, Degree);
                }

                break;
            default:
                break;
        }
    }

    private static double IntegerPower(double value, int exponent)
    {
        double result = 1;
        for (int rest = exponent; rest > 0; rest >>= 1)
        {
            if ((rest & 1) == 1)
            {
                result *= value;
            }

            value *= value;
        }

        return result;
    }
}
