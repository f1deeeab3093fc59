using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Protocols;

/// <summary>The folds that a splitter made of a corpus, indexing the corpus's clips.</summary>
/// <param name="Description">The splitter in words; equal exactly when the rule is.</param>
/// <param name="Folds">The folds, in order.</param>
public sealed record FoldScheme(string Description, IReadOnlyList<Fold> Folds)
{
    /// <summary>Mean number of test clips divided by mean number of training clips, as the corrected t-test wants it.</summary>
    public double TestToTrain => Folds.Average(fold => (double)fold.Test.Length / fold.Train.Length);
}
