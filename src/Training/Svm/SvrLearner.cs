using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Svm;

/// <summary>
/// ε-support vector regression (Vapnik 1998; Smola and Schölkopf 2004): a function that is as flat as possible while errors
/// beyond ε cost C each. Finds the optimum of the same dual as LIBSVM. Nothing in the fit is random: the seed has no effect.
/// </summary>
public sealed class SvrLearner : IRegressionLearner
{
    /// <summary>Creates the learner.</summary>
    /// <param name="options">Options; default ones if none are given.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public SvrLearner(SvrOptions? options = null) => Options = (options ?? new SvrOptions()).Validated();

    /// <inheritdoc/>
    public string Name => "svr";

    /// <summary>The options.</summary>
    public SvrOptions Options { get; }

    /// <inheritdoc/>
    public IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default) =>
        SvrGrid.Fit(rows, targets, [Options], cancellationToken).Model(0);
}
