namespace SerLab.Training.Neural;

/// <summary>
/// A rule that moves parameters against a gradient. It keeps the state of one fit. Buffers are whole vectors, as a
/// <see cref="NetworkShape"/> lays them out.
/// </summary>
internal abstract class Optimizer
{
    /// <summary>Moves every parameter by one step, in one fused pass over the buffers.</summary>
    public abstract void Step(Span<float> parameters, ReadOnlySpan<float> gradients);

    /// <summary>
    /// Asked when training stalls: lowers the learning rate and returns true, or returns false when there is nothing to lower and
    /// training shall stop.
    /// </summary>
    public virtual bool TryLowerRate() => false;
}
