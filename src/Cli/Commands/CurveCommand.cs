using System.CommandLine;
using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Protocols;
using SerLab.Training.Catalogue;

namespace SerLab.Cli.Commands;

/// <summary><c>curve</c>: would more speakers help, or more clips of each? Models that learn from parts of every fold.</summary>
internal static class CurveCommand
{
    private static readonly int[] Shares = [10, 25, 50, 75];

    private static readonly (string Name, string Protocol)[] Units =
        [("groups", ProtocolCatalogue.FewerGroups), ("clips", ProtocolCatalogue.FewerClips)];

    public static Command Create(Terminal terminal, Workbench workbench)
    {
        LearnerCatalogue catalogue = workbench.Catalogues.Learners;
        Option<string[]> models = CommonOptions.Names(
            "--models",
            $"Models to compare: {string.Join(", ", catalogue.Learners.Names)}. Default for ratings: "
            + $"{string.Join(",", catalogue.DefaultsOfRatings)}; for classes: {string.Join(",", catalogue.DefaultsOfClasses)}.");
        Option<string[]> over = CommonOptions.Names(
            "--over",
            "What is reduced: groups (whole speakers, locations …) or clips (of every group). Default: both, or clips where "
            + "there are no groups.");
        Option<string[]> shares = CommonOptions.Names(
            "--shares",
            $"How much to learn from, in per cent of every fold's training part. Default: {string.Join(",", Shares)}; the whole "
            + "part is always included.");
        RunOptions options = new(
            workbench, "grouped where clips have groups, else random; those with less to learn from join it");
        Command command = new("curve", CommonOptions.WithExamples(
            "Draw learning curves. They show how much better models become with more groups to learn from, and with more clips "
            + "of each.",
            "curve --dataset ravdess --models svc",
            "curve --dataset isd --data PATH/isd --models ridge --over groups",
            "curve --dataset my-clips/labels.csv --shares 50"))
        {
            models,
            over,
            shares,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                string[] units = [.. parsed.GetValue(over)!.Select(ProtocolOf)];
                int[] percents = [.. parsed.GetValue(shares)!.Select(Percent)];
                RunSetup setup = options.Read(parsed, terminal, parsed.GetValue(models)!);
                Experiment experiment = setup.Experiment with
                {
                    Protocols = Protocols(setup, units, percents.Length > 0 ? percents : Shares),
                };
                if (setup.IsShared(experiment, cancellationToken))
                {
                    return ExitCode.Success;
                }

                setup.Run(
                    (surroundings, handover) =>
                        ExperimentRunner.Run(experiment, setup.Corpus, surroundings, handover, cancellationToken),
                    outcome => RunRendering.Write(setup.Terminal, outcome.Run, setup.Json),
                    cancellationToken);
                return ExitCode.Success;
            },
            cancellationToken));
        return command;
    }

    private static IReadOnlyList<string> Protocols(RunSetup setup, string[] units, int[] percents)
    {
        bool isGrouped = (setup.Experiment.Group ?? setup.Corpus.DefaultGroup) is not null;
        string[] less = units.Length > 0 ? units
            : isGrouped ? [ProtocolCatalogue.FewerGroups, ProtocolCatalogue.FewerClips]
            : [ProtocolCatalogue.FewerClips];
        string whole = isGrouped ? ProtocolCatalogue.Grouped : ProtocolCatalogue.Random;
        return
        [
            .. setup.Experiment.Protocols.Prepend(whole).Concat(
                from unit in less
                from percent in percents
                select string.Create(CultureInfo.InvariantCulture, $"{unit}({percent})")).Distinct(),
        ];
    }

    private static string ProtocolOf(string name) => Units.FirstOrDefault(unit => unit.Name == name).Protocol
        ?? throw new UsageException($"--over is '{name}'; expected {string.Join(" or ", Units.Select(unit => unit.Name))}.");

    private static int Percent(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int percent) && percent is >= 1 and <= 99
            ? percent
            : throw new UsageException($"--shares has '{text}'; expected whole percentages from 1 to 99, as in 10,25,50,75.");
}
