using SerLab.Core;
using SerLab.Evaluation.Records;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Figures;

/// <summary>
/// Every figure of a run, with the record that all of them follow from: what a table, a report or a model card shows. Made again
/// from the same record it is the same, so a changed report is found out by making it again. Immutable.
/// </summary>
public sealed record RunFigures
{
    internal RunFigures(RunRecord record) => Record = record;

    /// <summary>What the figures follow from.</summary>
    public RunRecord Record { get; }

    /// <summary>What was run.</summary>
    public RunDescription Description => Record.Description;

    /// <summary>One row per protocol, target and model.</summary>
    public required IReadOnlyList<ModelFigures> Rows { get; init; }

    /// <summary>Leaky beside honest protocols, where both were run.</summary>
    public required IReadOnlyList<ProtocolOptimism> Optimism { get; init; }

    /// <summary>Paired tests between models that saw the same folds.</summary>
    public required IReadOnlyList<PairedTest> Tests { get; init; }

    /// <summary>One entry per protocol, target and searched model.</summary>
    public required IReadOnlyList<SearchFigures> Searches { get; init; }

    /// <summary>
    /// How well intervals and sets hold under the headline protocol: one entry per target and model that has such.
    /// </summary>
    public required IReadOnlyList<CoverageFigures> Coverage { get; init; }

    /// <summary>
    /// How far class probabilities can be believed under the headline protocol: one entry per target of classes and model.
    /// </summary>
    public required IReadOnlyList<CalibrationFigures> Calibration { get; init; }

    /// <summary>
    /// What every model has in every group of features, under every protocol; empty where that was not asked for.
    /// </summary>
    public required IReadOnlyList<ImportanceFigures> Importance { get; init; }

    /// <summary>
    /// Learning curves over the size of the training part: one entry per target, model and unit of which there was less.
    /// </summary>
    public required IReadOnlyList<SizeCurve> SizeCurves { get; init; }

    /// <summary>
    /// The protocol whose figures count: the first that keeps groups, else sources, whole; without one, the first.
    /// </summary>
    public RecordedProtocol HeadlineProtocol => HeadlinePolicy.Headline(Description.Protocols);

    /// <summary>
    /// The protocol that the headline is held against: one without a promise, if possible on the same clips and otherwise clean;
    /// none where none was run.
    /// </summary>
    public RecordedProtocol? LeakyProtocol => HeadlinePolicy.LeakyBeside(HeadlineProtocol, Description.Protocols);

    /// <summary>
    /// The model that did best under the headline protocol: of those that were shown to be better than the floor in most targets,
    /// the one with the highest mean, over the targets, of its pooled headline metric.
    /// </summary>
    public string BestModel => Rows.Where(row => row.Protocol == HeadlineProtocol.Name)
        .GroupBy(row => row.Model).MaxBy(rows => (rows.Count(IsShownBetter), rows.Average(Merit)))!.Key;

    /// <summary>Computes all figures from nothing but a run's record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="threads">Number of threads, at least 1; the figures do not depend on it.</param>
    public static RunFigures Of(RunRecord record, int threads = 1) => FigureBuilder.Build(record, threads);

    /// <summary>Reads the record of a finished run and computes its figures; <c>runs/last</c> is followed.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="threads">Number of threads, at least 1; the figures do not depend on it.</param>
    /// <exception cref="InvalidDataException">A file is not what it should be; verifying the run says more.</exception>
    public static RunFigures Read(string folder, int threads = 1) =>
        RecordDamage.Met(() => Of(RunRecord.Read(folder), threads));

    /// <summary>As <see cref="Read"/>, of a folder that a user named.</summary>
    /// <param name="folder">The run folder.</param>
    /// <exception cref="InvalidInputException">The folder is no finished run, or a file is not what it should be.</exception>
    public static RunFigures OfFinished(string folder)
    {
        try
        {
            return Read(folder);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new InvalidInputException($"'{folder}' is not a finished run: {e.Message}", e);
        }
    }

    /// <summary>A row, or <see langword="null"/> where it was not run.</summary>
    public ModelFigures? Find(string protocol, string target, string model) =>
        Rows.FirstOrDefault(row => row.Protocol == protocol && row.Target == target && row.Model == model);

    /// <summary>The rows of a target under a protocol, the best pooled figure first; undefined figures last.</summary>
    /// <param name="target">Name of the target.</param>
    /// <param name="protocol">Name of the protocol.</param>
    /// <param name="metric">Name of the metric to rank by, equals by the headline metric; none: by the headline metric.</param>
    public IReadOnlyList<ModelFigures> Ranked(string target, string protocol, string? metric = null) =>
    [
        .. Rows.Where(row => row.Target == target && row.Protocol == protocol)
            .OrderByDescending(row => metric is null ? 0 : Merit(row[metric])).ThenByDescending(Merit),
    ];

    /// <summary>
    /// What a row's figure is held against: the same under the leaky protocol beside its own; none where there is none.
    /// </summary>
    /// <param name="row">A row under an honest protocol.</param>
    /// <param name="metric">Name of the metric.</param>
    public ProtocolOptimism? OptimismOf(ModelFigures row, string metric)
    {
        string? leaky = HeadlinePolicy.LeakyBeside(
            Description.Protocols.First(protocol => protocol.Name == row.Protocol), Description.Protocols)?.Name;
        return Optimism.FirstOrDefault(o => o.Honest == row.Protocol && o.Leaky == leaky
            && o.Target == row.Target && o.Model == row.Model && o.Metric.Name == metric);
    }

    /// <summary>The out-of-fold predictions of one model as one set, in order of folds, with the clip of each.</summary>
    public (int[] Clips, PredictionSet Set) OutOfFold(string protocol, string target, string model)
    {
        FoldPrediction[] folds =
        [
            .. Record.Predictions.Where(p => p.Task.Protocol == protocol && p.Task.Target == target && p.Task.Model == model)
                .OrderBy(p => p.Task.Fold),
        ];
        return ([.. folds.SelectMany(fold => fold.Clips)], PredictionSet.Join([.. folds.Select(fold => fold.Predictions)]));
    }

    /// <summary>How well intervals or sets of a model hold; none where a target has none.</summary>
    public CoverageFigures? CoverageOf(string target, string model) =>
        Coverage.FirstOrDefault(row => row.Target == target && row.Model == model);

    private bool IsShownBetter(ModelFigures row) =>
        FloorVerdicts.Of(row, Description.TargetOf(row.Target)) == FloorVerdict.Better;

    private double Merit(ModelFigures row) => Merit(row[Description.TargetOf(row.Target).Scorer.Headline.Name]);

    private static double Merit(MetricSummary summary) => !double.IsFinite(summary.Pooled) ? double.NegativeInfinity
        : summary.Metric.HigherIsBetter ? summary.Pooled : -summary.Pooled;
}
