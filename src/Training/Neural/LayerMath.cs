using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SerLab.Training.Neural;

/// <summary>The arithmetic of one dense layer on rows padded to whole vectors; training and prediction share it.</summary>
internal static class LayerMath
{
    /// <summary>outputs = activation(inputs · weights + bias).</summary>
    /// <param name="inputs">Row-major inputs of rows and stride as given.</param>
    /// <param name="weights">Inputs × padded outputs; the padding holds zeros.</param>
    /// <param name="bias">One per padded output; the padding holds zeros.</param>
    /// <param name="activation">What follows the sums.</param>
    /// <param name="outputCount">Outputs without padding.</param>
    /// <param name="outputs">Rows × padded outputs; overwritten.</param>
    public static void Forward(
        LeftFactor inputs,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> bias,
        Activation activation,
        int outputCount,
        Span<float> outputs)
    {
        int width = MatrixProduct.Padded(outputCount);
        MatrixProduct.Multiply(inputs, weights, bias, outputs, width);
        Activate(activation, outputs[..(inputs.Rows * width)], outputCount);
    }

    /// <summary>Multiplies deltas by the derivative of an activation, given what the activation put out.</summary>
    public static void MultiplyByDerivative(Activation activation, ReadOnlySpan<float> outputs, Span<float> deltas)
    {
        ReadOnlySpan<Vector<float>> y = MemoryMarshal.Cast<float, Vector<float>>(outputs);
        Span<Vector<float>> d = MemoryMarshal.Cast<float, Vector<float>>(deltas)[..y.Length];
        switch (activation)
        {
            case Activation.Identity:
                break;
            case Activation.Relu:
                for (int i = 0; i < y.Length; i++)
                {
                    d[i] = Vector.ConditionalSelect(Vector.GreaterThan(y[i], Vector<float>.Zero), d[i], Vector<float>.Zero);
                }

                break;
            case Activation.Tanh:
                for (int i = 0; i < y.Length; i++)
                {
                    d[i] *= Vector<float>.One - (y[i] * y[i]);
                }

                break;
            case Activation.Logistic:
                for (int i = 0; i < y.Length; i++)
                {
                    d[i] *= y[i] * (Vector<float>.One - y[i]);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(activation), activation, "Only hidden layers are differentiated here.");
        }
    }

    /// <summary>target[j, i] = source[i, j] for a source of rows × columns, both with padded rows.</summary>
    public static void Transpose(ReadOnlySpan<float> source, int rows, int columns, Span<float> target)
    {
        int sourceWidth = MatrixProduct.Padded(columns);
        int targetWidth = MatrixProduct.Padded(rows);
        for (int j = 0; j < columns; j++)
        {
            Span<float> line = target.Slice(j * targetWidth, rows);
            for (int i = 0, at = j; i < line.Length; i++, at += sourceWidth)
            {
                line[i] = source[at];
            }
        }
    }

    private static void Activate(Activation activation, Span<float> values, int count)
    {
        switch (activation)
        {
            case Activation.Identity:
                break;
            case Activation.Relu:
                TensorPrimitives.Max(values, 0, values);
                break;
            case Activation.Tanh:
                TensorPrimitives.Tanh(values, values);
                break;
            case Activation.Logistic:
                TensorPrimitives.Sigmoid(values, values);
                break;
            case Activation.Softmax:
                int width = MatrixProduct.Padded(count);
                for (int at = 0; at < values.Length; at += width)
                {
                    Softmax(values.Slice(at, count));
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation.");
        }
    }

    private static void Softmax(Span<float> row)
    {
        // The largest sum is taken off first, so that no exponential overflows.
        TensorPrimitives.Subtract(row, TensorPrimitives.Max<float>(row), row);
        TensorPrimitives.Exp<float>(row, row);
        TensorPrimitives.Divide(row, TensorPrimitives.Sum<float>(row), row);
    }
}
