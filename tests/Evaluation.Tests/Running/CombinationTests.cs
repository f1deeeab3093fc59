using SerLab.Evaluation.Running;
using SerLab.Training.Ensembles;
using SerLab.Training.Learners;
using SerLab.Training.Pipelines;
using Xunit;

namespace SerLab.Evaluation.Tests.Running;

/// <summary>A model that combines others of the run answers what follows from their answers, and they are fitted once.</summary>
public class CombinationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_mean_of_compared_models_is_the_mean_of_their_answers_and_nothing_is_fitted_twice(int threads)
    {
        List<string> fits = [];
        CompletedRun run = TestRuns.Run(With(TestRuns.OfClasses(), name =>
        {
            lock (fits)
            {
                fits.Add(name);
            }
        }), threads: threads);

        Assert.All(run.Record.Predictions.Where(p => p.Task.Model == "both"), both =>
        {
            double[][] parts = [.. new[] { "first", "second" }.Select(name =>
                run.Record.Predictions.Single(p => p.Task == both.Task with { Model = name }).Predictions.Probabilities)];
            Assert.Equal(parts[0].Zip(parts[1], (a, b) => (a + b) / 2), both.Predictions.Probabilities);
        });
        Assert.Equal(run.Record.Predictions.Count(p => p.Task.Model is "first" or "second"), fits.Count);
    }

    [Fact]
    public void Models_that_are_not_compared_are_fitted_for_it()
    {
        List<string> fits = [];
        RunInputs inputs = With(TestRuns.OfClasses(), fits.Add);
        TestRuns.Run(inputs with { Learners = [inputs.Learners[2]] });

        Assert.Equal(fits.Count / 2, fits.Count(name => name == "second"));
        Assert.NotEmpty(fits);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        TestRuns.Run(With(TestRuns.OfClasses()), folder["one"], threads: 1);
        TestRuns.Run(With(TestRuns.OfClasses()), folder["four"], threads: 4);

        Assert.Equal(TestRuns.Read(folder["one"]), TestRuns.Read(folder["four"]));
    }

    private static RunInputs With(RunInputs inputs, Action<string>? onFit = null)
    {
        ILearner[] parts = [new SeededLearner("first", onFit), new SeededLearner("second", onFit)];
        return inputs with { Learners = [.. parts, new Pipeline("both", [], new AverageLearner(parts))] };
    }
}
