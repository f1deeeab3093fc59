using SerLab.Core;

namespace SerLab.Training.Neural;

/// <summary>Rows with what the network shall put out for them.</summary>
/// <param name="Rows">One row per sample.</param>
/// <param name="Targets">Rows × outputs: the target, or ones and zeros for classes.</param>
/// <param name="Outputs">Number of outputs of the network.</param>
internal sealed record NetworkData(FeatureMatrix Rows, float[] Targets, int Outputs)
{
    /// <summary>The targets of some rows.</summary>
    public ReadOnlySpan<float> Target(int row) => Targets.AsSpan(row * Outputs, Outputs);

    /// <summary>
    /// Splits rows at random into those to train on and those held out. Each kind of class target gives its share: scikit-learn
    /// does so for two classes only.
    /// </summary>
    /// <param name="fraction">Share held out; rounded up to whole rows.</param>
    /// <param name="byTarget">Whether to hold out the same share of equal targets.</param>
    /// <param name="random">Where the split is drawn from.</param>
    /// <exception cref="InvalidInputException">There are too few rows for both parts.</exception>
    public (NetworkData Training, NetworkData HeldOut) Split(double fraction, bool byTarget, SeededRandom random)
    {
        int heldOut = (int)Math.Ceiling(fraction * Rows.Rows);
        if (heldOut >= Rows.Rows)
        {
            throw new InvalidInputException(
                $"Early stopping would hold out {heldOut} of {Rows.Rows} training rows and leave none; "
                + "give more rows, a smaller validation fraction, or turn early stopping off.");
        }

        int[] order = new int[Rows.Rows];
        SampleOrder.Fill(order, order.Length, random);
        if (byTarget)
        {
            // The sort is stable, so rows stay shuffled within a class.
            order = [.. order.OrderBy(ClassOf)];
        }

        // Every (rows / heldOut)-th of the order: equal shares of whatever the order groups.
        bool[] isHeldOut = new bool[order.Length];
        double offset = random.NextDouble();
        for (int k = 0; k < heldOut; k++)
        {
            isHeldOut[(int)((k + offset) * order.Length / heldOut)] = true;
        }

        return (Select([.. order.Where((_, i) => !isHeldOut[i])]), Select([.. order.Where((_, i) => isHeldOut[i])]));
    }

    private int ClassOf(int row)
    {
        ReadOnlySpan<float> target = Target(row);
        return Outputs == 1 ? (int)target[0] : target.IndexOf(1f);
    }

    private NetworkData Select(int[] rows)
    {
        float[] targets = new float[rows.Length * Outputs];
        for (int i = 0; i < rows.Length; i++)
        {
            Target(rows[i]).CopyTo(targets.AsSpan(i * Outputs));
        }

        return new NetworkData(Rows.Select(rows), targets, Outputs);
    }
}
