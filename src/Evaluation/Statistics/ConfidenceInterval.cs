namespace SerLab.Evaluation.Statistics;

/// <summary>A confidence interval; NaN ends where it is undefined.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct ConfidenceInterval(double Low, double High);
