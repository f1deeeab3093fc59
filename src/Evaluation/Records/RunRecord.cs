namespace SerLab.Evaluation.Records;

/// <summary>
/// What a run leaves, and what all its figures follow from: the plan with the predictions, searches and times of all its tasks.
/// Immutable.
/// </summary>
/// <param name="Plan">What was run (<c>run.json</c>, <c>folds.jsonl</c>).</param>
/// <param name="Predictions">Every out-of-fold prediction (<c>predictions.csv</c>), in the order of the plan's tasks.</param>
/// <param name="Searches">What the searched models were chosen from (<c>searches.jsonl</c>), in the same order.</param>
/// <param name="Learning">Learning curves (<c>learning.jsonl</c>) of the models that have some, in the same order.</param>
/// <param name="Timings">Times of every task (<c>timing.csv</c>), in the same order.</param>
public sealed record RunRecord(
    RunPlan Plan,
    IReadOnlyList<FoldPrediction> Predictions,
    IReadOnlyList<FoldSearch> Searches,
    IReadOnlyList<FoldLearning> Learning,
    IReadOnlyList<FoldTiming> Timings)
{
    /// <summary>
    /// Scores with features shuffled (<c>importance.jsonl</c>), in the same order; empty where that was not asked for.
    /// </summary>
    public IReadOnlyList<FoldImportance> Importance { get; init; } = [];

    /// <summary>Where the clips lie by their features (<c>map.json</c>); none where that was not looked at.</summary>
    public ClipMap? Map => Plan.Map;

    /// <summary>What was run.</summary>
    public RunDescription Description => Plan.Description;

    /// <summary>Clips, groups and folds.</summary>
    public RunFolds Folds => Plan.Folds;

    /// <summary>Reads the record of a finished run; <c>runs/last</c> is followed.</summary>
    /// <param name="folder">The run folder.</param>
    /// <exception cref="InvalidDataException">A file is not what it should be; verifying the run says more.</exception>
    public static RunRecord Read(string folder)
    {
        string resolved = LastRun.Resolve(folder);
        return RecordDamage.Met(() => Read(name => RunFiles.TextOf(resolved, name)));
    }

    /// <summary>Reads the record from the texts of its files, by name.</summary>
    internal static RunRecord Read(Func<string, string> textOf)
    {
        RunDescription description = RunDescription.FromJson(textOf(RunFiles.Description));
        RunFolds folds = RunFolds.FromText(textOf(RunFiles.Folds));
        RunPlan plan = new(description, folds) { Map = ClipMap.FromText(textOf(RunFiles.Map), folds.Clips.Count) };
        return new RunRecord(
            plan,
            PredictionFile.FromText(textOf(RunFiles.Predictions), plan.Folds.Clips, description.Targets),
            description.Searched.Count > 0 ? SearchFile.FromText(textOf(RunFiles.Searches), description.Targets) : [],
            LearningFile.FromText(textOf(RunFiles.Learning)),
            TimingFile.FromText(textOf(RunFiles.Timing)))
        {
            Importance = description.Importance is null ? [] : ImportanceFile.FromText(textOf(RunFiles.Importance)),
        };
    }

    /// <summary>The texts of its files, by name.</summary>
    internal Dictionary<string, string> ToFiles()
    {
        Dictionary<string, string> files = new()
        {
            [RunFiles.Description] = Description.ToJson(),
            [RunFiles.Folds] = Folds.ToText(),
            [RunFiles.Predictions] = PredictionFile.ToText(Predictions, Folds.Clips, Description.Targets),
            [RunFiles.Timing] = TimingFile.ToText(Timings),
        };
        if (Description.Searched.Count > 0)
        {
            files[RunFiles.Searches] = SearchFile.ToText(Searches);
        }

        if (Description.Importance is not null)
        {
            files[RunFiles.Importance] = ImportanceFile.ToText(Importance);
        }

        if (Learning.Count > 0)
        {
            files[RunFiles.Learning] = LearningFile.ToText(Learning);
        }

        if (Map is { } map)
        {
            files[RunFiles.Map] = map.ToText();
        }

        return files;
    }
}
