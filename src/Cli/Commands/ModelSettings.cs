using SerLab.Features.Errors;
using SerLab.Training.Catalogue;

namespace SerLab.Cli.Commands;

/// <summary>Reads <c>--models</c> and <c>--set MODEL.SETTING=VALUE</c>.</summary>
internal static class ModelSettings
{
    private const string Scaler = "scaler";
    private const string Balancer = "balancer";

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
            learners[index >= 0 ? index : throw NearestName.Unknown("compared model", path[0], learners.Select(l => l.Name))] =
                With(learners[index], path[1], sides[1]);
        }

        return learners;
    }

    private static LearnerSpecification With(LearnerSpecification learner, string name, string value) =>
        name.Equals(Scaler, StringComparison.OrdinalIgnoreCase)
            ? learner with { Scaler = value }
            : name.Equals(Balancer, StringComparison.OrdinalIgnoreCase) ? learner with { Balancer = value }
            : learner with
            {
                // Names match in any case, so that C set here replaces c set earlier.
                Settings = new Dictionary<string, string>(learner.Settings, StringComparer.OrdinalIgnoreCase) { [name] = value },
            };
}
