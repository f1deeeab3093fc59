namespace SerLab.Training.Neural.Losses;

/// <summary>
/// Cross-entropy of the softmax of the outputs with target probabilities: of one class, or soft ones. The mean over the batch.
/// </summary>
/// <param name="Smoothing">Share of a target that is dealt out evenly to all classes, 0 to below 1; default 0.</param>
internal sealed record CrossEntropyObjective(double Smoothing = 0) : Objective
{
    /// <summary>A weight per class; an example's is the mean of them by its target. Default: all 1.</summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>
    /// Whether the weighted sum is divided by the sum of the weights, as PyTorch does, or by the number of examples, as Keras
    /// does; default the latter.
    /// </summary>
    public bool IsWeightedMean { get; init; }

    /// <inheritdoc/>
    internal override double Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int columns, Span<T> gradients)
    {
        int rows = outputs.Length / columns;
        double weights = rows;
        if (IsWeightedMean && ClassWeights is not null)
        {
            weights = 0;
            for (int i = 0; i < rows; i++)
            {
                weights += Weight(targets.Slice(i * columns, columns));
            }
        }

        double total = 0;
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<T> output = outputs.Slice(i * columns, columns);
            ReadOnlySpan<T> target = targets.Slice(i * columns, columns);
            double weight = Weight(target);
            double largest = double.NegativeInfinity;
            foreach (T value in output)
            {
                largest = Math.Max(largest, Wide(value));
            }

            double sum = 0;
            double targetSum = 0;
            for (int j = 0; j < columns; j++)
            {
                sum += Math.Exp(Wide(output[j]) - largest);
                targetSum += Wide(target[j]);
            }

            double logarithm = largest + Math.Log(sum);
            for (int j = 0; j < columns; j++)
            {
                double probability = Math.Exp(Wide(output[j]) - logarithm);
                double smoothed = ((1 - Smoothing) * Wide(target[j])) + (Smoothing * targetSum / columns);
                total += weight * smoothed * (logarithm - Wide(output[j]));
                gradients[(i * columns) + j] = T.CreateTruncating(weight * ((probability * targetSum) - smoothed) / weights);
            }
        }

        return total / weights;
    }

    private double Weight<T>(ReadOnlySpan<T> target)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        if (ClassWeights is null)
        {
            return 1;
        }

        double weight = 0;
        for (int j = 0; j < target.Length; j++)
        {
            weight += ClassWeights[j] * Wide(target[j]);
        }

        return weight;
    }
}
