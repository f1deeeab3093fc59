namespace SerLab.Evaluation.Figures;

/// <summary>How far the class probabilities of a model can be believed, and how far they could be.</summary>
/// <param name="Protocol">The protocol whose predictions they are.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Error">Expected calibration error of the probabilities as they are, 0 to 1.</param>
/// <param name="TemperedError">The same with temperatures that were chosen on the predictions for other groups.</param>
/// <param name="Temperature">The temperature that all predictions together ask for; above 1 the model is too sure.</param>
public sealed record CalibrationFigures(
    string Protocol, string Target, string Model, double Error, double TemperedError, double Temperature)
{
    // Less than this is not worth a fit of every inner fold.
    private const double Worth = 0.05;

    /// <summary>Whether a temperature is worth its time.</summary>
    public bool WantsTemperature => Error - TemperedError > Worth;
}
