using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Training.Catalogue;
using SerLab.Training.Search;

namespace SerLab.Cli.Commands;

/// <summary>
/// A setting of a model on the command line: <c>--set MODEL.SETTING=VALUE</c> or <c>--grid MODEL.SETTING=VALUES</c>.
/// </summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Setting">Name of the setting.</param>
/// <param name="Value">The value, or values, as text.</param>
internal sealed record ModelSetting(string Model, string Setting, string Value)
{
    /// <summary>Reads the value of <c>--set</c>.</summary>
    /// <exception cref="UsageException">It is of another form.</exception>
    public static ModelSetting Parse(string text) =>
        TryParse(text) ?? throw new UsageException($"'--set {text}' is not of the form MODEL.SETTING=VALUE, e.g. svr.C=10.");

    /// <summary>Reads the value of <c>--grid</c>.</summary>
    /// <exception cref="UsageException">It is of another form, or is for another model.</exception>
    public static SettingValues ParseValues(string model, string text) => TryParse(text) is { } found && found.Model == model
        ? SettingValues.Parse(found.Setting, found.Value)
        : throw new UsageException($"'--grid {text}' is not of the form {model}.SETTING=VALUES, e.g. {model}.C=1,10,100.");

    /// <summary>Fails at the first setting that is for none of the models.</summary>
    /// <exception cref="UnknownNameException">A setting is for a model that is not compared.</exception>
    public static void RequireKnown(IEnumerable<ModelSetting> settings, IEnumerable<LearnerSpecification> models)
    {
        string[] known = [.. models.Select(model => model.Name).Distinct()];
        if (settings.FirstOrDefault(setting => !known.Contains(setting.Model)) is { } unknown)
        {
            throw NearestName.Unknown("model in this comparison called", unknown.Model, known);
        }
    }

    /// <summary>
    /// The models, each with its changed settings; the last value given counts. One that is made of others which are compared,
    /// too, is made of them as they were changed.
    /// </summary>
    public static IReadOnlyList<LearnerSpecification> Apply(
        IEnumerable<LearnerSpecification> models, IReadOnlyList<ModelSetting> settings)
    {
        LearnerSpecification[] changed =
        [
            .. models.Select(model => settings.Where(setting => setting.Model == model.Name)
                .Aggregate(model, (changed, setting) => changed.With(setting.Setting, setting.Value))),
        ];
        return
        [
            .. changed.Select(model => model.Settings.TryGetValue("members", out string? members)
                ? model with { Members = [.. changed.IntersectBy(CommaList.Split(members), other => other.Name)] }
                : model),
        ];
    }

    private static ModelSetting? TryParse(string text)
    {
        string[] sides = text.Split('=', 2);

        // A model's name may have a dot, svc:logmel64@1.5s; a setting's has none.
        int dot = sides[0].LastIndexOf('.');
        return sides.Length == 2 && dot >= 0 ? new ModelSetting(sides[0][..dot], sides[0][(dot + 1)..], sides[1]) : null;
    }
}
