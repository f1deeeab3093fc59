using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Preprocessing;
using SerLab.Training.Resampling;

namespace SerLab.Training.Pipelines;

/// <summary>Preprocessing and a learner fitted together, so that inside a fold nothing is learnt from test examples.</summary>
/// <param name="Name">Short name for tables and files.</param>
/// <param name="Preprocessors">Fitted in order, each on what the one before gives.</param>
/// <param name="Learner">Fitted on the preprocessed examples.</param>
public sealed record Pipeline(string Name, IReadOnlyList<IPreprocessor> Preprocessors, ILearner Learner) : ILearner
{
    /// <summary>Evens out the classes of the preprocessed training rows, in the fit only; none by default.</summary>
    public IResampler? Resampler { get; init; }

    /// <summary>The learner, where it combines the answers of others to examples as they come in; else none.</summary>
    public ICombination? Combination => Preprocessors.Count == 0 && Resampler is null ? Learner as ICombination : null;

    /// <inheritdoc/>
    public bool IsScaleFree => Learner.IsScaleFree || Preprocessors.Any(preprocessor => preprocessor is not PartSelector);

    /// <inheritdoc/>
    public void RequireShape(ExampleShape shape, Target target)
    {
        ExampleShape changed = Preprocessors.Aggregate(shape, (before, preprocessor) => preprocessor.ShapeAfter(before));
        if (Resampler is not null)
        {
            TrainingInput.RequireRows(changed, Name);
        }

        Learner.RequireShape(changed, target);
    }

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default) =>
        Fit(set, seed, null, cancellationToken);

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        TrainingInput.CheckFinite(set.Examples);
        List<ITransform> transforms = [];
        Examples examples = set.Examples;
        foreach (IPreprocessor preprocessor in Preprocessors)
        {
            ITransform transform = preprocessor.Fit(examples);
            examples = transform.Apply(examples);
            transforms.Add(transform);
        }

        IModel model = FitPreprocessed(set.With(examples), seed, progress, cancellationToken);
        return new PipelineModel(set.Examples.Shape, transforms, model);
    }

    /// <summary>
    /// Fits the learner on examples that the same preprocessing has changed already, as a fold does it once for all.
    /// </summary>
    internal IModel FitPreprocessed(
        TrainingSet set, int seed, IProgress<WorkProgress>? progress, CancellationToken cancellationToken) =>
        Learner.Fit(Resampler is null ? set : Resampled(Resampler, set, seed), seed, progress, cancellationToken);

    private TrainingSet Resampled(IResampler resampler, TrainingSet set, int seed)
    {
        if (Learner is IDividingLearner { InsteadOfResampling: { } instead })
        {
            throw new InvalidInputException(
                $"'{Name}' divides its training rows into folds of its own, which rows made by '{resampler.Name}' beforehand "
                + $"would cross; {instead}.");
        }

        FeatureMatrix rows = TrainingInput.LabelledRows(set, Name);
        TrainingInput.RequireUnweighted(set, $"{Name} with resampler {resampler.Name}");

        // The name of the sub-seed is from when this was called balancing; another would change every resampled figure.
        ResampledRows resampled =
            resampler.Resample(rows, set.Labels, set.Target.Classes.Count, SeededRandom.Derive(seed, "balance"));
        return new TrainingSet(resampled.Rows, set.Target, Array.ConvertAll(resampled.Labels, label => (double)label));
    }
}
