using SerLab.Evaluation.Records;
using SerLab.Training.Learners;
using SerLab.Training.Search;

namespace SerLab.Evaluation.Running;

/// <summary>What came of a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Truth">The target value of every test clip.</param>
/// <param name="Predicted">One prediction per test clip.</param>
/// <param name="Probabilities">Row-major class probabilities; empty for ratings.</param>
/// <param name="FitSeconds">Time of the fit.</param>
/// <param name="PredictSeconds">Time of predicting.</param>
/// <param name="Search">The candidates that the model was chosen from, where it was.</param>
/// <param name="Curves">How its training went, where it learnt in epochs.</param>
/// <param name="Machine">The machine that did it.</param>
public sealed record FoldOutcome(
    FoldTask Task,
    double[] Truth,
    double[] Predicted,
    double[] Probabilities,
    double FitSeconds,
    double PredictSeconds,
    SearchTable? Search,
    IReadOnlyList<LearningCurve> Curves,
    string Machine = "")
{
    /// <summary>Whether the fit reached its tolerance, see <see cref="IModel.Converged"/>.</summary>
    public bool Converged { get; init; } = true;

    /// <summary>Scores with features shuffled, where that was asked for.</summary>
    public IReadOnlyList<ShuffledScores> Importance { get; init; } = [];

    /// <summary>Whether two outcomes are the same, bit for bit, but for their times and machines.</summary>
    public bool Agrees(FoldOutcome other) =>
        Task == other.Task
        && Bits(Truth).SequenceEqual(Bits(other.Truth))
        && Bits(Predicted).SequenceEqual(Bits(other.Predicted))
        && Bits(Probabilities).SequenceEqual(Bits(other.Probabilities))
        && RecordJson.Line(Search) == RecordJson.Line(other.Search)
        && RecordJson.Line(Curves) == RecordJson.Line(other.Curves)
        && RecordJson.Line(Importance) == RecordJson.Line(other.Importance)
        && Converged == other.Converged;

    private static IEnumerable<long> Bits(double[] values) => values.Select(BitConverter.DoubleToInt64Bits);
}
