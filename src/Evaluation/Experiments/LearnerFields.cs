using SerLab.Core;
using SerLab.Datasets.Descriptions;
using SerLab.Training.Catalogue;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// The learners of an experiment file: a list of names for learners as they are, or a mapping from names in tables to settings, of which
/// <c>learner</c> (default: the name) says which learner it is, <c>scaler</c> how features are scaled, <c>balancer</c> how classes are
/// evened out, and <c>search</c> what is searched for inside every fold (<see cref="SearchFields"/>).
/// </summary>
internal static class LearnerFields
{
    private const string Learner = "learner";
    private const string Scaler = "scaler";
    private const string Balancer = "balancer";

    public static IReadOnlyList<LearnerSpecification> Read(
        YamlFields yaml, string key, ExperimentTask task, LearnerCatalogue catalogue)
    {
        string[] known = task == ExperimentTask.Regression
            ? [.. catalogue.Regression.Select(learner => learner.Name)]
            : [.. catalogue.Classification.Select(learner => learner.Name)];
        if (!yaml.IsMapping(key))
        {
            IReadOnlyList<string> names = yaml.TextsOf(key, known);
            return names.Count > 0 ? [.. names.Select(LearnerSpecification.Default)] : throw yaml.Lacks(key);
        }

        YamlFields learners = yaml.Fields(key)!;
        return [.. learners.Keys.Select(name => ReadOne(learners, name, task, known, catalogue))];
    }

    private static LearnerSpecification ReadOne(
        YamlFields learners, string name, ExperimentTask task, string[] known, LearnerCatalogue catalogue)
    {
        YamlFields fields = learners.Fields(name)!;
        string learner = fields.OneOf(Learner, known)
            ?? (known.Contains(name) ? name : throw fields.Wrong(Learner, $"which learner is '{name}'? Give 'learner', one of {string.Join(", ", known)}"));
        IReadOnlyList<LearnerSetting> settings = task == ExperimentTask.Regression
            ? catalogue.Regression.First(definition => definition.Name == learner).Settings
            : catalogue.Classification.First(definition => definition.Name == learner).Settings;
        fields.RequireKnown([Learner, Scaler, Balancer, SearchFields.Search, .. settings.Select(setting => setting.Name)], StringComparison.OrdinalIgnoreCase);
        LearnerSpecification specification = new()
        {
            Name = name,
            Learner = learner,
            Scaler = fields.OneOf(Scaler, ScalerCatalogue.Names),
            Balancer = fields.OneOf(Balancer, BalancerCatalogue.Names),
        };
        foreach (string setting in fields.Keys.Where(k => k is not (Learner or Scaler or Balancer or SearchFields.Search)))
        {
            specification = specification with
            {
                Settings = new Dictionary<string, string>(specification.Settings) { [setting] = string.Join(',', fields.Texts(setting)) },
            };
            Check(fields, setting, specification, task, catalogue);
        }

        return specification;
    }

    /// <summary>Makes the learner, to find out whether it can be made.</summary>
    public static void Create(LearnerSpecification specification, ExperimentTask task, LearnerCatalogue catalogue)
    {
        if (task == ExperimentTask.Regression) catalogue.CreateRegression(specification);
        else catalogue.CreateClassification(specification);
    }

    private static void Check(
        YamlFields fields, string setting, LearnerSpecification specification, ExperimentTask task, LearnerCatalogue catalogue)
    {
        try
        {
            Create(specification, task, catalogue);
        }
        catch (Exception error) when (error is InvalidInputException or ArgumentException)
        {
            throw fields.Wrong(setting, error.Message.ReplaceLineEndings(" "));
        }
    }
}
