using SerLab.Training.Learners;

namespace SerLab.Evaluation.Records;

/// <summary>How the model of one fold was trained, where it learnt in epochs.</summary>
/// <param name="Task">Protocol, target, model and fold.</param>
/// <param name="Curves">One per network that the model is made of, at least one.</param>
public sealed record FoldLearning(FoldTask Task, IReadOnlyList<LearningCurve> Curves);
