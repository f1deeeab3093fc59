using SerLab.Training.Learners;

namespace SerLab.Evaluation.Records;

/// <summary>
/// <c>learning.jsonl</c>: one line per fold whose model learnt in epochs or did not converge, with protocol, target, model, fold,
/// and for each of its networks the losses on training and held-out clips after every epoch, the score on the latter, and the
/// epoch that was kept, from 0.
/// </summary>
internal static class LearningFile
{
    /// <summary>The text of the file.</summary>
    public static string ToText(IReadOnlyList<FoldLearning> learning) => JsonLines.ToText(learning);

    /// <summary>The curves, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">Names the first line that is not what it should be.</exception>
    public static IReadOnlyList<FoldLearning> FromText(string text) => JsonLines.FromText(
        RunFiles.Learning,
        text,
        (FoldLearning fold) => fold.Curves.All(IsWhole)
            ? fold
            : throw new FormatException("a curve does not have one value per epoch"));

    private static bool IsWhole(LearningCurve curve) => curve.BestEpoch >= 0 && curve.BestEpoch < curve.Losses.Count
        && (curve.HeldOutLosses.Count == 0 || curve.HeldOutLosses.Count == curve.Losses.Count)
        && curve.HeldOutScores.Count == curve.HeldOutLosses.Count;
}
