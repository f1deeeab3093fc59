using SerLab.Core;
using SerLab.Datasets.Descriptions;
using SerLab.Evaluation.Search;
using SerLab.Training.Catalogue;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// The searches of an experiment file. A learner with <c>search: {settings: {C: [1, 10]}, metric: uar, folds: 5, draws: 20}</c> has those
/// settings chosen inside every fold, on inner folds as strict as the outer ones; all but <c>settings</c> may be left out.
/// </summary>
internal static class SearchFields
{
    /// <summary>The key of a learner.</summary>
    public const string Search = "search";

    /// <summary>The searches of the learners that have one.</summary>
    public static IReadOnlyList<SearchSpecification> Read(
        YamlFields yaml, string key, IReadOnlyList<LearnerSpecification> learners, ExperimentTask task, LearnerCatalogue catalogue)
    {
        if (!yaml.IsMapping(key))
        {
            return [];
        }

        YamlFields all = yaml.Fields(key)!;
        return
        [
            .. from learner in learners
               let search = all.Fields(learner.Name)!.Fields(Search)
               where search is not null
               select ReadOne(search, learner, task, catalogue),
        ];
    }

    private static SearchSpecification ReadOne(
        YamlFields fields, LearnerSpecification learner, ExperimentTask task, LearnerCatalogue catalogue)
    {
        fields.RequireKnown(["settings", "metric", "folds", "draws"]);
        YamlFields settings = fields.Fields("settings") ?? throw fields.Lacks("settings");
        string[] metrics = task == ExperimentTask.Regression
            ? [.. RegressionMetrics.All.Select(metric => metric.Name)]
            : [.. new ClassificationScorer(["", " "]).Metrics.Select(metric => metric.Name).Where(name => !name.EndsWith(']'))];
        SearchSpecification search = new()
        {
            Learner = learner,
            Catalogue = catalogue,
            Settings = [.. settings.Keys.Select(name => Values(settings, name))],
            Metric = fields.OneOf("metric", metrics),
            Folds = fields.Whole("folds", 2, 100) ?? 5,
            Draws = fields.Whole("draws", 1, SearchSpecification.MostCandidates),
        };
        try
        {
            foreach (IReadOnlyDictionary<string, string> candidate in search.Candidates())
            {
                LearnerFields.Create(search.Apply(candidate), task, catalogue);
            }
        }
        catch (Exception error) when (error is InvalidInputException or ArgumentException)
        {
            throw fields.Wrong("settings", error.Message.ReplaceLineEndings(" "));
        }

        return search;
    }

    private static SettingValues Values(YamlFields settings, string name)
    {
        string text = string.Join(',', settings.Texts(name));
        try
        {
            return SettingValues.Parse(name, text);
        }
        catch (InvalidInputException error)
        {
            throw settings.Wrong(name, error.Message);
        }
    }
}
