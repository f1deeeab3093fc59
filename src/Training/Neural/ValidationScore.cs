using System.Numerics.Tensors;

namespace SerLab.Training.Neural;

/// <summary>What early stopping judges a network by.</summary>
internal static class ValidationScore
{
    /// <summary>Coefficient of determination; for constant targets 1 if all are met, else 0.</summary>
    public static double R2(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        double mean = 0;
        foreach (float target in targets)
        {
            mean += target;
        }

        mean /= targets.Length;
        double residual = 0;
        double total = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            residual += ((double)targets[i] - outputs[i]) * ((double)targets[i] - outputs[i]);
            total += (targets[i] - mean) * (targets[i] - mean);
        }

        if (total > 0)
        {
            return 1 - (residual / total);
        }

        return residual == 0 ? 1 : 0;
    }

    /// <summary>Share of rows whose class is right: the largest output, or a single output's side of one half.</summary>
    public static double Accuracy(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int columns)
    {
        int rows = targets.Length / columns;
        int right = 0;
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> output = outputs.Slice(i * columns, columns);
            ReadOnlySpan<float> target = targets.Slice(i * columns, columns);
            bool isRight = columns == 1
                ? output[0] > 0.5f == target[0] > 0.5f
                : TensorPrimitives.IndexOfMax(output) == TensorPrimitives.IndexOfMax(target);
            right += isRight ? 1 : 0;
        }

        return (double)right / rows;
    }
}
