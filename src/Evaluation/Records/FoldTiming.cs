namespace SerLab.Evaluation.Records;

/// <summary>
/// How long one fold took, in seconds of wall clock while others may have run beside it, to the microsecond. Times are the only
/// part of a record that differs between equal runs.
/// </summary>
/// <param name="Task">Protocol, target, model and fold.</param>
/// <param name="FitSeconds">Time of the fit.</param>
/// <param name="PredictSeconds">Time of predicting the test part.</param>
public sealed record FoldTiming(FoldTask Task, double FitSeconds, double PredictSeconds)
{
    /// <summary>Time of the fit.</summary>
    public double FitSeconds { get; } = Math.Round(FitSeconds, 6);

    /// <summary>Time of predicting the test part.</summary>
    public double PredictSeconds { get; } = Math.Round(PredictSeconds, 6);
}
