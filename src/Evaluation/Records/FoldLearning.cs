using System.Text.Json.Serialization;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.Records;

/// <summary>How the model of one fold was trained, where it learnt in epochs or did not converge.</summary>
/// <param name="Task">Protocol, target, model and fold.</param>
/// <param name="Curves">One per network that the model is made of; none for a model that does not learn in epochs.</param>
public sealed record FoldLearning(FoldTask Task, IReadOnlyList<LearningCurve> Curves)
{
    /// <summary>Whether the fit stopped at its last step, before it had reached its tolerance.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unconverged { get; init; }
}
