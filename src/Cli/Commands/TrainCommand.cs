using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Evaluation.Experiments;
using SerLab.Training.Catalogue;

namespace SerLab.Cli.Commands;

/// <summary><c>train</c>: compares models on a corpus by cross-validation.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal, Workbench workbench)
    {
        LearnerCatalogue catalogue = workbench.Catalogues.Learners;
        Option<string[]> models = CommonOptions.Names(
            "--models",
            $"Models to compare: {string.Join(", ", catalogue.Learners.Names)}. Default for ratings: "
            + $"{string.Join(",", catalogue.DefaultsOfRatings)}; for classes: {string.Join(",", catalogue.DefaultsOfClasses)}.");
        Option<string?> importance = new("--importance")
        {
            Description = "Also measure what every model owes to its features, on the test clips of every fold: groups (families "
                + "such as MFCC, or the sets side by side) or features (one by one). Default, if given without a value: groups.",
            HelpName = "groups|features",
            Arity = ArgumentArity.ZeroOrOne,
        };
        RunOptions options = new(
            workbench, "random, grouped where clips have groups, across-corpora where there are several corpora");
        Command command = new("train", CommonOptions.WithExamples(
            "Compare models on a corpus by cross-validation. Prints a table, and keeps every prediction in a run folder.",
            "train --kfold 10",
            "train --dataset isd --data PATH/isd --models svr,forest,mean",
            "train --dataset my-clips/corpus.yaml --groups speaker --set svr.C=10",
            "train --dataset my-clips/labels.csv --targets emotion",
            "train --dataset ravdess --test-on my-speech --map happy=joy --features meyda74@16000Hz",
            "train --dataset ravdess --models svc,forest --importance",
            "train --dataset ravdess --models svc,mlp,forest --plan plans/voice"))
        {
            models,
            importance,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                RunSetup setup = options.Read(parsed, terminal, parsed.GetValue(models)!);
                Experiment experiment = setup.Experiment with { Importance = UnitOf(parsed, importance) };
                if (setup.IsShared(experiment, cancellationToken))
                {
                    return ExitCode.Success;
                }

                setup.Run(
                    (surroundings, handover) => ExperimentRunner.Run(
                        experiment, setup.Corpus, surroundings, handover, cancellationToken),
                    outcome => RunRendering.Write(setup.Terminal, outcome.Run, setup.Json),
                    cancellationToken);
                return ExitCode.Success;
            },
            cancellationToken));
        return command;
    }

    private static ImportanceUnit? UnitOf(ParseResult parsed, Option<string?> importance) =>
        parsed.GetResult(importance) is null ? null : parsed.GetValue(importance) switch
        {
            null or "groups" => ImportanceUnit.Groups,
            "features" => ImportanceUnit.Features,
            string other => throw new UsageException($"--importance is '{other}'; expected groups or features."),
        };
}
