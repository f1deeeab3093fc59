namespace SerLab.Evaluation.Verification;

/// <summary>The outcome of a verification.</summary>
/// <param name="Figures">Number of figures that were derived anew.</param>
/// <param name="Mismatches">What is wrong, the most telling first; empty when all is well.</param>
public sealed record VerificationResult(int Figures, IReadOnlyList<Mismatch> Mismatches)
{
    /// <summary>Whether every figure follows from the stored predictions and nothing was changed.</summary>
    public bool Passed => Mismatches.Count == 0;
}
