using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>Features that somebody made, from a table to a model and its answers.</summary>
public sealed class GivenFeatureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string corpus;
    private readonly string table;

    public GivenFeatureTests()
    {
        corpus = SoundCorpus.Write(folder);
        table = folder.At("mine.csv");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_table_of_features_has_the_figures_that_the_features_themselves_have()
    {
        await ExtractAsync();

        CommandResult heard = await TrainAsync("meyda74", "ridge");
        string own = File.ReadAllText(folder.At("runs/last/predictions.csv"));
        CommandResult given = await TrainAsync(table, "ridge");
        CommandResult verified = await CommandLine.RunAsync("verify", folder.At("runs/last"));

        Assert.Equal((ExitCode.Success, ExitCode.Success, ExitCode.Success), (heard.ExitCode, given.ExitCode, verified.ExitCode));
        Assert.Equal(own, File.ReadAllText(folder.At("runs/last/predictions.csv")));
        Assert.Contains("mine.csv were made elsewhere", given.Output, StringComparison.Ordinal);
        string card = File.ReadAllText(folder.At("runs/last/model-card.md"));
        Assert.Contains("No sound gives `mine.csv`", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_a_table_answers_the_rows_of_another_table_and_no_sound()
    {
        await ExtractAsync();
        await TrainAsync("meyda74", "ridge");
        string model = folder.At("runs/last/model.onnx");
        string expected = (await CommandLine.RunAsync("predict", model, folder.At("sounds"), "-q")).Output;

        await TrainAsync(table, "ridge");
        string[] lines = File.ReadAllLines(table);
        IEnumerable<string> wider = lines.Skip(1).Select(line => $"0,{line}").Prepend($"surplus,{lines[0]}");
        string others = folder.Write("others.csv", string.Join('\n', wider));
        CommandResult rows = await CommandLine.RunAsync("predict", model, "--table", others, "-q");
        CommandResult clips = await CommandLine.RunAsync("predict", model, folder.At("sounds"), "--table", others, "-q");
        CommandResult sound = await CommandLine.RunAsync("predict", model, folder.At("sounds"), "-q");

        Assert.Equal((ExitCode.Success, ""), (rows.ExitCode, rows.Messages));
        Assert.Equal(expected, rows.Output);
        Assert.Equal(expected, clips.Output);
        Assert.Equal(ExitCode.Failed, sound.ExitCode);
        Assert.Contains("--table FILE", sound.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_stands_beside_a_set_and_models_take_one_of_them_or_both()
    {
        await ExtractAsync();

        CommandResult trained = await TrainAsync($"librosa180+{table}", "ridge,ridge:mine.csv", "--export", "ridge");
        string model = folder.At("runs/last/model.onnx");
        CommandResult answered = await CommandLine.RunAsync("predict", model, folder.At("sounds"), "--table", table, "-q");
        CommandResult silent = await CommandLine.RunAsync("predict", model, "--table", table, "-q");

        Assert.Equal((ExitCode.Success, ""), (trained.ExitCode, trained.Error));
        Assert.Equal(ExitCode.Success, answered.ExitCode);
        Assert.Equal(SoundCorpus.Clips + 1, answered.Output.Trim().Split('\n').Length);
        Assert.Equal(ExitCode.Failed, silent.ExitCode);
        Assert.Contains("computed from sounds; name them, too", silent.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_experiment_finds_a_table_beside_its_file_and_is_not_resumed_with_another()
    {
        await ExtractAsync();
        string file = folder.Write("experiment.yaml", """
            name: given
            corpus: sounds/corpus.yaml
            features: [mine.csv]
            learners: [ridge]
            protocols: [random]
            folds: 2
            """);

        CommandResult first = await CommandLine.RunAsync("run", file, "--out", folder.At("series"), "--no-cache", "-q");
        string predictions = Predictions();
        File.WriteAllText(table, string.Join('\n', File.ReadAllLines(table).Select((line, i) =>
            i == 1 ? string.Join(',', line.Split(',').Select((cell, c) => c == 1 ? "9" : cell)) : line)) + "\n");
        CommandResult second = await CommandLine.RunAsync("run", file, "--out", folder.At("series"), "--no-cache", "-q");

        Assert.Equal((ExitCode.Success, ExitCode.Success), (first.ExitCode, second.ExitCode));
        Assert.NotEqual(predictions, Predictions());
    }

    [Theory]
    [InlineData("voice310", "--table", "which is computed from sounds")]
    [InlineData("mine.csv", "--waveform", "cannot be computed inside a model file")]
    public async Task What_a_table_cannot_do_is_said(string features, string what, string expected)
    {
        await ExtractAsync();
        CommandResult result = what == "--waveform"
            ? await TrainAsync(table, "ridge", "--input", "waveform")
            : await TrainAsync(features, "ridge");
        if (what == "--table")
        {
            result = await CommandLine.RunAsync("predict", folder.At("runs/last/model.onnx"), "--table", table);
        }

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--table", "t.csv", "--window", "1")]
    [InlineData]
    public async Task What_is_no_question_is_wrong_usage(params string[] arguments) => Assert.Equal(
        ExitCode.Usage, (await CommandLine.RunAsync(["predict", "model.onnx", .. arguments])).ExitCode);

    private string Predictions() => string.Concat(
        Directory.GetFiles(folder.At("series"), "predictions.csv", SearchOption.AllDirectories).Select(File.ReadAllText));

    private async Task ExtractAsync()
    {
        CommandResult extracted = await CommandLine.RunAsync("extract", folder.At("sounds"), "-o", table, "-q", "--no-cache");
        Assert.Equal(ExitCode.Success, extracted.ExitCode);
    }

    private Task<CommandResult> TrainAsync(string features, string models, params string[] more) => CommandLine.RunAsync(
    [
        "train", "--dataset", corpus, "--features", features, "--models", models, "--protocols", "random",
        "-k", "2", "--out", folder.At("runs"), "-q", "--no-cache", .. more,
    ]);
}
