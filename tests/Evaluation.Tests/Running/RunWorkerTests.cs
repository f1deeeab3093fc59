using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using Xunit;

namespace SerLab.Evaluation.Tests.Running;

/// <summary>A plan done by several workers ends as the same run in one process does.</summary>
public sealed class RunWorkerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RunPlan plan = RunPlanner.Plan(TestRuns.Ratings(), "serlab train");

    public RunWorkerTests() => Directory.CreateDirectory(folder["run"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tasks_have_stable_identities()
    {
        Assert.Equal(24, plan.Tasks.Count);
        Assert.Equal("random/valence/mean/0", plan.Tasks[0].Id);
        Assert.Equal("grouped/arousal/seeded/2", plan.Tasks[^1].Id);
        Assert.Equal(24, plan.Tasks.Select(task => task.Id).Distinct().Count());
        Assert.Equal("a%2Fb/c/d%252F/1", new FoldTask("a/b", "c", "d%2F", 1).Id);
    }

    [Fact]
    public void A_plan_survives_being_written_and_read()
    {
        RunPlan read = RunPlan.FromJson(plan.ToJson());

        Assert.Equal(plan.Hash, read.Hash);
        Assert.Equal(plan.Tasks, read.Tasks);
        Assert.Equal(plan.FoldOf(plan.Tasks[7]).Test, read.FoldOf(read.Tasks[7]).Test);
        Assert.NotEqual(plan.Hash, RunPlanner.Plan(TestRuns.Ratings() with { Seed = 6 }, "serlab train").Hash);
    }

    [Fact]
    public void Any_division_of_the_tasks_in_any_order_ends_with_the_same_bytes()
    {
        TestRuns.Run(TestRuns.Ratings(), folder["whole"]);
        FoldTask[] tasks = [.. plan.Tasks];
        new SeededRandom(3).Shuffle<FoldTask>(tasks);

        Assert.Equal(5, Work("c", tasks[..5]));
        Assert.Equal(11, Work("a", tasks[5..16]));
        Assert.Equal(8, Work("b", tasks));
        CompletedRun run = Runner.Finish(RunPlan.FromJson(plan.ToJson()), folder["run"], TestRuns.In(null));

        Assert.Empty(run.Differences);
        Assert.Equal(TestRuns.Read(folder["whole"]), TestRuns.Read(folder["run"]));
        Assert.Empty(Directory.GetFiles(folder["run"], "journal-*"));
        Assert.True(RunVerifier.Verify(folder["run"]).Passed);
    }

    [Fact]
    public void A_worker_that_was_stopped_resumes_its_own_journal()
    {
        Work("a", plan.Tasks.Take(4));
        string journal = folder["run/journal-a.jsonl"];
        File.WriteAllText(journal, File.ReadAllText(journal)[..^5]);

        Assert.Equal(1, Work("a", plan.Tasks.Take(4)));
    }

    [Fact]
    public void A_single_process_goes_on_where_workers_stopped()
    {
        Work("a", plan.Tasks.Take(4));

        CompletedRun run = TestRuns.Run(TestRuns.Ratings(), folder["run"]);

        Assert.Equal(4, run.ResumedTasks);
        Assert.Empty(Directory.GetFiles(folder["run"], "journal-*"));
    }

    [Fact]
    public void Missing_tasks_are_named()
    {
        Work("a", plan.Tasks.Skip(2));

        Assert.Equal(plan.Tasks.Take(2), RunMerge.Read(plan, folder["run"]).Missing);
        InvalidInputException error =
            Assert.Throws<InvalidInputException>(() => Runner.Finish(plan, folder["run"], TestRuns.In(null)));
        Assert.Contains("2 of 24 tasks", error.Message, StringComparison.Ordinal);
        Assert.Contains("random/valence/mean/0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outcomes_that_differ_are_noted_and_the_choice_does_not_depend_on_the_order()
    {
        double[] truth = new double[plan.FoldOf(plan.Tasks[0]).Test.Length];
        FoldOutcome Outcome(double predicted, double seconds) =>
            new(plan.Tasks[0], truth, Array.ConvertAll(truth, _ => predicted), [], seconds, seconds, null, []);

        (string, IReadOnlyList<FoldOutcome>) a = ("a", [Outcome(0.5, 1)]);
        (string, IReadOnlyList<FoldOutcome>) b = ("b", [Outcome(0.5, 2)]);
        (string, IReadOnlyList<FoldOutcome>) c = ("c", [Outcome(Math.BitIncrement(0.5), 1)]);

        Assert.Empty(new RunMerge(plan, [a, b]).Differences);
        string difference = Assert.Single(new RunMerge(plan, [c, b]).Differences);
        Assert.Equal([difference], new RunMerge(plan, [b, c]).Differences);
        Assert.Contains("random/valence/mean/0", difference, StringComparison.Ordinal);
        Assert.Contains("'b', which is taken", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_refuses_other_inputs_a_strange_name_and_a_journal_in_use()
    {
        Assert.Contains(
            "make it again",
            Assert.Throws<InvalidInputException>(() => RunWorker.Run(
                plan, TestRuns.Ratings() with { Seed = 6 }, plan.Tasks, folder["run"], "a", TestRuns.In(null))).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidInputException>(() => Work("a/b", plan.Tasks));
        using FileStream open = new(folder["run/journal-a.jsonl"], FileMode.CreateNew, FileAccess.Write, FileShare.None);
        Assert.Throws<InvalidInputException>(() => Work("a", plan.Tasks));
    }

    [Fact]
    public void A_plan_that_calls_the_classes_otherwise_is_refused_by_both_names()
    {
        RunInputs unnamed = TestRuns.OfClasses();
        Corpus called = TestRuns.Classes with { ClassName = "mood" };
        RunInputs named = unnamed with { Corpus = called, Targets = [TargetValues.Class(called)] };

        string message = Assert.Throws<InvalidInputException>(() => RunWorker.Run(
            RunPlanner.Plan(unnamed), named, [], folder["run"], "a", TestRuns.In(null))).Message;

        Assert.Contains("to predict class, and here that is mood;", message, StringComparison.Ordinal);
    }

    private int Work(string worker, IEnumerable<FoldTask> tasks) =>
        RunWorker.Run(plan, TestRuns.Ratings(), tasks, folder["run"], worker, TestRuns.In(null, threads: 2));
}
