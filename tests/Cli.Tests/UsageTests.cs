using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("trian", "train", "extract, data")]
    [InlineData("data lst", "list", "get, check")]
    [InlineData("train --modles svr", "--models", "--kfold")]
    [InlineData("train --dataset isdd", "isd", "synthetic")]
    [InlineData("extract --features meyda75 TONE", "meyda74", "librosa180")]
    [InlineData("data check ravdes-speech", "ravdess-speech", "isd")]
    [InlineData("train --dataset TINY --models forst", "forest", "boosting")]
    [InlineData("train --dataset TINY --models svr --set svr.Gama=1", "gamma", "epsilon")]
    [InlineData("train --dataset TINY --models svr,ridge --set rigde.alpha=1", "ridge", "svr")]
    [InlineData("train --dataset TINY --models svr --set svr.scaler=standart", "standard", "minmax")]
    [InlineData("train --dataset TINY --targets arusal", "arousal", "valence")]
    [InlineData("search --dataset TINY --model svr --grid svr.C=1,2 --metric r3", "r2", "ccc")]
    [InlineData("search --dataset TINY --model svr --grid svr.gama=1,2", "gamma", "epsilon")]
    [InlineData("train --dataset TINY --groups plase", "place", "plase")]
    [InlineData("train --dataset TINY --protocols groupd", "grouped", "random")]
    [InlineData("train --dataset synthetic --features meyda75", "meyda74", "librosa180")]
    public async Task An_unknown_name_is_answered_with_the_nearest_one_and_the_list(string command, string nearest, string listed)
    {
        CommandResult result = await CommandLine.RunAsync(Split(command));

        Assert.Equal((ExitCode.Usage, ""), (result.ExitCode, result.Output));
        Assert.Contains($"Did you mean '{nearest}'?", result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(listed, result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("train --models svx", "There is no model 'svx'.")]
    [InlineData("train --models svx:voice310", "There is no model 'svx'.")]
    [InlineData("train --protocols groupd", "There is no protocol 'groupd'.")]
    [InlineData("train --protocols enrolled", "Protocol 'enrolled' needs")]
    [InlineData("search --model svx --grid svx.C=1,2", "There is no model 'svx'.")]
    [InlineData("train --models svc", "The corpus 'ravdess-speech' is not in")]
    public async Task A_wrong_name_does_not_wait_for_the_corpus(string command, string expected)
    {
        CommandResult result = await CommandLine.RunAsync(
            [.. command.Split(' '), "--dataset", "ravdess-speech", "--data", folder.At("none")]);

        Assert.Equal("", result.Output);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train --dataset TINY --models mean,fasttree")]
    [InlineData("search --dataset TINY --model fasttree --grid fasttree.trees=10,20")]
    public async Task A_learner_of_the_ML_NET_program_is_answered_with_the_command_that_has_it(string command)
    {
        CommandResult result = await CommandLine.RunAsync(Split(command));

        Assert.Equal((ExitCode.Usage, ""), (result.ExitCode, result.Output));
        Assert.Contains("'fasttree' is one of ML.NET's", result.Error, StringComparison.Ordinal);
        Assert.Contains($"dotnet run -c Release --project src/MLNet -- {command.Split(' ')[0]} --dataset", result.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Known:", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("learners: [ridge, fasttree]")]
    [InlineData("learners: {fasttree: {trees: 10}}")]
    [InlineData("learners: {few: {learner: fasttree, trees: 10}}")]
    [InlineData("learners: {stacking: {members: 'ridge,fasttree'}}")]
    public async Task A_learner_of_the_ML_NET_program_in_a_file_is_answered_with_the_same_command(string learners)
    {
        string file = folder.Write(
            "experiment.yaml", $"name: trees\ncorpus: {TinyCorpus.Write(folder)}\ntargets: [valence]\n{learners}\n");

        CommandResult result = await CommandLine.RunAsync("run", file);

        Assert.Equal((ExitCode.Usage, ""), (result.ExitCode, result.Output));
        Assert.Contains("'fasttree' is one of ML.NET's", result.Error, StringComparison.Ordinal);
        Assert.Contains("dotnet run -c Release --project src/MLNet -- run ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Known:", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train --kfold many", "--kfold")]
    [InlineData("train --kfold 1 --dataset TINY", "--kfold is 1; expected 2 or more.")]
    [InlineData("train --threads 0 --dataset TINY", "--threads is 0; expected 1 or more.")]
    [InlineData("train --seed -1 --dataset TINY", "--seed is -1; expected 0 or more.")]
    [InlineData("train --dataset TINY --set svr", "MODEL.SETTING=VALUE")]
    [InlineData("extract", "CLIPS")]
    [InlineData("verify", "RUN")]
    [InlineData("data", "list, get, check")]
    public async Task A_command_line_that_does_not_fit_says_what_was_expected(string command, string expected)
    {
        CommandResult result = await CommandLine.RunAsync(Split(command));

        Assert.Equal((ExitCode.Usage, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train --dataset TINY --kfold 100", "48")]
    [InlineData("train --dataset TINY --models ridge,mean,ridge", "The model 'ridge' is named twice; name each model once.")]
    [InlineData("train --dataset TINY --models svr --set svr.C=-1", "svr.c is -1; expected more than 0.")]
    [InlineData("train --dataset TINY --models svr --set svr.C=much", "much")]
    [InlineData("train --dataset nowhere.csv", "nowhere.csv")]
    [InlineData("train --dataset isd --data nowhere", "nowhere")]
    [InlineData("train --data nowhere", "nowhere")]
    [InlineData("reproduce thesis --data nowhere", "There is no folder 'nowhere'")]
    [InlineData("extract nowhere", "There is no file or folder 'nowhere'.")]
    [InlineData("verify nowhere", "There is no run folder 'nowhere'.")]
    [InlineData("verify .", "'.' is not the folder of a run: it has no run.json, folds.jsonl, predictions.csv")]
    public async Task What_cannot_be_done_is_said_in_one_sentence(string command, string expected)
    {
        bool trains = command.StartsWith("train", StringComparison.Ordinal);
        CommandResult result = await CommandLine.RunAsync(
            [.. Split(command), .. trains ? new[] { "--quiet", "--out", folder.At("runs") } : []]);

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_among_the_labels_is_reported_with_file_and_line()
    {
        string description = TinyCorpus.Write(folder);
        string table = folder.At("tiny/labels.csv");
        string[] lines = File.ReadAllLines(table);
        lines[7] = "clip06.wav,calm,0.5,place6,1,2,3";
        File.WriteAllLines(table, lines);

        CommandResult result = await CommandLine.RunAsync("train", "--dataset", description, "--out", folder.At("runs"));

        Assert.Equal((ExitCode.Failed, ""), (result.ExitCode, result.Output));
        Assert.Contains("calm", result.Error, StringComparison.Ordinal);
        Assert.Contains("labels.csv", result.Error, StringComparison.Ordinal);
        Assert.Contains("ine 8", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("runs")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("train")]
    [InlineData("search")]
    [InlineData("extract")]
    [InlineData("data")]
    [InlineData("data list")]
    [InlineData("data get")]
    [InlineData("data check")]
    [InlineData("verify")]
    [InlineData("run")]
    [InlineData("reproduce")]
    [InlineData("predict")]
    [InlineData("inspect")]
    [InlineData("import")]
    [InlineData("notebook")]
    [InlineData("notebook run")]
    public async Task Help_of_every_command_exits_with_0_and_shows_examples(string command)
    {
        CommandResult result = await CommandLine.RunAsync([.. Split(command), "--help"]);

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Messages));
        Assert.Contains("Examples:", result.Output, StringComparison.Ordinal);
        Assert.Contains($"  {(command.Length > 0 ? command : "train")}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_promises_what_the_program_does_and_no_more()
    {
        CommandResult result = await CommandLine.RunAsync("--help");

        Assert.DoesNotContain("cannot lie", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data")]
    public async Task A_list_of_commands_says_one_sentence_of_each(string command)
    {
        string output = (await CommandLine.RunAsync([.. Split(command), "--help"])).Output;
        string list = output[output.IndexOf("Commands:", StringComparison.Ordinal)..];

        Assert.DoesNotContain("Examples:", list, StringComparison.Ordinal);
        Assert.All(
            list.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1),
            line => Assert.EndsWith(".", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_any_argument_the_help_is_shown() =>
        Assert.Equal(await CommandLine.RunAsync("--help"), await CommandLine.RunAsync());

    private string[] Split(string command) =>
    [
        .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word switch
        {
            "TINY" => TinyCorpus.Write(folder),
            "TONE" => TinyCorpus.WriteTone(folder, "tone.wav", 440),
            _ => word,
        }),
    ];
}
