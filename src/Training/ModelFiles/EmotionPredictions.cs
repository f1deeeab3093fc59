using SerLab.Datasets.Tables;

namespace SerLab.Training.ModelFiles;

/// <summary>What a model file answers to rows of features.</summary>
/// <param name="Values">For each target one number per row; none for a classification.</param>
/// <param name="Labels">The class of each row, or <see langword="null"/> for a regression.</param>
/// <param name="Probabilities">Rows × classes, or <see langword="null"/> for a regression.</param>
public sealed record EmotionPredictions(
    IReadOnlyDictionary<string, float[]> Values, IReadOnlyList<string>? Labels, FeatureMatrix? Probabilities);
