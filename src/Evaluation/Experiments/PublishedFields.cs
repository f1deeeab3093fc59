using SerLab.Datasets.Descriptions;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Experiments;

/// <summary>The published figures of an experiment file.</summary>
internal static class PublishedFields
{
    private static readonly string[] FigureKeys = ["part", "features", "learner", "target", "protocol", "where", "note"];

    private static readonly string[] RatingMetrics = [.. RegressionMetrics.All.Select(metric => metric.Name)];

    // The metrics of any two classes but those of a single class.
    private static readonly string[] ClassMetrics =
        [.. new ClassificationScorer(["", " "]).Metrics.Select(metric => metric.Name).Where(name => !name.EndsWith(']'))];

    public static PublishedResults Read(YamlFields yaml, IReadOnlyList<ExperimentPart> parts, ExperimentTask task)
    {
        yaml.RequireKnown(["source", "protocol", "ranks", "clips", "other-data", "notes", "figures"]);
        return new PublishedResults(
            yaml.RequiredText("source"),
            yaml.Flag("ranks"),
            yaml.PositiveNumber("clips"),
            yaml.Text("other-data"),
            yaml.Texts("notes"),
            [.. yaml.FieldsList("figures").Select(figure => ReadFigure(figure, yaml, parts, task))]);
    }

    private static PublishedFigure ReadFigure(
        YamlFields yaml, YamlFields common, IReadOnlyList<ExperimentPart> parts, ExperimentTask task)
    {
        string[] metrics = task == ExperimentTask.Regression ? RatingMetrics : ClassMetrics;
        yaml.RequireKnown([.. FigureKeys, .. metrics]);
        string? part = yaml.OneOf("part", [.. parts.Select(p => p.Name)]);
        ExperimentPart[] candidates = [.. parts.Where(p => part is null || p.Name == part)];
        string[] Names(Func<ExperimentPart, IEnumerable<string>> of) => [.. candidates.SelectMany(of).Distinct()];
        string protocol = (yaml.OneOf("protocol", Names(p => p.Protocols)) ?? common.OneOf("protocol", Names(p => p.Protocols)))
            ?? throw yaml.Lacks("protocol");
        PublishedFigure figure = new(
            part,
            yaml.OneOf("features", Names(p => p.FeatureSets)),
            yaml.OneOf("learner", Names(p => p.Learners)) ?? throw yaml.Lacks("learner"),
            task == ExperimentTask.Regression ? yaml.OneOf("target", Names(p => p.Targets)) ?? throw yaml.Lacks("target") : null,
            protocol,
            yaml.Text("where"),
            yaml.Text("note"),
            metrics.Where(yaml.Has).ToDictionary(metric => metric, metric => ReadValue(yaml, metric)));
        if (figure.Metrics.Count == 0)
        {
            throw yaml.Wrong("learner", $"this figure has no value; give at least one of {string.Join(", ", metrics)}");
        }

        return candidates.Any(p => IsOf(figure, p))
            ? figure
            : throw yaml.Wrong("learner", "no part of the experiment runs this combination of features, learner, target and protocol");
    }

    /// <summary>Whether a part runs what a figure is of.</summary>
    public static bool IsOf(PublishedFigure figure, ExperimentPart part) =>
        (figure.Part is null || figure.Part == part.Name)
        && (figure.FeatureSet is null ? part.FeatureSets.Count <= 1 : part.FeatureSets.Contains(figure.FeatureSet))
        && part.Learners.Contains(figure.Learner)
        && (figure.Target is null || part.Targets.Contains(figure.Target))
        && part.Protocols.Contains(figure.Protocol);

    private static PublishedValue ReadValue(YamlFields yaml, string metric)
    {
        if (!yaml.IsMapping(metric))
        {
            return new PublishedValue(yaml.Number(metric)!.Value, null, []);
        }

        YamlFields value = yaml.Fields(metric)!.RequireKnown(["mean", "std", "clips", "folds"]);
        double mean = value.Number("mean") ?? throw value.Lacks("mean");
        double? deviation = value.Number("std");
        if (value.PositiveNumber("clips") is { } clips)
        {
            value.RequireAbsent("std", "and 'clips' are two ways to give the spread; one is enough");
            if (mean is < 0 or > 1) throw value.Wrong("mean", $"'mean' is {mean}, and a share from 0 to 1 was expected beside 'clips'");
            deviation = Math.Sqrt(mean * (1 - mean) / clips);
        }

        return new PublishedValue(mean, deviation, value.Numbers("folds"));
    }
}
