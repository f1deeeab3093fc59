using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>Feature sets of different forms side by side, from train to predict.</summary>
public sealed class SideBySideTests : IDisposable
{
    private const string Fused = "average(ridge:meyda74, kernels:logmel64@0.5s)";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Models_of_rows_and_of_images_are_averaged_kept_and_asked_again()
    {
        CommandResult trained = await TrainAsync(Fused);
        CommandResult verified = await CommandLine.RunAsync("verify", folder.At("runs/last"));
        CommandResult predicted =
            await CommandLine.RunAsync("predict", folder.At("runs/last/model.onnx"), folder.At("sounds"), "-q");
        CommandResult inspected = await CommandLine.RunAsync("inspect", folder.At("runs/last/model.onnx"));

        Assert.Equal((ExitCode.Success, ""), (trained.ExitCode, trained.Error));
        Assert.Equal((ExitCode.Success, ExitCode.Success), (verified.ExitCode, predicted.ExitCode));
        Assert.Equal(SoundCorpus.Clips + 1, predicted.Output.Trim().Split('\n').Length);
        Assert.Contains("float [batch, 1482]", inspected.Output, StringComparison.Ordinal);
        Assert.Contains("1,482 features", File.ReadAllText(folder.At("runs/last/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_reaches_a_model_whose_name_has_a_dot_and_the_average_it_is_part_of()
    {
        CommandResult few = await TrainAsync($"kernels:logmel64@0.5s,{Fused}", "kernels:logmel64@0.5s.kernels=12");
        string run = File.ReadAllText(folder.At("runs/last/run.json"));

        Assert.Equal(ExitCode.Success, few.ExitCode);
        Assert.Contains("\"kernels:logmel64@0.5s.kernels\": \"12\"", run, StringComparison.Ordinal);
        Assert.Contains($"\"{Fused}.kernels:logmel64@0.5s.kernels\": \"12\"", run, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_rows_is_refused_what_holds_an_image_too()
    {
        CommandResult result = await TrainAsync("svr");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("'svr' learns from rows of features, but these examples are 1482 values", result.Error);
    }

    private Task<CommandResult> TrainAsync(string models, params string[] settings) => CommandLine.RunAsync(
    [
        "train", "--dataset", SoundCorpus.Write(folder), "--features", "meyda74+logmel64@0.5s", "--models", models,
        "--protocols", "random", "-k", "2", "--out", folder.At("runs"), "-q",
        .. settings.SelectMany(setting => new[] { "--set", setting }),
    ]);
}
