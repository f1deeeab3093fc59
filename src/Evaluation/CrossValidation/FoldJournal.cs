using SerLab.Evaluation.Search;

namespace SerLab.Evaluation.CrossValidation;

/// <summary>One fold's work: its key and what came of it.</summary>
/// <param name="Key">Protocol, target, model and fold: unique within a run.</param>
/// <param name="Predicted">One value per test clip.</param>
/// <param name="Probabilities">Row-major class probabilities; empty for ratings.</param>
/// <param name="FitSeconds">Time of the fit.</param>
/// <param name="PredictSeconds">Time of predicting.</param>
public sealed record FoldOutcome(
    string Key, double[] Predicted, double[] Probabilities, double FitSeconds, double PredictSeconds)
{
    /// <summary>The candidates that the fold's model was chosen from, where it was.</summary>
    public SearchTable? Search { get; init; }
}

/// <summary>Keeps finished folds, so that a run that was stopped goes on where it was. Thread-safe.</summary>
public interface IFoldJournal
{
    /// <summary>The fold's outcome from an earlier start of the same run, or none.</summary>
    FoldOutcome? Find(string key);

    /// <summary>Keeps an outcome.</summary>
    void Append(FoldOutcome outcome);
}
