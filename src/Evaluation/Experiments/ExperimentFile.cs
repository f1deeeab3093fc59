using SerLab.Core;
using SerLab.Datasets.Descriptions;
using SerLab.Evaluation.Protocols;
using SerLab.Training.Catalogue;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// Reads an experiment from YAML. Keys at the top are what every part starts from; a list <c>parts</c>, where there is one, changes them
/// part by part. A wrong key, name, number or range is one error with its line and, for names, the nearest valid one.
/// </summary>
public static class ExperimentFile
{
    private const int MostSeeds = 1000;
    private static readonly string[] PartKeys =
    [
        "features", "learners", "targets", "classes", "protocols", "split", "group", "folds", "seed", "seeds", "repeats",
    ];

    private static readonly string[] PlanKeys =
        ["name", "title", "corpus", "fallback", "fallback-scaler", "task", .. PartKeys, "parts", "published"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalogue">The learners that it can name; none: SerLab's own.</param>
    /// <exception cref="InvalidInputException">The file is not an experiment; the message says where and why.</exception>
    public static ExperimentPlan Read(string path, LearnerCatalogue? catalogue = null)
    {
        catalogue ??= LearnerCatalogue.BuiltIn;
        YamlFields yaml = YamlFields.Read(path, PlanKeys);
        ExperimentTask task = yaml.OneOf("task", ["regression", "classification"]) == "classification"
            ? ExperimentTask.Classification
            : ExperimentTask.Regression;
        string name = yaml.RequiredText("name");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        IReadOnlyList<LearnerSpecification> learners = LearnerFields.Read(yaml, "learners", task, catalogue);
        string[] names = [.. learners.Select(learner => learner.Name)];
        ExperimentPart common = ReadPart(yaml, new ExperimentPart { Learners = names }, task);
        IReadOnlyList<YamlFields> parts = yaml.FieldsList("parts");
        ExperimentPart[] read =
        [
            .. parts.Select(part =>
            {
                part.RequireKnown(["name", "corpus", .. PartKeys]);
                return ReadPart(part, common, task) with
                {
                    Name = part.RequiredText("name"),
                    Corpus = part.Text("corpus") is { } own ? Located(own, folder) : null,
                    Learners = part.Has("learners") ? part.TextsOf("learners", names) : common.Learners,
                };
            }),
        ];
        RequireDistinct(parts, read);
        ExperimentPart[] all = read.Length > 0 ? read : [common];
        return new ExperimentPlan
        {
            Name = name,
            Title = yaml.Text("title") ?? name,
            Corpus = Located(yaml.RequiredText("corpus"), folder),
            Fallback = [.. yaml.Texts("fallback").Select(corpus => Located(corpus, folder))],
            FallbackScaler = yaml.OneOf("fallback-scaler", ScalerCatalogue.Names),
            Task = task,
            Learners = learners,
            Searches = SearchFields.Read(yaml, "learners", learners, task, catalogue),
            Parts = all,
            Published = yaml.Fields("published") is { } published ? PublishedFields.Read(published, all, task) : null,
        };
    }

    private static ExperimentPart ReadPart(YamlFields yaml, ExperimentPart start, ExperimentTask task)
    {
        yaml.RequireAbsent(
            task == ExperimentTask.Regression ? "classes" : "targets",
            task == ExperimentTask.Regression ? "needs 'task: classification'" : "are ratings, which need 'task: regression'");
        ExperimentPart part = start with
        {
            FeatureSets = yaml.Has("features") ? yaml.Texts("features") : start.FeatureSets,
            Targets = yaml.Has("targets") ? yaml.Texts("targets") : start.Targets,
            Classes = yaml.Has("classes") ? yaml.Texts("classes") : start.Classes,
            Protocols = yaml.Has("protocols") ? yaml.TextsOf("protocols", ProtocolCatalogue.Names) : start.Protocols,
            Split = yaml.Fields("split") is { } split ? ReadSplit(split, task) : start.Split,
            Group = yaml.Text("group") ?? start.Group,
            Folds = yaml.Whole("folds", 2, 1000) ?? start.Folds,
            Seeds = ReadSeeds(yaml, start.Seeds),
        };
        string? twice = part.Protocols.FirstOrDefault(name => part.Protocols.Count(other => other == name) > 1);
        return twice is null ? part : throw yaml.Wrong("protocols", $"'protocols' names '{twice}' twice");
    }

    private static HoldOutSize ReadSplit(YamlFields split, ExperimentTask task)
    {
        split.RequireKnown(["holdout", "stratified"]);
        if (task == ExperimentTask.Regression) split.RequireAbsent("stratified", "needs classes, that is 'task: classification'");
        return new HoldOutSize(split.PositiveNumber("holdout") ?? throw split.Lacks("holdout"), split.Flag("stratified"));
    }

    private static IReadOnlyList<int> ReadSeeds(YamlFields yaml, IReadOnlyList<int> start)
    {
        if (yaml.Has("seeds"))
        {
            const string Reason = "is one more way to name seeds; give either 'seeds' or 'seed' with 'repeats'";
            yaml.RequireAbsent("seed", Reason);
            yaml.RequireAbsent("repeats", Reason);
            IReadOnlyList<int> seeds = yaml.Wholes("seeds", 0, int.MaxValue);
            return seeds.Count > 0 && seeds.Distinct().Count() == seeds.Count
                ? seeds
                : throw yaml.Wrong("seeds", "'seeds' should list at least one seed, each once");
        }

        if (!yaml.Has("seed") && !yaml.Has("repeats"))
        {
            return start;
        }

        int first = yaml.Whole("seed", 0, int.MaxValue - MostSeeds) ?? start[0];
        return [.. Enumerable.Range(first, yaml.Whole("repeats", 1, MostSeeds) ?? 1)];
    }

    private static void RequireDistinct(IReadOnlyList<YamlFields> parts, ExperimentPart[] read)
    {
        for (int i = 0; i < read.Length; i++)
        {
            if (Array.FindIndex(read, part => part.Name == read[i].Name) < i)
            {
                throw parts[i].Wrong("name", $"an earlier part is called '{read[i].Name}' already");
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
