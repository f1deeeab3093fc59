using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Ensembles;

/// <summary>
/// The mean answer of several models, each fitted once or with several seeds: late fusion with equal weights. What is random in a
/// fit (first weights, order of rows, bootstrap samples) averages out; models that err differently correct each other.
/// </summary>
public sealed class AverageLearner : ICombination
{
    private readonly IReadOnlyList<ILearner> members;
    private readonly int copies;

    /// <summary>Creates the learner.</summary>
    /// <param name="members">The models, at least one, with their preprocessing.</param>
    /// <param name="copies">How often each is fitted, with a seed of its own each time; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no member, or no copy.</exception>
    public AverageLearner(IReadOnlyList<ILearner> members, int copies = 1)
    {
        ArgumentOutOfRangeException.ThrowIfZero(members.Count, nameof(members));
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        this.members = members;
        this.copies = copies;
    }

    /// <inheritdoc/>
    public string Name => "average";

    /// <inheritdoc/>
    public bool IsScaleFree => members.All(member => member.IsScaleFree);

    /// <inheritdoc/>
    public void RequireShape(ExampleShape shape, Target target)
    {
        foreach (ILearner member in members)
        {
            member.RequireShape(shape, target);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ILearner> Combined => copies == 1 ? members : [];

    /// <inheritdoc/>
    public Predictions Combine(IReadOnlyList<Predictions> answers) => AverageModel.Mean(answers);

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default) => new AverageModel(
    [
        .. from m in Enumerable.Range(0, members.Count)
           from copy in Enumerable.Range(0, copies)
           select members[m].Fit(
               set, SeededRandom.Derive(seed, $"average/{m}/{members[m].Name}", copy), cancellationToken),
    ]);
}
