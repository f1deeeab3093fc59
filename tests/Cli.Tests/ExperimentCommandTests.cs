using System.Text.Json;
using SerLab.Evaluation.Experiments;
using SerLab.Features.FeatureSets;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Cli.Tests;

public sealed class ExperimentCommandTests : IDisposable
{
    private const string Experiment =
        """
        name: small
        corpus: emo-soundscapes
        features: emo74
        targets: [arousal]
        protocols: [thesis, grouped]
        folds: 5
        learners:
          svr: {scaler: none}
          ridge: {alpha: 1}
        published:
          source: Nobody (1999)
          clips: 60
          protocol: thesis
          figures:
            - {learner: svr, target: arousal, r2: {mean: 0.5, std: 5}}
            - {learner: ridge, target: arousal, r2: {mean: 9, std: 0.1}}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("serlab-cli-").FullName;

    public ExperimentCommandTests()
    {
        IEnumerable<string> names = FeatureSetCatalogue.BuiltIn.Get("meyda74").Names;
        FakeEmoSoundscapes.Write(At("data/emo-soundscapes"), [.. names, .. Enumerable.Range(0, 48).Select(i => $"other_{i}")]);
        File.WriteAllText(At("small.yaml"), Experiment);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_experiment_in_a_file_is_run_and_judged()
    {
        CommandResult run =
            await CommandLine.RunAsync("run", At("small.yaml"), "--data", At("data"), "--out", At("out"), "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Messages));
        Assert.Contains("LEAK in thesis (emo74): Models were scored", await Thesis(), StringComparison.Ordinal);
        Assert.Contains("reproduced", run.Output, StringComparison.Ordinal);
        Assert.Contains("differs", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            ReproductionText.VerdictRule,
            string.Join(' ', run.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        string series = Assert.Single(Directory.GetDirectories(At("out")));
        Assert.True(File.Exists(Path.Combine(series, SeriesFolder.Text)));
        string figure = File.ReadAllText(Path.Combine(series, "arousal-emo74.svg"));
        string[] shown = ["R&#178; of arousal, emo74", ">thesis<", ">grouped<", ">svr<", ">published, thesis<"];
        Assert.All(shown, text => Assert.Contains(text, figure, StringComparison.Ordinal));

        CommandResult verified = await CommandLine.RunAsync("verify", Path.Combine(series, "emo74"));
        Assert.Equal(0, verified.ExitCode);

        async Task<string> Thesis()
        {
            File.WriteAllText(
                At("both.yaml"),
                Experiment.Replace("ridge: {alpha: 1}", "ridge: {}\n  mlp: {epochs: 1}", StringComparison.Ordinal));
            string[] arguments = ["run", At("both.yaml"), "--data", At("data"), "--out", At("both"), "-q"];
            return (await CommandLine.RunAsync(arguments)).Output.ReplaceLineEndings(" ");
        }
    }

    [Fact]
    public async Task The_outcome_is_one_document_of_json()
    {
        CommandResult run =
            await CommandLine.RunAsync("run", At("small.yaml"), "--data", At("data"), "--out", At("out"), "--json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal("small", json.RootElement.GetProperty("name").GetString());
        JsonElement figure = json.RootElement.GetProperty("figures")[0];
        Assert.Equal("reproduced", figure.GetProperty("comparison").GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Settings_on_the_command_line_change_the_figures_and_are_told()
    {
        string[] arguments = ["run", At("small.yaml"), "--data", At("data"), "--out", At("out"), "--json"];

        Reproduction plain = SeriesFiles.FromJson((await CommandLine.RunAsync(arguments)).Output);
        Reproduction changed = SeriesFiles.FromJson((await CommandLine.RunAsync(
            [.. arguments, "--set", "svr.c=0.01", "--set", "folds=4", "--set", "seeds=2"])).Output);

        Assert.Equal(["svr.c=0.01", "folds=4", "seeds=2"], changed.Overrides);
        Assert.Equal(2, changed.Runs.Count);
        Assert.Equal(4, changed.Figures[0].Seeds[0].Folds.Count);
        Assert.NotEqual(plain.Figures[0].Pooled, changed.Figures[0].Pooled);
    }

    [Theory]
    [InlineData(2, "Did you mean 'thesis'?", "reproduce", "thesys")]
    [InlineData(2, "Did you mean 'ridge'?", "run", "small.yaml", "--set", "rigde.alpha=1")]
    [InlineData(2, "a whole number from 2 to 1000", "run", "small.yaml", "--set", "folds=1")]
    [InlineData(2, "a whole number from 1 to 1000", "run", "small.yaml", "--set", "seeds=0")]
    [InlineData(2, "--threads is 0", "run", "small.yaml", "--threads", "0")]
    [InlineData(1, "ridge.alpha is -1", "run", "small.yaml", "--set", "ridge.alpha=-1")]
    [InlineData(1, "There is no file", "run", "none.yaml")]
    public async Task A_wrong_command_is_one_sentence_and_an_exit_code(int code, string problem, params string[] arguments)
    {
        CommandResult run = await CommandLine.RunAsync(
        [
            .. arguments.Select(a => a.EndsWith(".yaml", StringComparison.Ordinal) ? At(a) : a),
            "--data", At("data"), "--out", At("out"), "-q",
        ]);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(problem, run.Messages.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task The_thesis_on_other_clips_has_no_verdict()
    {
        CommandResult run = await CommandLine.RunAsync("reproduce", "thesis", "--data", At("data"), "--out", At("out"), "-q");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("OTHER DATA, NO VERDICT", run.Output, StringComparison.Ordinal);
        Assert.Contains("1,213 clips; here are 60", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("reproduced", run.Output, StringComparison.Ordinal);
        Assert.Contains("0.794 ± 0.031", run.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public async Task Ten_clips_are_too_few_for_the_thesis()
    {
        string sample = ReferenceData.Require("data", "emo-soundscapes-sample");

        CommandResult run = await CommandLine.RunAsync("reproduce", "thesis", "--data", sample, "--out", At("out"), "-q");

        Assert.Equal(1, run.ExitCode);
        string messages = run.Messages.ReplaceLineEndings(" ");
        Assert.Contains("cannot run on the 10 clips of corpus 'emo-soundscapes'", messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("out")));
    }

    private string At(string path) => Path.Combine([folder, .. path.Split('/')]);
}
