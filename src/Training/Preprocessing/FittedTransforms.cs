using SerLab.Core;

namespace SerLab.Training.Preprocessing;

/// <summary>Chains of preprocessing, as pipelines of both kinds use them.</summary>
internal static class FittedTransforms
{
    /// <summary>Fits each preprocessor on what the one before gives; returns the transforms and the changed rows.</summary>
    public static (IReadOnlyList<ITransform> Transforms, FeatureMatrix Rows) Fit(
        IReadOnlyList<IPreprocessor> preprocessors, FeatureMatrix rows)
    {
        List<ITransform> transforms = [];
        FeatureMatrix current = rows;
        foreach (IPreprocessor preprocessor in preprocessors)
        {
            ITransform transform = preprocessor.Fit(current);
            current = transform.Apply(current);
            transforms.Add(transform);
        }

        return (transforms, current);
    }

    /// <summary>Applies transforms in order.</summary>
    public static FeatureMatrix Apply(IReadOnlyList<ITransform> transforms, FeatureMatrix rows) =>
        transforms.Aggregate(rows, (current, transform) => transform.Apply(current));
}
