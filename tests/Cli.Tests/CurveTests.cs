using System.Text.Json;
using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>Learning curves and importance from the command line.</summary>
public sealed class CurveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string corpus;

    public CurveTests() => corpus = TinyCorpus.Write(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_curve_has_a_row_per_share_and_says_what_the_last_doubling_gave()
    {
        CommandResult result = await RunAsync("curve", "--models", "ridge", "--shares", "25,50");

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("valence: fewer places to learn from", result.Output, StringComparison.Ordinal);
        Assert.Contains("arousal: fewer clips of every place to learn from", result.Output, StringComparison.Ordinal);
        Assert.Contains("│ ridge │  25 % │", result.Output, StringComparison.Ordinal);
        Assert.Contains("│       │ 100 % │", result.Output, StringComparison.Ordinal);
        Assert.Contains("for ridge, doubling the places (4 to 8)", result.Output, StringComparison.Ordinal);
        Assert.Equal(
            ExitCode.Success, (await CommandLine.RunAsync("verify", folder.At("runs/last"))).ExitCode);
        Assert.Contains(
            "Would more to learn from help?", File.ReadAllText(folder.At("runs/last/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_named_is_drawn_less_of_and_what_else_is_named_is_judged_too()
    {
        CommandResult result = await RunAsync(
            "curve", "--models", "ridge", "--shares", "50", "--over", "clips", "--protocols", "random", "--json");

        using JsonDocument json = JsonDocument.Parse(result.Output);
        Assert.Equal(
            ["grouped", "random", "fewer-clips(50)"],
            json.RootElement.GetProperty("description").GetProperty("protocols").EnumerateArray()
                .Select(protocol => protocol.GetProperty("name").GetString()));
        Assert.Equal(2, json.RootElement.GetProperty("sizeCurves").GetArrayLength());
    }

    [Theory]
    [InlineData("--over", "speakers", "expected groups or clips")]
    [InlineData("--shares", "50,0", "from 1 to 99")]
    [InlineData("--shares", "half", "from 1 to 99")]
    public async Task A_curve_over_what_there_is_not_is_a_usage_error(string option, string value, string expected)
    {
        CommandResult result = await RunAsync("curve", option, value);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--importance")]
    [InlineData("--importance", "groups")]
    [InlineData("--importance", "features")]
    public async Task Importance_is_printed_kept_and_verified(params string[] asked)
    {
        CommandResult result = await RunAsync(["train", "--models", "ridge,mean", .. asked]);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("valence, grouped: R² lost when features", result.Output, StringComparison.Ordinal);
        Assert.Contains("│ brightness │", result.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await CommandLine.RunAsync("verify", folder.At("runs/last"))).ExitCode);
        Assert.Contains(
            "What the models listen to", File.ReadAllText(folder.At("runs/last/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importance_of_something_else_is_a_usage_error()
    {
        CommandResult result = await RunAsync("train", "--importance", "feature");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("expected groups or features", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importance_of_a_series_is_refused_before_any_sound_is_heard()
    {
        CommandResult result = await CommandLine.RunAsync(
            "train", "--dataset", SoundCorpus.Write(folder), "--features", "logmel64@1s", "--importance", "--models", "mean",
            "--out", folder.At("runs"));

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("needs rows of named features", result.Error, StringComparison.Ordinal);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        [.. arguments, "--dataset", corpus, "--kfold", "3", "--out", folder.At("runs")]);
}
