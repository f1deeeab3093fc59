using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Evaluation.Experiments;

namespace SerLab.Cli.Commands;

/// <summary>Reads <c>--set</c> for an experiment file: settings of learners, and of all parts.</summary>
internal static class SeriesSettings
{
    /// <summary>The series with what was set, and a record of it.</summary>
    /// <exception cref="UsageException">A setting has another form or a value out of range.</exception>
    public static ExperimentSeries Apply(ExperimentSeries series, IReadOnlyList<string> settings)
    {
        ILookup<bool, string> byKind =
            settings.ToLookup(setting => setting.Split('=')[0] is "folds" or "repeats" or "seed" or "seeds");
        IReadOnlyList<ModelSetting> ofModels = [.. byKind[false].Select(ModelSetting.Parse)];
        ModelSetting.RequireKnown(ofModels, series.Experiments.SelectMany(experiment => experiment.Learners));
        return series with
        {
            Experiments =
            [
                .. series.Experiments.Select(experiment => byKind[true].Aggregate(experiment, With) with
                {
                    Learners = ModelSetting.Apply(experiment.Learners, ofModels),
                }),
            ],
            Overrides = [.. series.Overrides, .. settings],
        };
    }

    private static Experiment With(Experiment experiment, string setting)
    {
        string[] sides = setting.Split('=', 2);
        string value = sides.Length == 2 ? sides[1] : "";
        return sides[0] switch
        {
            "folds" => experiment with { Folds = Whole(setting, value, 2, 1000) },
            "repeats" => experiment with { Repeats = Whole(setting, value, 1, 100) },
            "seed" => experiment with
            {
                Seeds = Consecutive(Whole(setting, value, 0, int.MaxValue - Experiment.MostSeeds), experiment.Seeds.Count),
            },
            _ when value.Contains(',', StringComparison.Ordinal) => experiment with
            {
                Seeds = [.. value.Split(',').Select(seed => Whole(setting, seed, 0, int.MaxValue)).Distinct()],
            },
            _ => experiment with { Seeds = Consecutive(experiment.Seeds[0], Whole(setting, value, 1, Experiment.MostSeeds)) },
        };
    }

    private static int[] Consecutive(int first, int count) => [.. Enumerable.Range(first, count)];

    private static int Whole(string setting, string value, int minimum, int maximum) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= minimum && number <= maximum
            ? number
            : throw new UsageException($"'--set {setting}': expected a whole number from {minimum} to {maximum}.");
}
