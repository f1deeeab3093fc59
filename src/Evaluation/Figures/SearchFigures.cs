using SerLab.Training.Search;

namespace SerLab.Evaluation.Figures;

/// <summary>
/// What came of a search inside the folds of a run (nested cross-validation; Varma and Simon 2006): each fold's model was chosen
/// without a look at its test clips.
/// </summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Table">Every candidate with its mean inner score in every fold, in order of the folds.</param>
/// <param name="Choices">What was chosen in each fold, and how it did on the test part.</param>
/// <param name="Nested">The metric that was chosen by on the folds' test parts: the figure to report, with its std.</param>
public sealed record SearchFigures(
    string Protocol,
    string Target,
    string Model,
    SearchTable Table,
    IReadOnlyList<FoldChoice> Choices,
    MetricSummary Nested)
{
    /// <summary>
    /// Mean of the inner scores that the chosen candidates were chosen for: what a search without nesting would claim.
    /// </summary>
    public double Claimed => Choices.Average(choice => choice.Chosen.Mean);

    /// <summary>How much the claim flatters, see <see cref="ProtocolOptimism.Of"/>.</summary>
    public double Optimism => ProtocolOptimism.Of(Nested.Metric, Claimed, Nested.Mean);
}

/// <summary>What a search chose in one fold.</summary>
/// <param name="Fold">Index of the fold.</param>
/// <param name="Inner">The inner folds in words.</param>
/// <param name="Chosen">The best candidate of the inner folds, with its inner scores.</param>
/// <param name="TestScore">The score of its model on the fold's test part.</param>
public sealed record FoldChoice(int Fold, string Inner, SearchCandidate Chosen, double TestScore);
