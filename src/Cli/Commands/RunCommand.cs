using System.CommandLine;
using SerLab.Cli.Hosting;

namespace SerLab.Cli.Commands;

/// <summary><c>run</c>: runs an experiment described in a file.</summary>
internal static class RunCommand
{
    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Argument<string> file = new("FILE") { Description = "The experiment, in YAML; the files in experiments/ are examples." };
        return ExperimentCommand.Create(
            terminal,
            workbench,
            "run",
            CommonOptions.WithExamples(
                "Run an experiment described in a file. It names corpus, features, learners, protocols and published figures.",
                "run experiments/thesis.yaml",
                "run my-experiment.yaml --set forest.trees=500 --set folds=5"),
            file,
            parsed => parsed.GetValue(file)!);
    }
}
