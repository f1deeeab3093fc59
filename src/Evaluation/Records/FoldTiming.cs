namespace SerLab.Evaluation.Records;

/// <summary>
/// How long one fold took, in seconds of wall clock while others may have run beside it, to the microsecond. Times and machines
/// are the only parts of a record that differ between equal runs.
/// </summary>
/// <param name="Task">Protocol, target, model and fold.</param>
/// <param name="FitSeconds">Time of the fit.</param>
/// <param name="PredictSeconds">Time of predicting the test part.</param>
/// <param name="Machine">
/// The machine: its name, its processor's kind and the width of its vectors, on which the last bits of a figure may depend; empty
/// in records of earlier versions.
/// </param>
public sealed record FoldTiming(FoldTask Task, double FitSeconds, double PredictSeconds, string Machine = "")
{
    /// <summary>Time of the fit.</summary>
    public double FitSeconds { get; } = Math.Round(FitSeconds, 6);

    /// <summary>Time of predicting the test part.</summary>
    public double PredictSeconds { get; } = Math.Round(PredictSeconds, 6);
}
