using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Svm;

/// <summary>
/// ε-support vector regression (Vapnik 1998; Smola and Schölkopf 2004): a function that is as flat as possible while errors
/// beyond ε cost C each. Finds the optimum of the same dual as LIBSVM. Nothing in the fit is random: the seed has no effect.
/// </summary>
public sealed class SvrLearner : IRowLearner, IBatchLearner
{
    /// <summary>Creates the learner.</summary>
    /// <param name="options">Options; default ones if none are given.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public SvrLearner(SvrOptions? options = null) =>
        Options = OptionsValidation.Check(options ?? new SvrOptions());

    /// <inheritdoc/>
    public string Name => "svr";

    /// <summary>The options.</summary>
    public SvrOptions Options { get; }

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default) =>
        FitGrid(set, [Options], cancellationToken).Model(0);

    IReadOnlyList<Predictions>? IBatchLearner.FitAndPredictAll(
        IReadOnlyList<ILearner> candidates, TrainingSet set, Examples test, CancellationToken cancellationToken)
    {
        SvrOptions[] options = [.. candidates.OfType<SvrLearner>().Select(candidate => candidate.Options)];
        if (options.Length < candidates.Count)
        {
            return null;
        }

        SvrGrid grid = FitGrid(set, options, cancellationToken);
        return Array.ConvertAll(grid.Predict(TrainingInput.CheckPrediction(test, grid.FeatureCount)), Predictions.OfRatings);
    }

    private SvrGrid FitGrid(TrainingSet set, SvrOptions[] options, CancellationToken cancellationToken)
    {
        FeatureMatrix rows = TrainingInput.RatedRows(set, Name);
        TrainingInput.RequireUnweighted(set, Name);
        return SvrGrid.Fit(rows, set.Values, options, cancellationToken);
    }
}
