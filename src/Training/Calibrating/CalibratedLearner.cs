using SerLab.Core;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Training.Calibrating;

/// <summary>
/// A learner of classes whose probabilities are calibrated: the temperature is chosen on what it says of training examples that
/// it has not seen, by inner folds as strict as the outer ones, and the model that answers learns from all of them, as it would
/// without. So classes are the same, and nothing of a test example is in the temperature.
/// </summary>
internal sealed class CalibratedLearner(ILearner learner) : IDividingLearner
{
    private const int Folds = 5;

    /// <inheritdoc/>
    public string Name => learner.Name;

    /// <inheritdoc/>
    public bool IsScaleFree => learner.IsScaleFree;

    /// <inheritdoc/>
    public void RequireShape(ExampleShape shape, Target target) => learner.RequireShape(shape, target);

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default) =>
        Fit(set, seed, null, cancellationToken);

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        TrainingInput.CheckFinite(set.Examples);
        TrainingInput.RequireClasses(set, Name);
        TrainingInput.RequireUnweighted(set, Name);
        IReadOnlyList<Fold> inner = InnerFolds.Of(set, Folds, seed);
        Temperature temperature = inner.Count < 2
            ? Temperature.None
            : Temperature.Of(PredictionSet.Join([.. inner.Select(fold => OutOfFold(set, fold, seed, cancellationToken))]));
        return new CalibratedModel(
            learner.Fit(set, seed, progress, cancellationToken),
            temperature,
            Temperature.Floors(set.Labels, set.Target.Classes.Count));
    }

    private PredictionSet OutOfFold(TrainingSet set, Fold fold, int seed, CancellationToken cancellationToken)
    {
        FoldData data = new(set, fold);
        int foldSeed = SeededRandom.Derive(seed, "temperature", fold.Index);
        Predictions answers = data.FitAndPredict(learner, foldSeed, null, cancellationToken).Predictions;
        return new PredictionSet(data.Truth, answers.Values, answers.Probabilities);
    }
}
