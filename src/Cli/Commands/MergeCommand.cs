using System.CommandLine;
using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Evaluation.Sharing;

namespace SerLab.Cli.Commands;

/// <summary><c>merge</c>: unites what the workers of a plan have done.</summary>
internal static class MergeCommand
{
    private const int MostNamed = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public static Command Create(Terminal terminal, Workbench workbench, CommandReplay replay)
    {
        Argument<string> folder = PlanCommands.Folder();
        Option<bool> wait = new("--wait") { Description = "Wait until nothing is missing." };
        Option<int> threads = CommonOptions.Threads();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<bool> json = CommonOptions.Json();
        Command command = new("merge", CommonOptions.WithExamples(
            "Merge what the workers of a plan have done. Prints the results that one machine would have printed, and writes the "
            + "same run folder, in the plan's folder 'run'. Only timing.csv and the report differ: they hold the times and "
            + "machines of the workers.",
            "merge plans/voice"))
        {
            folder, wait, threads, quiet, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string given = parsed.GetValue(folder)!;
            PlanFolder plan = PlanFolder.Open(Path.GetFullPath(given));
            PlanStatus status = PlanStatus.Of(plan, DateTimeOffset.UtcNow);
            while (parsed.GetValue(wait) && status.Missing.Count > 0)
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
                status = PlanStatus.Of(plan, DateTimeOffset.UtcNow);
            }

            RequireAll(status, $"{workbench.Invocation} work {CommandText.Quote(given)}");
            (Option<bool> Option, string Name)[] flags = [(quiet, "--quiet"), (json, "--json")];
            int code = await PlanCommands.ReplayAsync(
                replay,
                terminal,
                workbench,
                new PlanRole(plan, null),
                [
                    "--threads", parsed.GetValue(threads).ToString(CultureInfo.InvariantCulture),
                    .. flags.Where(flag => parsed.GetValue(flag.Option)).Select(flag => flag.Name),
                ],
                cancellationToken).ConfigureAwait(false);
            Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) || parsed.GetValue(json) };
            TellRepeated(shown, status);
            return code;
        });
        return command;
    }

    private static void RequireAll(PlanStatus status, string work)
    {
        if (status.Missing.Count == 0)
        {
            return;
        }

        string more = status.Missing.Count > MostNamed ? ", …" : "";
        IEnumerable<string> workers = status.Workers
            .Where(note => note.State is WorkerState.Working or WorkerState.Failed)
            .Select(note => note.State == WorkerState.Working
                ? $" Worker '{note.Worker}' is still at work."
                : $" Worker '{note.Worker}' has failed: {note.Problem}");
        throw new InvalidInputException(string.Create(
            CultureInfo.InvariantCulture,
            $"{status.Missing.Count} of {status.Tasks} tasks are missing "
                + $"({string.Join(", ", status.Missing.Take(MostNamed))}{more}); this does them: {work}."
                + $"{string.Concat(workers)}"));
    }

    private static void TellRepeated(Terminal terminal, PlanStatus status)
    {
        if (status.Repeated > 0)
        {
            terminal.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{status.Repeated} tasks were done twice: {status.Repeated - status.Differences.Count} agree to the last bit, "
                    + $"{status.Differences.Count} do not."));
        }

        foreach (string difference in status.Differences)
        {
            terminal.Note(difference);
        }
    }
}
