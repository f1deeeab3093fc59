using System.Globalization;
using SerLab.Evaluation.Experiments;

namespace SerLab.Cli.Commands;

/// <summary>Reads <c>--set</c> for an experiment file: settings of learners, and of all parts.</summary>
internal static class PlanSettings
{
    private const int MostSeeds = 1000;

    /// <summary>The plan with what was set, and a record of it.</summary>
    /// <exception cref="UsageException">A setting has another form or a value out of range.</exception>
    public static ExperimentPlan Apply(ExperimentPlan plan, IReadOnlyList<string> settings)
    {
        string[] ofParts = [.. settings.Where(setting => setting.Split('=')[0] is "folds" or "seed" or "seeds" or "repeats")];
        ExperimentPart[] parts = [.. plan.Parts];
        foreach (string setting in ofParts)
        {
            parts = [.. parts.Select(part => With(part, setting))];
        }

        return plan with
        {
            Learners = ModelSettings.Apply(plan.Learners, [.. settings.Except(ofParts)]),
            Parts = parts,
            Overrides = [.. plan.Overrides, .. settings],
        };
    }

    private static ExperimentPart With(ExperimentPart part, string setting)
    {
        string[] sides = setting.Split('=', 2);
        string value = sides.Length == 2 ? sides[1] : "";
        return sides[0] switch
        {
            "folds" => part with { Folds = Whole(setting, value, 2, 1000) },
            "seed" => part with { Seeds = Consecutive(Whole(setting, value, 0, int.MaxValue - MostSeeds), part.Seeds.Count) },
            "repeats" => part with { Seeds = Consecutive(part.Seeds[0], Whole(setting, value, 1, MostSeeds)) },
            _ => part with { Seeds = [.. value.Split(',').Select(seed => Whole(setting, seed, 0, int.MaxValue)).Distinct()] },
        };
    }

    private static int[] Consecutive(int first, int count) => [.. Enumerable.Range(first, count)];

    private static int Whole(string setting, string value, int minimum, int maximum) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum
            ? number
            : throw new UsageException($"'--set {setting}': expected a whole number from {minimum} to {maximum}.");
}
