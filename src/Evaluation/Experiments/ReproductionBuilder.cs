using System.Globalization;
using SerLab.Evaluation.Comparisons;
using SerLab.Evaluation.Runs;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Experiments;

/// <summary>Puts the figures of a series together and the published ones beside them.</summary>
internal static class ReproductionBuilder
{
    public static Reproduction Build(
        ExperimentPlan plan,
        ExperimentCorpus corpus,
        IReadOnlyList<string> notes,
        IReadOnlyList<FinishedPart> parts,
        string commandLine)
    {
        string? notComparable = WhyNotComparable(plan, corpus);
        SeriesFigure[] figures =
        [
            .. parts.GroupBy(part => (part.Planned.Part, part.FeatureSet)).SelectMany(group => Figures(plan, [.. group], corpus, notComparable)),
        ];
        RunDescription first = parts[0].Run.Description;
        return new Reproduction
        {
            Name = plan.Name,
            Title = plan.Title,
            CommandLine = commandLine,
            Corpus = first.Corpus with { Clips = corpus.Corpus.Clips.Count, Hash = RunHash.Of(corpus.Corpus) },
            StandsInFor = corpus.StandsInFor,
            NotComparable = plan.Published is null ? null : notComparable,
            Source = plan.Published?.Source,
            Overrides = plan.Overrides,
            Notes = [.. notes, .. plan.Published?.Notes ?? []],
            Runs =
            [
                .. parts.Select(part => new SeriesRun(
                    part.Planned.Name,
                    part.Planned.Part,
                    part.FeatureSet,
                    part.Planned.Experiment.Seed,
                    [.. part.Run.Description.Protocols.Select(protocol => protocol.Name)])),
            ],
            Leaks = [.. Leaks(parts)],
            Figures = figures,
            Published = plan.Published?.Figures ?? [],
            Findings = Findings.Of(plan, corpus.Corpus, parts, figures, notComparable is null),
        };
    }

    private static string? WhyNotComparable(ExperimentPlan plan, ExperimentCorpus corpus)
    {
        int here = corpus.Corpus.Clips.Count;
        return (corpus.StandsInFor, plan.Published?.Clips) switch
        {
            ({ } named, _) => $"The published figures are of corpus '{named}', which is not here; ours are of '{corpus.Corpus.Name}'.",
            (null, { } clips) when clips != here => string.Create(
                CultureInfo.InvariantCulture, $"The published figures are of {clips:N0} clips; here are {here:N0}."),
            _ => plan.Published?.OtherData,
        };
    }

    /// <summary>The leaks of the first seed of every part and feature set.</summary>
    private static IEnumerable<SeriesLeak> Leaks(IReadOnlyList<FinishedPart> parts) =>
        from part in parts.DistinctBy(part => (part.Planned.Part, part.FeatureSet))
        from protocol in part.Run.Description.Protocols
        from leak in protocol.Leaks
        select new SeriesLeak(part.Planned.Part, part.FeatureSet, protocol.Name, leak);

    private static IEnumerable<SeriesFigure> Figures(
        ExperimentPlan plan, FinishedPart[] seeds, ExperimentCorpus corpus, string? notComparable)
    {
        CompletedRun first = seeds[0].Run;
        ExperimentPart part = plan.Parts.First(p => p.Name == seeds[0].Planned.Part);
        foreach (ComparisonRow row in first.Comparison.Rows)
        {
            // Beside the figures of a stand-in a published one would look like a comparison: those are listed apart.
            PublishedFigure? published = corpus.StandsInFor is not null
                ? null
                : plan.Published?.Figures.FirstOrDefault(figure => PublishedFields.IsOf(figure, part)
                    && (figure.FeatureSet ?? seeds[0].FeatureSet) == seeds[0].FeatureSet
                    && figure.Learner == row.Model
                    && (figure.Target ?? row.Target) == row.Target
                    && figure.Protocol == row.Protocol);
            IEnumerable<Metric> metrics = row.Metrics.Select(m => m.Metric)
                .Where(metric => IsMain(metric.Name) || published?.Metrics.ContainsKey(metric.Name) == true);
            foreach (Metric metric in metrics)
            {
                SeedFigure[] values =
                [
                    .. seeds.Select(seed => Of(
                        seed.Planned.Experiment.Seed,
                        seed.Run.Comparison.Find(row.Protocol, row.Target, row.Model)![metric.Name])),
                ];
                double mean = RegressionMetrics.Mean([.. values.Select(value => value.Mean)]);
                PublishedValue? theirs = published?.Metrics.GetValueOrDefault(metric.Name);
                yield return new SeriesFigure(
                    part.Name,
                    seeds[0].FeatureSet,
                    row.Protocol,
                    row.Target,
                    row.Model,
                    metric.Name,
                    mean,
                    values.Length == 1 ? values[0].Deviation : SplitMath.Deviation([.. values.Select(value => value.Mean)]),
                    RegressionMetrics.Mean([.. values.Select(value => value.Pooled)]),
                    values,
                    theirs,
                    theirs is null ? null : published!.Note,
                    theirs is null || notComparable is not null ? null : FigureComparison.Of(mean, theirs));
            }
        }
    }

    /// <summary>The metrics that every table shows; all others are in the runs' folders.</summary>
    private static bool IsMain(string metric) => metric is "r2" or "mse" or "accuracy" or "uar";

    private static SeedFigure Of(int seed, MetricSummary summary) =>
        new(seed, summary.Mean, summary.Deviation, summary.Pooled, summary.Interval, summary.Folds);
}
