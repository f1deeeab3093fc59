namespace SerLab.Evaluation.Records;

/// <summary>How good the model of one fold is on its test part when groups of features are shuffled there.</summary>
/// <param name="Task">Protocol, target, model and fold.</param>
/// <param name="Groups">The scores of every group of the run, in order.</param>
public sealed record FoldImportance(FoldTask Task, IReadOnlyList<ShuffledScores> Groups);

/// <summary>Scores with one group of features shuffled.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Scores">For every main metric of the target, by name, one value per shuffle.</param>
public sealed record ShuffledScores(string Group, IReadOnlyDictionary<string, IReadOnlyList<double>> Scores);
