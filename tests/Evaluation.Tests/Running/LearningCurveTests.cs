using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using SerLab.Reports;
using SerLab.Training.Neural.Deep;
using SerLab.Training.Neural.Layers;
using Xunit;

namespace SerLab.Evaluation.Tests.Running;

/// <summary>What a run keeps of models that learn in epochs.</summary>
public sealed class LearningCurveTests : IDisposable
{
    private static readonly RunInputs Inputs = TestRuns.OfClasses() with
    {
        Learners =
        [
            new SeededLearner("seeded"),
            new DeepNetworkLearner(
                new DeepNetworkOptions { Layers = LayerList.Parse("dense 4, relu"), Epochs = 6, Patience = 2 }),
        ],
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Curves_are_kept_per_fold_and_do_not_depend_on_threads()
    {
        CompletedRun run = TestRuns.Run(Inputs, folder["one"]);
        TestRuns.Run(Inputs, folder["three"], threads: 3);

        Assert.Equal(6, run.Record.Learning.Count);
        Assert.All(run.Record.Learning, learning => Assert.Equal("deep", learning.Task.Model));
        Assert.Equal(TestRuns.Read(folder["one"]), TestRuns.Read(folder["three"]));
        Assert.Equal(
            RecordJson.Text(run.Record.Learning), RecordJson.Text(RunRecord.Read(folder["three"]).Learning));
    }

    [Fact]
    public void A_run_without_epochs_has_no_file_of_curves()
    {
        TestRuns.Run(TestRuns.OfClasses(), folder["plain"]);

        Assert.False(File.Exists(Path.Combine(folder["plain"], RunFiles.Learning)));
    }

    [Theory, InlineData("changed"), InlineData("lost"), InlineData("swapped"), InlineData("cut")]
    public void A_file_of_curves_that_is_not_the_runs_own_is_found(string how)
    {
        TestRuns.Run(Inputs, folder["run"]);
        TestRuns.Damage(Path.Combine(folder["run"], RunFiles.Learning), how, "0.6", "0.5");

        VerificationResult result = RunVerifier.Verify(folder["run"]);

        Assert.Contains(result.Mismatches, mismatch => mismatch.File == RunFiles.Learning);
    }

    [Fact]
    public void The_report_draws_every_fold_of_the_headline_protocol()
    {
        string report = HtmlReport.Render(TestRuns.Run(Inputs).Figures);

        Assert.Contains("How deep learns class (grouped)", report, StringComparison.Ordinal);
        Assert.DoesNotContain("How deep learns class (random)", report, StringComparison.Ordinal);
        Assert.Contains("fold 2, epoch", report, StringComparison.Ordinal);
    }
}
