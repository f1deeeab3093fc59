using System.CommandLine;
using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Evaluation.Sharing;

namespace SerLab.Cli.Commands;

/// <summary><c>work</c>: does a share of a plan.</summary>
internal static class WorkCommand
{
    public static Command Create(Terminal terminal, Workbench workbench, CommandReplay replay)
    {
        Argument<string> folder = PlanCommands.Folder();
        Option<int?> task = new("--task") { Description = "Number of this share, from 0.", HelpName = "I" };
        Option<int?> of = new("--of") { Description = "Number of shares.", HelpName = "N" };
        Option<int> threads = CommonOptions.Threads();
        Option<bool> quiet = CommonOptions.Quiet();
        Command command = new("work", CommonOptions.WithExamples(
            "Do the missing tasks of a plan, or of one share of it. In a Slurm job array, or in an indexed Kubernetes job with "
            + "--of, the share is that of the job. If it is killed and started again, it does the rest.",
            "work plans/voice",
            "work plans/voice --task 3 --of 8"))
        {
            folder, task, of, threads, quiet,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            WorkShare share =
                ShareOfProcess.Read(parsed.GetValue(task), parsed.GetValue(of), Environment.GetEnvironmentVariable);
            string count = RangeCheck.AtLeast(1, parsed.GetValue(threads), "--threads").ToString(CultureInfo.InvariantCulture);
            string[] silence = parsed.GetValue(quiet) ? ["--quiet"] : [];
            PlanFolder plan = PlanFolder.Open(Path.GetFullPath(parsed.GetValue(folder)!));
            return PlanCommands.ReplayAsync(
                replay,
                terminal,
                workbench,
                new PlanRole(plan, share),
                ["--threads", count, .. silence],
                cancellationToken);
        });
        return command;
    }
}
