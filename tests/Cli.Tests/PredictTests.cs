using System.Text.Json;
using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>A model of a run, asked about sounds.</summary>
public sealed class PredictTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Model => folder.At("runs/last/model.onnx");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_holds_what_standard_output_would_as_csv_and_as_json()
    {
        await TrainAsync();

        foreach (string[] form in new[] { Array.Empty<string>(), ["--csv"], ["--json"] })
        {
            CommandResult shown = await PredictAsync([SoundCorpus.At(folder, "clip00.wav"), .. form]);
            CommandResult written =
                await PredictAsync([SoundCorpus.At(folder, "clip00.wav"), "-o", folder.At("new/out.txt"), .. form]);

            Assert.Equal((ExitCode.Success, ExitCode.Success), (shown.ExitCode, written.ExitCode));
            Assert.Equal("", written.Output);
            Assert.Equal(shown.Output, File.ReadAllText(folder.At("new/out.txt")));
            Assert.Single(Directory.GetFiles(folder.At("new")));
        }
    }

    [Fact]
    public async Task The_clip_comes_first_and_an_unreadable_one_is_reported_and_skipped()
    {
        await TrainAsync();
        string broken = folder.Write("sounds/broken.wav", "this is no sound");

        CommandResult result = await PredictAsync([broken, SoundCorpus.At(folder, "clip01.wav")]);

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("broken.wav", result.Error, StringComparison.Ordinal);
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("clip,valence,arousal", lines[0]);
        Assert.Contains("clip01.wav,", Assert.Single(lines[1..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_names_clip_and_targets()
    {
        await TrainAsync();

        CommandResult result = await PredictAsync([SoundCorpus.At(folder, "clip00.wav"), "--json"]);

        JsonElement answer = Assert.Single(JsonDocument.Parse(result.Output).RootElement.EnumerateArray());
        Assert.Equal(["clip", "valence", "arousal"], answer.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Inspect_shows_inputs_outputs_provenance_and_scores()
    {
        await TrainAsync();

        CommandResult result = await CommandLine.RunAsync("inspect", Model);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        string[] told = ["features float [batch, 74]", "arousal float [batch, 1]", "meyda74", "16000 Hz", "24 clips", "r2"];
        foreach (string expected in told)
        {
            Assert.Contains(expected, result.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("no.onnx", "There is no model")]
    [InlineData("labels.csv", "is not an ONNX model")]
    public async Task What_is_no_model_is_refused_by_name(string name, string expected)
    {
        SoundCorpus.Write(folder);

        CommandResult result =
            await CommandLine.RunAsync("predict", SoundCorpus.At(folder, name), SoundCorpus.At(folder, "clip00.wav"));

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Contains(name, result.Error, StringComparison.Ordinal);
    }

    private async Task TrainAsync()
    {
        CommandResult result = await CommandLine.RunAsync(
            "train", "--dataset", SoundCorpus.Write(folder), "--models", "ridge", "--kfold", "3",
            "--out", folder.At("runs"), "--no-cache", "--quiet");
        Assert.True(result.ExitCode == ExitCode.Success, result.Messages);
    }

    private Task<CommandResult> PredictAsync(string[] arguments) =>
        CommandLine.RunAsync(["predict", Model, .. arguments, "--quiet", "--no-cache"]);
}
