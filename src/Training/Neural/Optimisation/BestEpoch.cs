namespace SerLab.Training.Neural.Optimisation;

/// <summary>Keeps which epoch had the lowest loss, and says when to stop waiting for a better one, as Keras does.</summary>
/// <param name="patience">Epochs without a new best after which training stops, at least 1.</param>
/// <param name="leastFall">What a new best must be lower by, 0 or more.</param>
internal sealed class BestEpoch(int patience, double leastFall = 0)
{
    private int waited;

    /// <summary>Number of the best epoch, from 0; −1 before any.</summary>
    public int Number { get; private set; } = -1;

    /// <summary>Its loss.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether training shall stop.</summary>
    public bool IsOver => waited >= patience;

    /// <summary>Records the loss of an epoch; true if it is the best so far.</summary>
    public bool Record(int epoch, double loss)
    {
        if (loss < Loss - leastFall)
        {
            (Number, Loss, waited) = (epoch, loss, 0);
            return true;
        }

        waited++;
        return false;
    }
}
