using System.Numerics;

namespace SerLab.Training.Neural.Losses;

/// <summary>What training makes small: a number for the outputs of a batch and what they should be, with its gradient.</summary>
internal abstract record Objective
{
    private protected Objective()
    {
    }

    /// <summary>The loss of a batch; writes its gradient by the outputs.</summary>
    /// <param name="outputs">Rows of outputs, an example each.</param>
    /// <param name="targets">What they should be, laid out alike.</param>
    /// <param name="columns">Outputs per example.</param>
    /// <param name="gradients">Receives the gradient; laid out alike.</param>
    internal abstract double Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int columns, Span<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>As a double, for sums.</summary>
    private protected static double Wide<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T> => double.CreateTruncating(value);
}

/// <summary>An objective that is the mean over all values of a function of output and target.</summary>
internal abstract record MeanObjective : Objective
{
    private protected MeanObjective()
    {
    }

    /// <inheritdoc/>
    internal sealed override double Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int columns, Span<T> gradients)
    {
        double total = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            (double value, double slope) = Term(Wide(outputs[i]), Wide(targets[i]));
            total += value;
            gradients[i] = T.CreateTruncating(slope / outputs.Length);
        }

        return total / outputs.Length;
    }

    /// <summary>The function, and its derivative by the output.</summary>
    private protected abstract (double Value, double Slope) Term(double output, double target);
}

/// <summary>Mean squared error.</summary>
internal sealed record SquaredErrorObjective : MeanObjective
{
    private protected override (double Value, double Slope) Term(double output, double target) =>
        ((output - target) * (output - target), 2 * (output - target));
}

/// <summary>Mean absolute error.</summary>
internal sealed record AbsoluteErrorObjective : MeanObjective
{
    private protected override (double Value, double Slope) Term(double output, double target) =>
        (Math.Abs(output - target), Math.Sign(output - target));
}

/// <summary>Huber's loss: half the squared error up to a threshold, beyond it linear.</summary>
/// <param name="Threshold">Where it becomes linear, above 0; default 1.</param>
internal sealed record HuberObjective(double Threshold = 1) : MeanObjective
{
    private protected override (double Value, double Slope) Term(double output, double target)
    {
        double error = output - target;
        return Math.Abs(error) <= Threshold
            ? (error * error / 2, error)
            : (Threshold * (Math.Abs(error) - (Threshold / 2)), Threshold * Math.Sign(error));
    }
}

/// <summary>
/// Cross-entropy of a probability that the network gives as its logarithmic odds: for two classes, or for several that do not
/// exclude each other.
/// </summary>
/// <param name="Smoothing">Targets are moved by half of this towards ½, 0 to below 1; default 0.</param>
internal sealed record BinaryObjective(double Smoothing = 0) : MeanObjective
{
    private protected override (double Value, double Slope) Term(double output, double target)
    {
        double smoothed = (target * (1 - Smoothing)) + (Smoothing / 2);

        // ln(1 + e⁻|x|) overflows nowhere.
        double value = Math.Max(output, 0) - (output * smoothed) + Math.Log(1 + Math.Exp(-Math.Abs(output)));
        return (value, (1 / (1 + Math.Exp(-output))) - smoothed);
    }
}
