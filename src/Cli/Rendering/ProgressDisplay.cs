using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Core;
using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>
/// Shows a long step: a live bar with the remaining time on a terminal, a plain line for every tenth when piped.
/// </summary>
internal static class ProgressDisplay
{
    /// <summary>Runs <paramref name="work"/>, drawing what it reports.</summary>
    public static T Run<T>(Terminal terminal, Func<IProgress<WorkProgress>, T> work)
    {
        if (terminal.Quiet)
        {
            return work(new Silent());
        }

        if (!terminal.Messages.Profile.Capabilities.Interactive)
        {
            return work(new PlainLines(terminal.Messages, TimeProvider.System));
        }

        return terminal.Messages.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new LiveBars(context)));
    }

    private sealed class Silent : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
        }
    }

    private sealed class LiveBars(ProgressContext context) : IProgress<WorkProgress>
    {
        private readonly Dictionary<string, ProgressTask> tasks = [];

        public void Report(WorkProgress value)
        {
            lock (tasks)
            {
                if (!tasks.TryGetValue(value.Step, out ProgressTask? task))
                {
                    task = context.AddTask(Markup.Escape(value.Step), maxValue: Math.Max(1, value.Total));
                    task.IsIndeterminate = value.Total == 0;
                    tasks.Add(value.Step, task);
                }

                if (value.Note.Length > 0)
                {
                    task.Description = Markup.Escape($"{value.Step}, {value.Note}");
                }

                // Parallel workers may report out of order; a bar never runs backwards.
                task.Value = Math.Max(task.Value, value.Done);
            }
        }
    }

    // A step within another gets a line now and then, as a sign of life; an hour of training does not fill the screen.
    internal sealed class PlainLines(IAnsiConsole console, TimeProvider clock) : IProgress<WorkProgress>
    {
        private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

        private readonly Dictionary<string, long> tenths = [];
        private long lastLine = clock.GetTimestamp();

        public void Report(WorkProgress value)
        {
            if (value.Total == 0)
            {
                return;
            }

            lock (tenths)
            {
                long tenth = 10 * value.Done / value.Total;
                if (value.Note.Length > 0)
                {
                    if (clock.GetElapsedTime(lastLine) >= Silence)
                    {
                        Write($"{value.Step}: {value.Done}/{value.Total}, {value.Note}");
                    }
                }
                else if (tenth > tenths.GetValueOrDefault(value.Step))
                {
                    tenths[value.Step] = tenth;
                    Write($"{value.Step}: {value.Done}/{value.Total} ({10 * tenth} %)");
                }
            }
        }

        private void Write(FormattableString line)
        {
            lastLine = clock.GetTimestamp();
            console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        }
    }
}
