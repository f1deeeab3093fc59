using SerLab.Core;
using SerLab.Datasets.Descriptions;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Running;
using SerLab.Training.Learners;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// Reads a series of experiments from YAML. Keys at the top are what every part starts from; a list <c>parts</c>, where there is
/// one, changes them part by part. A wrong key, name, number or range is one error with its line and, for names, the nearest
/// valid one.
/// </summary>
public static class ExperimentFile
{
    private const string Classification = "classification";

    private static readonly string[] ExperimentKeys =
    [
        "test-on", "map", "task", "features", "learners", "targets", "classes", "protocols", "split", "group", "folds", "repeats",
        "seed", "seeds", "importance",
    ];

    private static readonly string[] SeriesKeys =
        ["name", "title", "corpus", "fallback", "fallback-scaler", .. ExperimentKeys, "parts", "published"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalogues">What it can name; none: SerLab's own.</param>
    /// <exception cref="InvalidInputException">The file is not an experiment; the message says where and why.</exception>
    public static ExperimentSeries Read(string path, Catalogues? catalogues = null)
    {
        catalogues ??= Catalogues.BuiltIn;
        YamlFields yaml = YamlFields.Read(path, SeriesKeys);
        string name = yaml.RequiredText("name");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        LearnerFields learners = new(yaml, catalogues.Learners);
        DescribedFeatureSets sets = new(catalogues.FeatureSets, folder);
        Experiment ReadIn(YamlFields part, Experiment start)
        {
            Experiment read = ReadPart(part, start, catalogues, sets);
            return part.Text("test-on") is { } tested ? read with { TestOn = Located(tested, folder) } : read;
        }

        Experiment common = ReadIn(yaml, new Experiment { Name = name });
        IReadOnlyList<YamlFields> parts = yaml.FieldsList("parts");
        Experiment[] experiments =
        [
            .. parts.Select(part =>
            {
                part.RequireKnown(["name", "corpus", .. ExperimentKeys]);
                Experiment read = ReadIn(part, common) with
                {
                    Part = part.RequiredText("name"),
                    Corpus = part.Text("corpus") is { } own ? Located(own, folder) : null,
                };
                IReadOnlyList<string> names = part.Has("learners") ? part.TextsOf("learners", learners.Names) : learners.Names;
                return read with { Learners = [.. names.Select(learner => learners.Read(learner, KindOf(read)))] };
            }),
        ];
        RequireDistinct(parts, experiments);

        // Where parts name only some learners, the others are read all the same: a mistake in them is a mistake in the file.
        IEnumerable<string> unread =
            learners.Names.Except(experiments.SelectMany(e => e.Learners).Select(learner => learner.Name));
        common = common with { Learners = [.. unread.Select(learner => learners.Read(learner, KindOf(common)))] };
        if (experiments.Length == 0)
        {
            experiments = [common];
        }

        return new ExperimentSeries
        {
            Name = name,
            Title = yaml.Text("title") ?? name,
            Corpus = Located(yaml.RequiredText("corpus"), folder),
            Fallback = [.. yaml.Texts("fallback").Select(corpus => Located(corpus, folder))],
            FallbackScaler = yaml.OneOf("fallback-scaler", [.. catalogues.Learners.Scalers.Names]),
            Experiments = experiments,
            FeatureSets = [.. sets.Sets.Entries.Except(catalogues.FeatureSets.Entries)],
            Published = yaml.Fields("published") is { } published ? PublishedFields.Read(published, experiments) : null,
        };
    }

    /// <summary>
    /// Any target of the kind that an experiment in a file predicts: enough to tell which learners and metrics fit it.
    /// </summary>
    internal static Target KindOf(Experiment experiment) =>
        experiment.IsReconstruction ? Target.Reconstruction
        : experiment.IsOfClasses ? Target.Class(["", " "]) : Target.Rating("rating");

    private static Experiment ReadPart(
        YamlFields yaml, Experiment start, Catalogues catalogues, DescribedFeatureSets sets)
    {
        IReadOnlyList<string> targets = ReadTargets(yaml, start);
        if (!targets.Contains(Experiment.ClassTarget) && !targets.Contains(Experiment.ReconstructionTarget))
        {
            yaml.RequireAbsent("classes", $"needs 'targets: [{Experiment.ClassTarget}]' or 'task: {Classification}'");
        }

        Experiment part = start with
        {
            FeatureSets = yaml.Has("features") ? [.. yaml.Texts("features").Select(sets.Resolve)] : start.FeatureSets,
            Targets = targets,
            Map = yaml.Mapping("map") is { } map ? [.. map.Select(pair => $"{pair.Key}={pair.Value}")] : start.Map,
            Classes = yaml.Has("classes") ? yaml.Texts("classes") : start.Classes,
            Protocols = yaml.Has("protocols") ? ReadProtocols(yaml, catalogues.Protocols) : start.Protocols,
            Split = yaml.Fields("split") is { } split ? ReadSplit(split, targets) : start.Split,
            Group = yaml.Text("group") ?? start.Group,
            Folds = yaml.Whole("folds", 2, 1000) ?? start.Folds,
            Repeats = yaml.Whole("repeats", 1, 100) ?? start.Repeats,
            Seeds = ReadSeeds(yaml, start.Seeds),
            Importance = yaml.OneOf("importance", ["groups", "features"]) switch
            {
                null => start.Importance,
                "groups" => ImportanceUnit.Groups,
                _ => ImportanceUnit.Features,
            },
        };
        string? twice = part.Protocols.FirstOrDefault(name => part.Protocols.Count(other => other == name) > 1);
        return twice is null ? part : throw yaml.Wrong("protocols", $"'protocols' names '{twice}' twice");
    }

    private static IReadOnlyList<string> ReadProtocols(YamlFields yaml, Catalogue<ProtocolDefinition> protocols)
    {
        // A number in parentheses is no part of the name that is looked up.
        IReadOnlyList<string> names = yaml.Texts("protocols");
        string[] known = [.. names.Where(name => protocols.Find(name.Split('(')[0]) is not null)];
        yaml.TextsOf("protocols", [.. protocols.Names, .. known]);
        foreach (string name in names)
        {
            try
            {
                protocols.Named(name);
            }
            catch (InvalidInputException error)
            {
                throw yaml.Wrong("protocols", error.Message.TrimEnd('.'));
            }
        }

        return names;
    }

    /// <summary>The targets; <c>task</c> is short for all ratings, the classes, or the examples themselves.</summary>
    private static IReadOnlyList<string> ReadTargets(YamlFields yaml, Experiment start)
    {
        string? task = yaml.OneOf("task", ["regression", Classification, Experiment.ReconstructionTarget]);
        IReadOnlyList<string> targets = yaml.Texts("targets");
        bool classes = targets.Contains(Experiment.ClassTarget);
        if (classes && targets.Count > 1)
        {
            throw yaml.Wrong("targets", $"'targets' names ratings and '{Experiment.ClassTarget}'; make a part of each");
        }

        if (targets.Count > 0)
        {
            return task is null || classes == (task == Classification)
                ? targets
                : throw yaml.Wrong(
                    "targets", $"'targets' names {(classes ? "classes" : "ratings")}, but 'task' is '{task}'; leave 'task' out");
        }

        return task switch
        {
            null => start.Targets,
            Classification => [Experiment.ClassTarget],
            Experiment.ReconstructionTarget => [Experiment.ReconstructionTarget],
            _ => [],
        };
    }

    private static HoldOutSize ReadSplit(YamlFields split, IReadOnlyList<string> targets)
    {
        split.RequireKnown(["holdout", "stratified"]);
        if (!targets.Contains(Experiment.ClassTarget) && !targets.Contains(Experiment.ReconstructionTarget))
        {
            split.RequireAbsent("stratified", $"needs classes, that is 'targets: [{Experiment.ClassTarget}]'");
        }

        return new HoldOutSize(split.PositiveNumber("holdout") ?? throw split.Lacks("holdout"), split.Flag("stratified"));
    }

    private static IReadOnlyList<int> ReadSeeds(YamlFields yaml, IReadOnlyList<int> start)
    {
        int? first = yaml.Whole("seed", 0, int.MaxValue - Experiment.MostSeeds);
        if (yaml.IsList("seeds"))
        {
            yaml.RequireAbsent("seed", "is one more way to name seeds; leave it out beside a list of 'seeds'");
            IReadOnlyList<int> seeds = yaml.Wholes("seeds", 0, int.MaxValue);
            return seeds.Count > 0 && seeds.Distinct().Count() == seeds.Count
                ? seeds
                : throw yaml.Wrong("seeds", "'seeds' should list at least one seed, each once, or say how many there are");
        }

        int? count = yaml.Whole("seeds", 1, Experiment.MostSeeds);
        return first is null && count is null ? start : [.. Enumerable.Range(first ?? start[0], count ?? 1)];
    }

    private static void RequireDistinct(IReadOnlyList<YamlFields> parts, Experiment[] read)
    {
        for (int i = 0; i < read.Length; i++)
        {
            if (Array.FindIndex(read, experiment => experiment.Part == read[i].Part) < i)
            {
                throw parts[i].Wrong("name", $"an earlier part is called '{read[i].Part}' already");
            }
        }
    }

    /// <summary>A corpus of one's own is found relative to the file that names it.</summary>
    private static string Located(string corpus, string folder)
    {
        string path = Path.Combine(folder, corpus);
        return File.Exists(path) || Directory.Exists(path) || Path.GetExtension(corpus).Length > 0 ? path : corpus;
    }
}
