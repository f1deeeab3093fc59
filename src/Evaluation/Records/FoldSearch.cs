using SerLab.Training.Search;

namespace SerLab.Evaluation.Records;

/// <summary>The candidates among which one fold's model was chosen, judged on inner folds of the fold's training part.</summary>
/// <param name="Task">Protocol, target, model and fold.</param>
/// <param name="Table">All candidates with their inner scores.</param>
public sealed record FoldSearch(FoldTask Task, SearchTable Table);
