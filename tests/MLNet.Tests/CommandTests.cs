using SerLab.Cli.Commands;
using SerLab.Cli.Hosting;
using SerLab.Cli.Tests;
using SerLab.Evaluation.Running;
using SerLab.MLNet.Learners;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>The command line with ML.NET's learners, and what the one without says of them.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly Workbench MLNet = new()
    {
        Catalogues = Catalogues.BuiltIn with { Learners = MLNetLearners.Catalogue },
        Invocation = MLNetProgram.Invocation,
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void SerLabs_own_program_knows_which_learners_this_one_has() =>
        Assert.Equal(MLNetLearners.All.Select(learner => learner.Name).Order(), MLNetProgram.Learners.Order());

    [Fact]
    public async Task A_best_model_that_cannot_be_exported_is_a_warning_and_the_run_is_whole()
    {
        CommandResult trained = await TrainAsync();
        CommandResult verified = await CommandLine.RunAsync(MLNet, "verify", folder.At("runs/last"));

        Assert.Equal((ExitCode.Success, ExitCode.Success), (trained.ExitCode, verified.ExitCode));
        Assert.Contains("warning: No model is exported, but the run is complete. ML.NET cannot write Gam", trained.Error,
            StringComparison.Ordinal);
        Assert.Contains("gam", trained.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("runs/last/model.onnx")));
    }

    [Fact]
    public async Task An_experiment_file_names_trainers_of_MLNet_and_its_run_is_verified()
    {
        string file = folder.Write("trees.yaml", $$"""
            name: trees
            corpus: {{TinyCorpus.Write(folder)}}
            targets: [valence]
            protocols: [grouped]
            folds: 3
            learners:
              few: {learner: fasttree, trees: 5, minimumRowsPerLeaf: 3}
              fastforest: {trees: 5}
              stacking: {members: "sdca,ridge"}
              mean: {}
            """);

        CommandResult ran = await CommandLine.RunAsync(MLNet, "run", file, "--out", folder.At("runs"), "--quiet");

        Assert.Equal((ExitCode.Success, ""), (ran.ExitCode, ran.Error));
        Assert.All(["few", "fastforest", "stacking"], name => Assert.Contains(name, ran.Output, StringComparison.Ordinal));
        string run = Assert.Single(Directory.GetDirectories(folder.At("runs")));
        CommandResult verified = await CommandLine.RunAsync(
            MLNet, "verify", Assert.Single(Directory.GetDirectories(run, "*", SearchOption.AllDirectories), IsRun));
        Assert.Equal(ExitCode.Success, verified.ExitCode);

        static bool IsRun(string path) => File.Exists(Path.Combine(path, "run.json"));
    }

    private Task<CommandResult> TrainAsync() => CommandLine.RunAsync(
        MLNet,
        [
            "train", "--dataset", TinyCorpus.Write(folder), "--models", "gam", "--set", "gam.rounds=20", "--kfold", "3",
            "--out", folder.At("runs"),
        ]);
}
