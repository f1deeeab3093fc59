using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using SerLab.Training.Linear;
using Xunit;

namespace SerLab.Evaluation.Tests.Figures;

public sealed class UnconvergedFitsTests
{
    [Fact]
    public void Fits_that_stopped_at_their_last_step_are_counted_once_for_the_run_and_kept_in_its_record()
    {
        using TemporaryFolder folder = new();
        RunInputs inputs = TestRuns.OfClasses() with
        {
            Learners =
            [
                new SeededLearner("first"),
                new LogisticRegressionLearner(new LogisticRegressionOptions { MaxIterations = 1, C = 1000 }),
            ],
        };

        CompletedRun run = TestRuns.Run(inputs, folder.At("run"));

        UnconvergedFits found = Assert.Single(UnconvergedFits.Of(run.Record));
        Assert.Equal(new UnconvergedFits("logistic", 6, 6), found);
        Assert.Equal(found, Assert.Single(UnconvergedFits.Of(RunRecord.Read(folder.At("run")))));
        Assert.True(RunVerifier.Verify(folder.At("run")).Passed);
    }

    [Fact]
    public void Where_all_converge_nothing_is_said_and_nothing_is_kept()
    {
        RunInputs inputs = TestRuns.OfClasses() with
        {
            Learners = [new LogisticRegressionLearner(new LogisticRegressionOptions { MaxIterations = 1000 })],
        };

        CompletedRun run = TestRuns.Run(inputs);

        Assert.Empty(UnconvergedFits.Of(run.Record));
        Assert.Empty(run.Record.Learning);
    }
}
