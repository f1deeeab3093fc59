using SerLab.Core;
using SerLab.Evaluation.Search;
using SerLab.Training.Catalogue;

namespace SerLab.Cli.Commands;

/// <summary>Reads <c>--models</c> and <c>--set MODEL.SETTING=VALUE</c>.</summary>
internal static class ModelSettings
{
    /// <summary>The models asked for, each with its changed settings.</summary>
    /// <exception cref="UsageException">A setting is not of the form MODEL.SETTING=VALUE.</exception>
    /// <exception cref="UnknownNameException">A setting is for a model that is not compared.</exception>
    public static IReadOnlyList<LearnerSpecification> Apply(IReadOnlyList<string> models, IReadOnlyList<string> settings) =>
        Apply([.. models.Select(LearnerSpecification.Default)], settings);

    /// <inheritdoc cref="Apply(IReadOnlyList{string}, IReadOnlyList{string})"/>
    public static IReadOnlyList<LearnerSpecification> Apply(
        IReadOnlyList<LearnerSpecification> models, IReadOnlyList<string> settings)
    {
        LearnerSpecification[] learners = [.. models];
        foreach (string setting in settings)
        {
            string[] sides = setting.Split('=', 2);
            string[] path = sides[0].Split('.', 2);
            if (sides.Length < 2 || path.Length < 2)
            {
                throw new UsageException($"'--set {setting}' is not of the form MODEL.SETTING=VALUE, e.g. svr.C=10.");
            }

            int index = Array.FindIndex(learners, learner => learner.Name == path[0]);
            if (index < 0)
            {
                throw NearestName.Unknown("compared model", path[0], learners.Select(l => l.Name));
            }

            learners[index] = learners[index].With(path[1], sides[1]);
        }

        return learners;
    }

    /// <summary>The values of <c>--grid MODEL.SETTING=VALUES</c>.</summary>
    /// <exception cref="UsageException">It is not of that form, or is for another model.</exception>
    public static SettingValues Values(string model, string text)
    {
        string[] sides = text.Split('=', 2);
        string[] path = sides[0].Split('.', 2);
        return sides.Length == 2 && path.Length == 2 && path[0] == model
            ? SettingValues.Parse(path[1], sides[1])
            : throw new UsageException($"'--grid {text}' is not of the form {model}.SETTING=VALUES, e.g. {model}.C=1,10,100.");
    }
}
