using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>Networks of layers on the command line.</summary>
public sealed class DeepNetworkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_model_file_tells_its_layers()
    {
        await TrainAsync("deep", "deep.layers=image, conv 4 3x3 stride 2x2, relu, maxpool 4x4", "deep.epochs=1");

        CommandResult result = await CommandLine.RunAsync("inspect", folder.At("runs/last/model.onnx"));

        Assert.Contains("layers for valence, arousal", result.Output, StringComparison.Ordinal);
        Assert.Contains("│ Conv 3×3, 4, stride 2×2 │ 11×32×4 │         40 │", result.Output, StringComparison.Ordinal);
        Assert.Contains("│ all                     │", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Layers_that_do_not_fit_are_told_before_anything_is_extracted()
    {
        CommandResult result = await TrainAsync("deep", "deep.layers=maxpool 20, conv 4 3 valid");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Equal(
            "error: deep on logmel64@0.5s: Layer 2, Conv 3, 4 on 64: the kernel is larger than its input; use a smaller one, "
            + "less pooling, or padding.",
            result.Error.Trim());
    }

    [Fact]
    public async Task A_learner_of_rows_is_refused_before_anything_is_extracted()
    {
        CommandResult result = await TrainAsync("svr");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.StartsWith(
            "error: svr on logmel64@0.5s: 'svr' learns from rows of features", result.Error, StringComparison.Ordinal);
    }

    private Task<CommandResult> TrainAsync(string model, params string[] settings) => CommandLine.RunAsync(
    [
        "train", "--dataset", SoundCorpus.Write(folder), "--models", model, "--features", "logmel64@0.5s",
        "--protocols", "random", "-k", "2", "--out", folder.At("runs"), "-q",
        .. settings.SelectMany(setting => new[] { "--set", setting }),
    ]);
}
