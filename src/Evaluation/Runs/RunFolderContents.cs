using SerLab.Evaluation.Comparisons;
using SerLab.Evaluation.CrossValidation;
using SerLab.Evaluation.Protocols;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Runs;

/// <summary>
/// What a run folder holds, read back: all that a report is made of. A report made of it is the same byte for byte whenever and
/// wherever it is made, so a changed report is found out by making it again.
/// </summary>
/// <param name="Description">What was run (<c>run.json</c>).</param>
/// <param name="Folds">Clips, groups and folds (<c>folds.jsonl</c>).</param>
/// <param name="Predictions">Every out-of-fold prediction (<c>predictions.csv</c>).</param>
/// <param name="Comparison">The figures that follow from them.</param>
/// <param name="Timings">Times of every fold (<c>timing.csv</c>), to the microsecond, or none.</param>
public sealed record RunFolderContents(
    RunDescription Description,
    RunFolds Folds,
    IReadOnlyList<FoldPrediction> Predictions,
    Comparison Comparison,
    IReadOnlyList<FoldTiming> Timings)
{
    /// <summary>Reads a finished run; <c>runs/last</c> is followed. The figures are computed anew from the predictions.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="threads">Number of threads, at least 1; the result does not depend on it.</param>
    /// <exception cref="InvalidDataException">A file is not what it should be; <see cref="RunVerifier"/> says more.</exception>
    public static RunFolderContents Read(string folder, int threads = 1)
    {
        string resolved = LastRun.Resolve(folder);
        string Text(string name) => File.ReadAllText(Path.Combine(resolved, name));
        RunDescription description = RunDescription.FromJson(Text(RunFiles.Description));
        RunFolds folds = RunFolds.FromText(Text(RunFiles.Folds));
        IReadOnlyList<FoldPrediction> predictions =
            PredictionFile.FromText(Text(RunFiles.Predictions), folds.Clips, description.Targets[0].Classes);
        return new RunFolderContents(
            description,
            folds,
            predictions,
            ComparisonBuilder.Build(description, folds, predictions, threads),
            TimingFile.FromText(Text(RunFiles.Timing)));
    }

    /// <summary>The contents that the folder of a run has or would have.</summary>
    public static RunFolderContents Of(CompletedRun run) => new(
        run.Description, run.Folds, run.Predictions, run.Comparison, TimingFile.FromText(FigureFiles.Timing(run.Timings)));

    /// <summary>The protocol whose figures count: the first that keeps groups, else sources, whole; without one, the first.</summary>
    public ProtocolDescription HeadlineProtocol =>
        Description.Protocols.FirstOrDefault(p => p.Rule == GroupRule.WholeGroups)
        ?? Description.Protocols.FirstOrDefault(p => p.Rule == GroupRule.WholeSources)
        ?? Description.Protocols[0];

    /// <summary>
    /// The protocol that the headline is held against: one without a promise, if possible on the same clips and otherwise clean; none
    /// where none was run.
    /// </summary>
    public ProtocolDescription? NaiveProtocol
    {
        get
        {
            ProtocolDescription headline = HeadlineProtocol;
            return Description.Protocols.Where(p => p.Rule == GroupRule.None && p != headline)
                .OrderBy(p => p.Clips == headline.Clips ? 0 : 1).ThenBy(p => p.FittedBeforehand is null ? 0 : 1).FirstOrDefault();
        }
    }

    /// <summary>The metric by which models are ranked: R² for ratings, UAR for classes.</summary>
    public static string HeadlineMetric(TargetDescription target) => target.Classes.Count == 0 ? "r2" : "uar";

    /// <summary>The rows of a target under a protocol, the best pooled headline first; undefined figures last.</summary>
    public IReadOnlyList<ComparisonRow> Ranked(TargetDescription target, ProtocolDescription protocol)
    {
        string metric = HeadlineMetric(target);
        return
        [
            .. Comparison.Rows.Where(row => row.Target == target.Name && row.Protocol == protocol.Name)
                .OrderByDescending(row => row[metric].Pooled is var value && double.IsNaN(value) ? double.NegativeInfinity : value),
        ];
    }

    /// <summary>The out-of-fold predictions of one model as one set, in order of folds, with the clip of each.</summary>
    internal (int[] Clips, PredictionSet Set) OutOfFold(string protocol, string target, string model)
    {
        FoldPrediction[] folds =
        [
            .. Predictions.Where(p => p.Protocol == protocol && p.Target == target && p.Model == model).OrderBy(p => p.Fold),
        ];
        return ([.. folds.SelectMany(fold => fold.Clips)], PredictionSet.Join([.. folds.Select(fold => fold.Predictions)]));
    }
}
