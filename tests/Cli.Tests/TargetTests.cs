using System.Text.Json;
using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>A table of one's own says by its header what can be predicted; where that is not clear, the user does.</summary>
public sealed class TargetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TargetTests() => SoundCorpus.Write(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_column_of_classes_is_predicted_and_a_measure_is_not()
    {
        CommandResult result =
            await TrainAsync("file,emotion,duration,speaker", i => $"{(i % 2 == 0 ? "calm" : "tense")},{i / 7.0:R},s{i % 6}");

        Assert.Equal(["emotion"], Targets(result));
    }

    [Fact]
    public async Task Columns_that_nobody_recognises_are_listed_with_the_option_that_chooses()
    {
        CommandResult unclear = await TrainAsync("file,duration,brightness,speaker", i => $"{i / 7.0:R},{i % 5},s{i % 6}");
        CommandResult chosen = await TrainAsync(
            "file,duration,brightness,speaker", i => $"{i / 7.0:R},{i % 5},s{i % 6}", "--targets", "brightness");

        Assert.Equal((ExitCode.Failed, ""), (unclear.ExitCode, unclear.Output));
        Assert.Contains("duration, brightness", unclear.Error, StringComparison.Ordinal);
        Assert.Contains("--targets", unclear.Error, StringComparison.Ordinal);
        Assert.Equal(["brightness"], Targets(chosen));
    }

    [Theory]
    [InlineData("valence", "valence")]
    [InlineData("emotion", "emotion")]
    [InlineData("class", "emotion")]
    [InlineData(null, "valence")]
    public async Task Of_ratings_and_classes_either_can_be_predicted(string? asked, string predicted)
    {
        CommandResult result = await TrainAsync(
            "file,valence,emotion,speaker",
            i => $"{(i / 12.0) - 1:R},{(i % 2 == 0 ? "calm" : "tense")},s{i % 6}",
            asked is null ? [] : ["--targets", asked]);

        Assert.Equal([predicted], Targets(result));
    }

    [Fact]
    public async Task Classes_are_called_by_their_column_wherever_they_are_told()
    {
        CommandResult result = await TrainAsync(
            "file,quadrant,speaker", i => $"{(i % 2 == 0 ? "Q1" : "Q3")},s{i % 6}", "--targets", "quadrant", "--importance");
        string run = folder.At("runs/last");
        CommandResult figures = await CommandLine.RunAsync("figures", run, "-o", folder.At("figures"));
        CommandResult verified = await CommandLine.RunAsync("verify", run);

        Assert.Equal(["quadrant"], Targets(result));
        Assert.Equal((ExitCode.Success, ExitCode.Success), (figures.ExitCode, verified.ExitCode));
        foreach (string name in new[] { "predictions.csv", "metrics.csv", "timing.csv", "importance.jsonl" })
        {
            string[] lines = File.ReadAllLines(Path.Combine(run, name));
            Assert.All(lines.Skip(name.EndsWith("csv", StringComparison.Ordinal) ? 1 : 0), line =>
            {
                Assert.Contains("quadrant", line, StringComparison.Ordinal);
                Assert.DoesNotContain("class", line, StringComparison.Ordinal);
            });
        }

        string report = await File.ReadAllTextAsync(Path.Combine(run, "report.html"));
        Assert.Contains("Quadrant: Q1, Q3", report, StringComparison.Ordinal);
        Assert.Contains(Directory.GetFiles(folder.At("figures")), path => Path.GetFileName(path).Contains("quadrant"));
    }

    private static IEnumerable<string?> Targets(CommandResult result)
    {
        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Messages));
        using JsonDocument json = JsonDocument.Parse(result.Output);
        return [.. json.RootElement.GetProperty("description").GetProperty("targets").EnumerateArray()
            .Select(target => target.GetProperty("name").GetString())];
    }

    private Task<CommandResult> TrainAsync(string header, Func<int, string> labels, params string[] more)
    {
        IEnumerable<string> rows = Enumerable.Range(0, SoundCorpus.Clips)
            .Select(i => FormattableString.Invariant($"clip{i:00}.wav,{labels(i)}"));
        string table = folder.Write("sounds/mine.csv", string.Join('\n', rows.Prepend(header)) + "\n");
        return CommandLine.RunAsync(
        [
            "train", "--dataset", table, "--models", "forest", "--set", "forest.trees=3", "--kfold", "3",
            "--protocols", "grouped", "--out", folder.At("runs"), "--export", "none", "--no-cache", "--json", .. more,
        ]);
    }
}
