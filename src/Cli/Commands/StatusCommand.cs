using System.CommandLine;
using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Evaluation.Sharing;
using Spectre.Console;

namespace SerLab.Cli.Commands;

/// <summary><c>status</c>: how far a plan is.</summary>
internal static class StatusCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = PlanCommands.Folder();
        Command command = new("status", CommonOptions.WithExamples(
            "Show how far a plan is. Lists what is done, who is at work, who failed, and how long the rest will take.",
            "status plans/voice"))
        {
            folder,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                PlanFolder plan = PlanFolder.Open(Path.GetFullPath(parsed.GetValue(folder)!));
                Write(terminal.Output, PlanStatus.Of(plan, DateTimeOffset.UtcNow));
                return ExitCode.Success;
            },
            cancellationToken));
        return command;
    }

    private static void Write(IAnsiConsole console, PlanStatus status)
    {
        ConsoleTable table = new(
            "", Column.Text("share"), Column.Text("machine", 1), Column.Text("state"), Column.Number("tasks done"));
        foreach (WorkerNote note in status.Workers)
        {
            table.Add(
            [
                Text($"{note.Share} of {note.Of}"),
                note.Machine,
                note.State switch
                {
                    WorkerState.Failed => $"failed: {note.Problem}",
                    WorkerState.Silent => Text($"silent since {note.Seen:yyyy-MM-dd HH:mm} UTC"),
                    _ => note.State.ToString().ToLowerInvariant(),
                },
                Text($"{note.Done} of {note.Tasks}"),
            ]);
        }

        if (status.Workers.Count > 0)
        {
            table.Write(console);
        }

        string left = status switch
        {
            { Missing.Count: 0 } => "ready to be merged",
            { Left: { } time } => $"about {TimeLeft.Text(time)} left",
            _ when status.Workers.Any(note => note.State == WorkerState.Working) => "at work",
            _ => "nobody is at work",
        };
        console.WriteLine(Text($"{status.Done} of {status.Tasks} tasks done, {left}."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
