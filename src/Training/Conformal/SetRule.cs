namespace SerLab.Training.Conformal;

/// <summary>Turns class probabilities into a set of classes that is never empty. Immutable.</summary>
/// <param name="Threshold">The least probability of a class of the set; the predicted class belongs to it anyway.</param>
public sealed record SetRule(double Threshold);
