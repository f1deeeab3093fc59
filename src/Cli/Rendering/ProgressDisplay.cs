using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Core;
using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>
/// Shows a long step with the time that is left: as a live bar on a terminal, as a plain line for every tenth when piped.
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

    // A step within another gets a line now and then, as a sign of life; an hour of training does not fill the screen, nor do
    // tenths that pass within a second.
    internal sealed class PlainLines(IAnsiConsole console, TimeProvider clock) : IProgress<WorkProgress>
    {
        private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
        private static readonly TimeSpan Blink = TimeSpan.FromSeconds(1);

        private readonly Dictionary<string, Step> steps = [];
        private long lastLine = clock.GetTimestamp();

        public void Report(WorkProgress value)
        {
            if (value.Total == 0)
            {
                return;
            }

            lock (steps)
            {
                long tenth = 10 * value.Done / value.Total;
                if (value.Note.Length > 0)
                {
                    if (clock.GetElapsedTime(lastLine) >= Silence)
                    {
                        Write($"{value.Step}: {value.Done}/{value.Total}, {value.Note}");
                    }
                }
                else
                {
                    if (!steps.TryGetValue(value.Step, out Step? step))
                    {
                        step = new Step(clock.GetTimestamp(), value.Done);
                        steps.Add(value.Step, step);
                    }

                    Tell(step, value, tenth);
                }
            }
        }

        private void Tell(Step step, WorkProgress value, long tenth)
        {
            if (tenth > step.Told && (tenth == 10 || clock.GetElapsedTime(lastLine) >= Blink))
            {
                step.Told = tenth;
                Write($"{value.Step}: {value.Done}/{value.Total} ({10 * tenth} %){Left(step, value)}");
            }
        }

        // What an earlier start has done says nothing of the speed of this one: counted is what was done since the first report.
        private string Left(Step step, WorkProgress value)
        {
            long done = value.Done - step.Before;
            return done <= 0 || value.Done >= value.Total
                ? ""
                : $", {TimeLeft.Text(clock.GetElapsedTime(step.Start) / done * (value.Total - value.Done))} left";
        }

        private void Write(FormattableString line)
        {
            lastLine = clock.GetTimestamp();
            console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        }

        /// <summary>When a step was first reported, what was done by then, and its last tenth that has a line.</summary>
        private sealed class Step(long start, long before)
        {
            public long Start { get; } = start;

            public long Before { get; } = before;

            public long Told { get; set; }
        }
    }
}
