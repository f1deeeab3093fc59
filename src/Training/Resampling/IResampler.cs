using SerLab.Core;

namespace SerLab.Training.Resampling;

/// <summary>
/// Evens out how often classes occur among training rows. Immutable and thread-safe. A pipeline resamples within its fit only, so
/// that inside a fold nothing is made from a test row and no test row is made up or left out.
/// </summary>
public interface IResampler
{
    /// <summary>Short name for tables and files, e.g. <c>smote</c>.</summary>
    string Name { get; }

    /// <summary>Gives rows in which all classes that occur are equally frequent; the same seed gives the same bytes.</summary>
    /// <param name="rows">Training rows, all finite; at least one.</param>
    /// <param name="labels">One class number per row.</param>
    /// <param name="classCount">Number of classes of the corpus; those that do not occur among the labels stay absent.</param>
    /// <param name="seed">Seed of everything random.</param>
    ResampledRows Resample(FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed);
}
