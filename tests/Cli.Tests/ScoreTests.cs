using System.Text.Json;
using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>A model file, scored on labelled clips.</summary>
public sealed class ScoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Scores_on_the_training_corpus_are_called_a_leak_and_follow_from_the_predictions()
    {
        string corpus = await TrainAsync();

        CommandResult shown = await ScoreAsync(corpus);
        CommandResult json = await ScoreAsync(corpus, "--json", "-o", folder.At("out.csv"));

        Assert.Equal((ExitCode.Success, ExitCode.Success), (shown.ExitCode, json.ExitCode));
        Assert.Contains("LEAK", shown.Output, StringComparison.Ordinal);
        JsonElement arousal = JsonDocument.Parse(json.Output).RootElement.GetProperty("targets").EnumerateArray()
            .Single(target => target.GetProperty("target").GetString() == "arousal");
        double mse = arousal.GetProperty("metrics").EnumerateArray()
            .Single(metric => metric.GetProperty("metric").GetProperty("name").GetString() == "mse")
            .GetProperty("value").GetDouble();
        Assert.Equal(Errors("arousal").Average(error => error * error), mse, 1e-6);
    }

    [Fact]
    public async Task A_corpus_without_the_models_targets_is_refused_by_name()
    {
        await TrainAsync();
        folder.Write("sounds/other.csv", "file,calm\nclip00.wav,0.5\nclip01.wav,0.25\nclip02.wav,0\n");
        string other =
            folder.Write("sounds/other.yaml", "name: other\nlabels: other.csv\nid: file\naudio: .\ntargets: [calm]\n");

        CommandResult result = await ScoreAsync(other);

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("targets are valence, arousal", result.Error, StringComparison.Ordinal);
        Assert.Contains("are calm", result.Error, StringComparison.Ordinal);
    }

    private double[] Errors(string target)
    {
        Dictionary<string, string[]> truth = Rows(folder.At("sounds/labels.csv"));
        return [.. Rows(folder.At("out.csv")).Select(row => Number(row.Value) - Number(truth[row.Key]))];

        double Number(string[] fields) => double.Parse(
            fields[target == "valence" ? 1 : 2], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, string[]> Rows(string path) =>
        File.ReadLines(path).Skip(1).Select(line => line.Split(',')).ToDictionary(fields => fields[0]);

    private async Task<string> TrainAsync()
    {
        string corpus = SoundCorpus.Write(folder);
        CommandResult result = await CommandLine.RunAsync(
            "train", "--dataset", corpus, "--models", "ridge", "--kfold", "3",
            "--out", folder.At("runs"), "--no-cache", "--quiet");
        Assert.True(result.ExitCode == ExitCode.Success, result.Messages);
        return corpus;
    }

    private Task<CommandResult> ScoreAsync(string corpus, params string[] arguments) => CommandLine.RunAsync(
        ["score", folder.At("runs/last/model.onnx"), "--dataset", corpus, "--no-cache", "--quiet", .. arguments]);
}
