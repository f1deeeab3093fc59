using SerLab.Cli.Hosting;
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

    [Fact]
    public void A_line_says_how_long_the_rest_will_take_at_the_speed_of_this_start()
    {
        StringWriter output = new();
        Clock clock = new();
        ProgressDisplay.PlainLines lines = new(Terminal.Create(output, redirected: true), clock);

        // Forty of a hundred were done before.
        foreach (int done in new[] { 40, 50, 70, 100 })
        {
            clock.Seconds += done == 40 ? 60 : 200;
            lines.Report(new WorkProgress("cross-validating", done, 100));
        }

        Assert.Equal(
            """
            cross-validating: 40/100 (40 %)
            cross-validating: 50/100 (50 %), 17 min left
            cross-validating: 70/100 (70 %), 7 min left
            cross-validating: 100/100 (100 %)

            """,
            output.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_step_that_passes_in_no_time_gets_one_line()
    {
        StringWriter output = new();
        ProgressDisplay.PlainLines lines = new(Terminal.Create(output, redirected: true), new Clock());

        for (int done = 1; done <= 40; done++)
        {
            lines.Report(new WorkProgress("extracting", done, 40));
        }

        Assert.Equal("extracting: 40/40 (100 %)", output.ToString().TrimEnd());
    }

    [Theory]
    [InlineData(0.2, "1 s")]
    [InlineData(89.5, "90 s")]
    [InlineData(91, "2 min")]
    [InlineData(5399, "1 h 30 min")]
    [InlineData(7261, "2 h 2 min")]
    public void Time_is_told_as_a_person_tells_it(double seconds, string text) =>
        Assert.Equal(text, TimeLeft.Text(TimeSpan.FromSeconds(seconds)));

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
