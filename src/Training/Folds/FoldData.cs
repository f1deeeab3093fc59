using System.Diagnostics;
using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Pipelines;
using SerLab.Training.Splitting;

namespace SerLab.Training.Folds;

/// <summary>
/// The one place where a fold becomes data: a training part, and a test part that nothing is fitted on. Whatever changes examples
/// (scaling, resampling, augmentation) enters here or in the pipelines that are fitted here. Outer folds of a run and inner folds
/// of a search or a stacking are the same to it. Thread-safe; all learners of a fold share it.
/// </summary>
public sealed class FoldData
{
    private readonly FoldView raw;

    /// <summary>Materialises a fold.</summary>
    /// <param name="all">All examples, with the targets of those that are learnt from.</param>
    /// <param name="fold">Which of them train and which test.</param>
    /// <param name="stopsOnTest">
    /// Whether learners may stop early by the test part: a leak, only to redo what was published so; default false.
    /// </param>
    /// <param name="tested">All examples as models are asked about them; none: as they are learnt from.</param>
    public FoldData(TrainingSet all, Fold fold, bool stopsOnTest = false, Examples? tested = null)
    {
        TrainingSet train = all.Select(fold.Train, stopsOnTest ? all.Select(fold.Test) : null);
        raw = new FoldView([], train, (tested ?? all.Examples).Select(fold.Test));
        Truth = Array.ConvertAll(fold.Test, index => all.Values[index]);
    }

    /// <summary>What is learnt from.</summary>
    public TrainingSet Train => raw.Train;

    /// <summary>What is predicted.</summary>
    public Examples Test => raw.Test;

    /// <summary>The target value of every test example.</summary>
    public double[] Truth { get; }

    /// <summary>Fits a learner on the training part and asks it about the test part.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="seed">Seed of the fit.</param>
    /// <param name="progress">Told how far the fit is, where the learner can; or none.</param>
    /// <param name="cancellationToken">Stops a long fit.</param>
    /// <exception cref="InvalidInputException">The learner cannot be fitted on these examples.</exception>
    public FittedFold FitAndPredict(
        ILearner learner, int seed, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        long start = Stopwatch.GetTimestamp();
        (FoldView view, IModel model) = Fit(learner, seed, progress, cancellationToken);
        TimeSpan fit = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        Predictions predictions = model.Predict(view.Test);
        return new FittedFold(model, predictions, fit, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Asks a model that was fitted here about other examples in place of the test part.</summary>
    /// <param name="learner">The learner that it was fitted by.</param>
    /// <param name="model">The model.</param>
    /// <param name="examples">The examples as they come in, before preprocessing.</param>
    public Predictions Ask(ILearner learner, IModel model, Examples examples)
    {
        FoldView view = learner is Pipeline pipeline ? raw.After(pipeline.Preprocessors) : raw;
        return model.Predict(view.Transforms.Aggregate(examples, (current, transform) => transform.Apply(current)));
    }

    /// <summary>What a learner's model says of the test part, as a stacking hears it.</summary>
    internal double[] FitAndScore(ILearner learner, int seed, CancellationToken cancellationToken)
    {
        (FoldView view, IModel model) = Fit(learner, seed, null, cancellationToken);
        return ModelScores.Of(model, view.Test);
    }

    /// <summary>
    /// The same for several learners, together where that is cheaper: those that share preprocessing and offer it.
    /// </summary>
    internal IReadOnlyList<Predictions> FitAndPredictAll(
        IReadOnlyList<ILearner> learners, int seed, CancellationToken cancellationToken)
    {
        Predictions[] predictions = new Predictions[learners.Count];
        foreach (IGrouping<FoldView?, int> same in Enumerable.Range(0, learners.Count).GroupBy(i => Shared(learners[i])))
        {
            ILearner[] inside = [.. same.Select(i => ((learners[i] as Pipeline)?.Learner)!)];
            IReadOnlyList<Predictions>? together = same.Key is { } view && inside[0] is IBatchLearner batch
                ? batch.FitAndPredictAll(inside, view.Train, view.Test, cancellationToken)
                : null;
            foreach ((int place, int i) in same.Index())
            {
                predictions[i] = together?[place] ?? FitAndPredict(learners[i], seed, null, cancellationToken).Predictions;
            }
        }

        return predictions;
    }

    // What learners see of the fold where nothing but preprocessing stands between.
    private FoldView? Shared(ILearner learner) =>
        learner is Pipeline { Resampler: null } pipeline ? raw.After(pipeline.Preprocessors) : null;

    private (FoldView View, IModel Model) Fit(
        ILearner learner, int seed, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        if (learner is not Pipeline pipeline)
        {
            return (raw, learner.Fit(Train, seed, progress, cancellationToken));
        }

        TrainingInput.CheckFinite(raw.Test);
        FoldView view = raw.After(pipeline.Preprocessors);
        return (view, pipeline.FitPreprocessed(view.Train, seed, progress, cancellationToken));
    }
}

/// <summary>A learner fitted on the training part of a fold.</summary>
/// <param name="Model">
/// The model, of examples as the fold's preprocessing gives them; none where its answers were put together from those of others.
/// </param>
/// <param name="Predictions">Its answers to the test part.</param>
/// <param name="FitTime">Time of the fit.</param>
/// <param name="PredictTime">Time of the answers.</param>
public sealed record FittedFold(IModel? Model, Predictions Predictions, TimeSpan FitTime, TimeSpan PredictTime)
{
    /// <summary>Its answers to the test part with features shuffled, in the order in which they were; none by default.</summary>
    public IReadOnlyList<Predictions> Shuffled { get; init; } = [];
}
