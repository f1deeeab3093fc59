using SerLab.Datasets.Descriptions;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.Experiments;

/// <summary>The published figures of an experiment file.</summary>
internal static class PublishedFields
{
    private static readonly string[] FigureKeys = ["part", "features", "learner", "target", "protocol", "where", "note"];

    public static PublishedResults Read(YamlFields yaml, IReadOnlyList<Experiment> experiments)
    {
        yaml.RequireKnown(["source", "protocol", "ranks", "clips", "other-data", "notes", "figures"]);
        return new PublishedResults(
            yaml.RequiredText("source"),
            yaml.Flag("ranks"),
            yaml.PositiveNumber("clips"),
            yaml.Text("other-data"),
            yaml.Texts("notes"),
            [.. yaml.FieldsList("figures").Select(figure => ReadFigure(figure, yaml, experiments))]);
    }

    /// <summary>The metrics that a figure of a target can have, except those of single classes.</summary>
    public static IReadOnlyList<string> MetricsOf(Target target) =>
        [.. target.Scorer.Metrics.Select(metric => metric.Name).Where(name => !name.EndsWith(']'))];

    /// <summary>Whether an experiment runs what a figure is of.</summary>
    public static bool IsOf(PublishedFigure figure, Experiment experiment) =>
        (figure.Part is null || figure.Part == experiment.Part)
        && (figure.FeatureSet is null ? experiment.FeatureSets.Count <= 1 : experiment.FeatureSets.Contains(figure.FeatureSet))
        && experiment.Learners.Any(learner => learner.Name == figure.Learner)
        && (figure.Target is null || experiment.Targets.Contains(figure.Target))
        && experiment.Protocols.Contains(figure.Protocol);

    private static PublishedFigure ReadFigure(YamlFields yaml, YamlFields common, IReadOnlyList<Experiment> experiments)
    {
        string[] metrics = [.. experiments.SelectMany(e => MetricsOf(ExperimentFile.KindOf(e))).Distinct()];
        yaml.RequireKnown([.. FigureKeys, .. metrics]);
        string? part = yaml.OneOf("part", [.. experiments.Select(e => e.Part)]);
        Experiment[] candidates = [.. experiments.Where(e => part is null || e.Part == part)];
        string[] Names(Func<Experiment, IEnumerable<string>> of) => [.. candidates.SelectMany(of).Distinct()];
        string protocol = (yaml.OneOf("protocol", Names(e => e.Protocols)) ?? common.OneOf("protocol", Names(e => e.Protocols)))
            ?? throw yaml.Lacks("protocol");
        PublishedFigure figure = new(
            part,
            yaml.OneOf("features", Names(e => e.FeatureSets)),
            yaml.OneOf("learner", Names(e => e.Learners.Select(learner => learner.Name))) ?? throw yaml.Lacks("learner"),
            yaml.OneOf("target", Names(e => e.Targets)),
            protocol,
            yaml.Text("where"),
            yaml.Text("note"),
            metrics.Where(yaml.Has).ToDictionary(metric => metric, metric => ReadValue(yaml, metric)));
        if (figure.Target is null && candidates.Any(e => ExperimentFile.KindOf(e).IsRating))
        {
            throw yaml.Lacks("target");
        }

        if (figure.Metrics.Count == 0)
        {
            throw yaml.Wrong("learner", $"this figure has no value; give at least one of {string.Join(", ", metrics)}");
        }

        return candidates.Any(e => IsOf(figure, e))
            ? figure
            : throw yaml.Wrong(
                "learner", "no part of the experiment runs this combination of features, learner, target and protocol");
    }

    private static PublishedValue ReadValue(YamlFields yaml, string metric)
    {
        if (!yaml.IsMapping(metric))
        {
            return new PublishedValue(yaml.Number(metric)!.Value, null, []);
        }

        YamlFields value = yaml.Fields(metric)!.RequireKnown(["mean", "std", "clips", "folds"]);
        double mean = value.Number("mean") ?? throw value.Lacks("mean");
        double? std = value.Number("std");
        int? oneSplit = value.PositiveNumber("clips");
        if (oneSplit is { } clips)
        {
            value.RequireAbsent("std", "and 'clips' are two ways to give the spread; one is enough");
            if (mean is < 0 or > 1)
            {
                throw value.Wrong("mean", $"'mean' is {mean}, and a share from 0 to 1 was expected beside 'clips'");
            }

            std = Math.Sqrt(mean * (1 - mean) / clips);
        }

        return new PublishedValue(mean, std, value.Numbers("folds"), oneSplit is not null);
    }
}
