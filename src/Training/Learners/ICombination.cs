namespace SerLab.Training.Learners;

/// <summary>
/// A learner whose model answers what follows from the answers of others alone: where those are fitted anyway, as in a comparison
/// of parts and whole, nothing need be fitted twice.
/// </summary>
public interface ICombination : ILearner
{
    /// <summary>The learners whose answers are combined; none where fits of its own are needed.</summary>
    IReadOnlyList<ILearner> Combined { get; }

    /// <summary>What the combination answers.</summary>
    /// <param name="answers">The answers of <see cref="Combined"/> to the same examples, in order.</param>
    Predictions Combine(IReadOnlyList<Predictions> answers);
}
