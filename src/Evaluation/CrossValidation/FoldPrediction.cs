using SerLab.Evaluation.Search;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.CrossValidation;

/// <summary>What one model, fitted on the training part of one fold, predicted for the test part.</summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target: a rating, or <see cref="TargetColumn.ClassName"/>.</param>
/// <param name="Model">Name of the learner.</param>
/// <param name="Fold">Index of the fold.</param>
/// <param name="Clips">The test clips, as indices into the corpus.</param>
/// <param name="Predictions">Truth and prediction, one per test clip.</param>
public sealed record FoldPrediction(
    string Protocol, string Target, string Model, int Fold, int[] Clips, PredictionSet Predictions);

/// <summary>How long one fold took, in seconds of wall clock while other folds may have run beside it.</summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Model">Name of the learner.</param>
/// <param name="Fold">Index of the fold.</param>
/// <param name="FitSeconds">Time of the fit.</param>
/// <param name="PredictSeconds">Time of predicting the test part.</param>
public sealed record FoldTiming(string Protocol, string Target, string Model, int Fold, double FitSeconds, double PredictSeconds);

/// <summary>The outcome of a cross-validation: predictions and times, in order of protocol, target, model, fold.</summary>
/// <param name="Predictions">One entry per protocol, target, model and fold.</param>
/// <param name="Timings">The same entries' times.</param>
public sealed record CrossValidationResult(IReadOnlyList<FoldPrediction> Predictions, IReadOnlyList<FoldTiming> Timings)
{
    /// <summary>What the models that were searched for were chosen from, fold by fold.</summary>
    public IReadOnlyList<FoldSearch> Searches { get; init; } = [];
}

/// <summary>The candidates among which one fold's model was chosen, judged on inner folds of the fold's training part.</summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Model">Name of the learner.</param>
/// <param name="Fold">Index of the fold.</param>
/// <param name="Table">All candidates with their inner scores.</param>
public sealed record FoldSearch(string Protocol, string Target, string Model, int Fold, SearchTable Table);
