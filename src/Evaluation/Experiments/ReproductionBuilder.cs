using System.Globalization;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Experiments;

/// <summary>Puts the figures of a series together and the published ones beside them.</summary>
internal static class ReproductionBuilder
{
    public static Reproduction Build(
        ExperimentSeries series,
        SeriesCorpora corpora,
        IReadOnlyList<string> notes,
        IReadOnlyList<FinishedTask> tasks,
        string commandLine)
    {
        string? notComparable = WhyNotComparable(series, corpora);
        SeriesFigure[] figures =
            [.. tasks.GroupBy(task => task.Key).SelectMany(seeds => Figures(series, [.. seeds], corpora, notComparable))];
        SeriesTest[] tests = [.. tasks.GroupBy(task => task.Key).SelectMany(seeds => SeriesTestBuilder.Build([.. seeds]))];
        return new Reproduction
        {
            Name = series.Name,
            Title = series.Title,
            CommandLine = commandLine,
            Corpus =
                tasks[0].Run.Description.Corpus with { Clips = corpora.Corpus.Clips.Count, Hash = RunHash.Of(corpora.Corpus) },
            StandsInFor = corpora.StandsInFor,
            NotComparable = series.Published is null ? null : notComparable,
            Source = series.Published?.Source,
            Overrides = series.Overrides,
            Notes = [.. notes, .. series.Published?.Notes ?? []],
            Runs =
            [
                .. tasks.Select(task => new SeriesRun(
                    task.Task.Name,
                    task.Key.Part,
                    task.Key.FeatureSet,
                    task.Task.Run.Seed,
                    [.. task.Run.Description.Protocols.Select(protocol => protocol.Name)])),
            ],
            Leaks = [.. Leaks(tasks)],
            Figures = figures,
            Tests = tests,
            Published = series.Published?.Figures ?? [],
            Findings = Findings.Of(series, corpora.Corpus, tasks, figures, tests, notComparable is null),
        };
    }

    private static string? WhyNotComparable(ExperimentSeries series, SeriesCorpora corpora)
    {
        int here = corpora.Corpus.Clips.Count;
        return (corpora.StandsInFor, series.Published?.Clips) switch
        {
            ({ } named, _) =>
                $"The published figures are of corpus '{named}', which is not here; ours are of '{corpora.Corpus.Name}'.",
            (null, { } clips) when clips != here => string.Create(
                CultureInfo.InvariantCulture, $"The published figures are of {clips:N0} clips; here are {here:N0}."),
            _ => series.Published?.OtherData,
        };
    }

    /// <summary>The leaks of the first seed of every part and feature set.</summary>
    private static IEnumerable<SeriesLeak> Leaks(IReadOnlyList<FinishedTask> tasks) =>
        from task in tasks.DistinctBy(task => task.Key)
        from protocol in task.Run.Description.Protocols
        from leak in protocol.Leaks
        select new SeriesLeak(task.Key.Part, task.Key.FeatureSet, protocol.Name, leak);

    private static IEnumerable<SeriesFigure> Figures(
        ExperimentSeries series, FinishedTask[] seeds, SeriesCorpora corpora, string? notComparable)
    {
        RunFigures first = seeds[0].Run.Figures;
        (string part, string featureSet) = seeds[0].Key;
        Experiment experiment = series.Experiments.First(e => e.Part == part);
        foreach (ModelFigures row in first.Rows)
        {
            // Beside the figures of a stand-in a published one would look like a comparison: those are listed apart.
            PublishedFigure? published = corpora.StandsInFor is not null
                ? null
                : series.Published?.Figures.FirstOrDefault(figure => PublishedFields.IsOf(figure, experiment)
                    && (figure.FeatureSet ?? featureSet) == featureSet
                    && figure.Learner == row.Model
                    && (figure.Target ?? row.Target) == row.Target
                    && figure.Protocol == row.Protocol);

            // The metrics that every table shows; all others are in the runs' folders.
            IReadOnlyList<Metric> main = first.Description.TargetOf(row.Target).Scorer.Main;
            foreach (Metric metric in row.Metrics.Select(m => m.Metric)
                .Where(metric => main.Contains(metric) || published?.Metrics.ContainsKey(metric.Name) == true))
            {
                SeedFigure[] values =
                [
                    .. seeds.Select(seed => Of(
                        seed.Task.Run.Seed, seed.Run.Figures.Find(row.Protocol, row.Target, row.Model)![metric.Name])),
                ];
                double mean = RegressionMetrics.Mean([.. values.Select(value => value.Mean)]);
                double std =
                    values.Length == 1 ? values[0].Std : SplitMath.Deviation([.. values.Select(value => value.Mean)]);
                PublishedValue? theirs = published?.Metrics.GetValueOrDefault(metric.Name);
                yield return new SeriesFigure(
                    part,
                    featureSet,
                    row.Protocol,
                    row.Target,
                    row.Model,
                    metric.Name,
                    mean,
                    std,
                    RegressionMetrics.Mean([.. values.Select(value => value.Pooled)]),
                    values,
                    OptimismOf(seeds, row, metric),
                    theirs,
                    theirs is null ? null : published!.Note,
                    theirs is null || notComparable is not null
                        ? null
                        : FigureComparison.Of(mean, theirs, values.Length == 1 ? 0 : std),
                    theirs is null || notComparable is not null
                        ? null
                        : PublishedPlace.Of(
                            [.. values.Select(value => value.Mean)], theirs.Mean, metric.HigherIsBetter));
            }
        }
    }

    private static double? OptimismOf(FinishedTask[] seeds, ModelFigures row, Metric metric)
    {
        double[] added =
        [
            .. seeds.Select(seed => seed.Run.Figures)
                .Select(run => run.OptimismOf(run.Find(row.Protocol, row.Target, row.Model)!, metric.Name))
                .OfType<ProtocolOptimism>().Select(optimism => optimism.Optimism),
        ];
        return added.Length == seeds.Length ? RegressionMetrics.Mean(added) : null;
    }

    private static SeedFigure Of(int seed, MetricSummary summary) =>
        new(seed, summary.Mean, summary.Std, summary.Pooled, summary.Interval, summary.Folds);
}
