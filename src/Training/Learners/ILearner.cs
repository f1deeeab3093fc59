using SerLab.Core;

namespace SerLab.Training.Learners;

/// <summary>
/// A recipe that learns to predict a target from examples. Immutable and thread-safe: fitting keeps all its state to
/// itself, so folds may fit the same learner in parallel. Preprocessing with a learner, a stacking and a search are learners too.
/// </summary>
public interface ILearner
{
    /// <summary>Short name for tables and files, e.g. <c>svr</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Whether it is no better for features that are brought to one scale beforehand: only their order counts, as in trees; or
    /// nothing of them; or it scales them itself. Default: no.
    /// </summary>
    bool IsScaleFree => false;

    /// <summary>
    /// Refuses, before any example is there, a shape that the learner cannot take; where it says nothing, fitting may.
    /// </summary>
    /// <param name="shape">The shape of an example; a length that is open is not judged.</param>
    /// <param name="target">What shall be predicted.</param>
    /// <exception cref="InvalidInputException">The learner takes no examples of that shape; one sentence says why.</exception>
    void RequireShape(ExampleShape shape, Target target)
    {
    }

    /// <summary>Fits a model; the same training set and seed give the same model, bit for bit.</summary>
    /// <param name="set">Examples, all finite, at least one, with a target that the learner predicts.</param>
    /// <param name="seed">Seed of everything random in the fit.</param>
    /// <param name="cancellationToken">Stops a long fit.</param>
    /// <exception cref="InvalidInputException">
    /// The learner takes no examples of that shape or predicts no such target; or a value is not finite: the sentence names the
    /// first.
    /// </exception>
    IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default);

    /// <summary>Fits the same model and tells how far it is, where the learner can.</summary>
    /// <inheritdoc cref="Fit(TrainingSet, int, CancellationToken)"/>
    /// <param name="set">As above.</param>
    /// <param name="seed">As above.</param>
    /// <param name="progress">Told after every epoch, with its losses.</param>
    /// <param name="cancellationToken">As above.</param>
    IModel Fit(TrainingSet set, int seed, IProgress<WorkProgress>? progress, CancellationToken cancellationToken) =>
        Fit(set, seed, cancellationToken);
}
