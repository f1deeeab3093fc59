using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Neighbours;

/// <summary>
/// k nearest neighbours (Cover and Hart 1967) by Euclidean distance: probabilities are the shares of the classes' votes. Of
/// equally near rows the earlier training row counts as nearer, of equally voted classes the first wins. Features are taken as
/// they are: scale them first where their units differ.
/// </summary>
public sealed class NearestNeighboursLearner : IRowLearner
{
    private readonly NearestNeighboursOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public NearestNeighboursLearner(NearestNeighboursOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new NearestNeighboursOptions());

    /// <inheritdoc/>
    public string Name => "knn";

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        FeatureMatrix rows = TrainingInput.LabelledRows(set, Name);
        TrainingInput.RequireUnweighted(set, Name);
        cancellationToken.ThrowIfCancellationRequested();
        return new NearestNeighboursModel(rows, set.Labels, set.Target.Classes.Count, options);
    }
}
