using SerLab.Cli.Rendering;
using SerLab.Core;
using Spectre.Console;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>Progress where output is piped.</summary>
public class ProgressTests
{
    [Fact]
    public void Steps_within_a_step_get_a_line_now_and_then()
    {
        StringWriter output = new();
        Clock clock = new();
        ProgressDisplay.PlainLines lines = new(
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }), clock);

        for (int epoch = 1; epoch <= 100; epoch++)
        {
            clock.Seconds += 1;
            lines.Report(new WorkProgress("fold 0: training", epoch, 100, $"epoch {epoch}"));
        }

        Assert.Equal(
            ["fold 0: training: 30/100, epoch 30", "fold 0: training: 60/100, epoch 60", "fold 0: training: 90/100, epoch 90"],
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()));
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
