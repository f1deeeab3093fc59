using SerLab.Core;

namespace SerLab.Training.Preprocessing;

/// <summary>What the scalers share.</summary>
internal static class ScalerMath
{
    /// <summary>The rows that a scaler of features learns from.</summary>
    /// <exception cref="InvalidInputException">The examples are no rows of features.</exception>
    public static FeatureMatrix RowsOf(Examples examples, string scaler) =>
        examples as FeatureMatrix ?? throw new InvalidInputException(
        $"Scaler '{scaler}' scales rows of features, but these examples are {examples.Shape}; choose a learner of "
        + "such examples, or leave them unscaled (scaler none).");

    /// <summary>
    /// 1 / spread, or 0 where the spread is only the rounding of a constant feature of that magnitude: dividing by it would blow
    /// rounding noise up to the size of real features.
    /// </summary>
    public static float InverseOrZero(double spread, double magnitude) =>
        spread <= 1e-7 * Math.Abs(magnitude) || spread < 1e-30 ? 0 : (float)(1 / spread);
}
