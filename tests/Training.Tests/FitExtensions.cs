using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Tests;

/// <summary>Fits of plain rows, in one line.</summary>
internal static class FitExtensions
{
    public static IModel Fit(this ILearner learner, FeatureMatrix rows, ReadOnlySpan<double> ratings, int seed) =>
        learner.Fit(TrainingSet.OfRatings(rows, ratings), seed);

    public static IModel Fit(this ILearner learner, FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed) =>
        learner.Fit(TrainingSet.OfClasses(rows, labels, classCount), seed);
}
