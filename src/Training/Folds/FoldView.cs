using System.Collections.Concurrent;
using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Preprocessing;

namespace SerLab.Training.Folds;

/// <summary>
/// The examples of a fold at one stage of preprocessing: as they come in, or as preprocessors fitted on the training part have
/// changed them. Each further stage is computed once, for all learners that ask for it. Thread-safe.
/// </summary>
/// <param name="Transforms">What was fitted on the training part so far, in order.</param>
/// <param name="Train">The training part.</param>
/// <param name="Test">The test part.</param>
internal sealed record FoldView(IReadOnlyList<ITransform> Transforms, TrainingSet Train, Examples Test)
{
    private readonly ConcurrentDictionary<IPreprocessor, Lazy<FoldView>> next = [];

    /// <summary>The view after further preprocessors, each fitted on the training part that the one before gives.</summary>
    public FoldView After(IEnumerable<IPreprocessor> preprocessors) =>
        preprocessors.Aggregate(this, (view, preprocessor) => view.After(preprocessor));

    private FoldView After(IPreprocessor preprocessor) =>
        next.GetOrAdd(preprocessor, step => new Lazy<FoldView>(() => Changed(step))).Value;

    private FoldView Changed(IPreprocessor preprocessor)
    {
        TrainingInput.CheckFinite(Train.Examples);
        ITransform transform = preprocessor.Fit(Train.Examples);
        return new FoldView([.. Transforms, transform], Train.Changed(transform.Apply), transform.Apply(Test));
    }
}
