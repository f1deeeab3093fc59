using System.CommandLine;
using SerLab.Cli.Hosting;

namespace SerLab.Cli.Commands;

/// <summary><c>reproduce</c>: runs a published experiment that comes with SerLab.</summary>
internal static class ReproduceCommand
{
    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Argument<string> name = new("NAME") { Description = $"The experiment: {string.Join(", ", ShippedExperiments.Names)}." };
        return ExperimentCommand.Create(
            terminal,
            workbench,
            "reproduce",
            CommonOptions.WithExamples(
                "Run a published experiment again. Shows its figures beside ours, protocol by protocol, and what its protocol "
                + "hides. If its corpus is not in the data folder, another takes its place and there is no verdict.",
                "reproduce thesis",
                "reproduce thesis --data PATH/emo-soundscapes --set svr.C=10"),
            name,
            parsed => ShippedExperiments.Find(parsed.GetValue(name)!));
    }
}
