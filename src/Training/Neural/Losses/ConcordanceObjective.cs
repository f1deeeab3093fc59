namespace SerLab.Training.Neural.Losses;

/// <summary>
/// One less Lin's concordance correlation of outputs and targets over the batch (moments of the population), column by
/// column, and the mean over columns. It needs batches that are not small: of one example it is 1, with no gradient.
/// </summary>
internal sealed record ConcordanceObjective : Objective
{
    /// <inheritdoc/>
    internal override double Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int columns, Span<T> gradients)
    {
        int rows = outputs.Length / columns;
        double total = 0;
        for (int j = 0; j < columns; j++)
        {
            double meanOutput = 0;
            double meanTarget = 0;
            for (int i = j; i < outputs.Length; i += columns)
            {
                meanOutput += Wide(outputs[i]) / rows;
                meanTarget += Wide(targets[i]) / rows;
            }

            double covariance = 0;
            double spread = (meanOutput - meanTarget) * (meanOutput - meanTarget);
            for (int i = j; i < outputs.Length; i += columns)
            {
                double output = Wide(outputs[i]) - meanOutput;
                double target = Wide(targets[i]) - meanTarget;
                covariance += output * target / rows;
                spread += ((output * output) + (target * target)) / rows;
            }

            // ccc = 2 covariance / spread; where all is constant and equal, nothing is wrong.
            double agreement = spread > 0 ? 2 * covariance / spread : 1;
            total += 1 - agreement;
            for (int i = j; i < outputs.Length; i += columns)
            {
                double target = Wide(targets[i]) - meanTarget;
                double slope = spread > 0 ? 2 * (target - (agreement * (Wide(outputs[i]) - meanTarget))) / (rows * spread) : 0;
                gradients[i] = T.CreateTruncating(-slope / columns);
            }
        }

        return total / columns;
    }
}
