using FsCheck;
using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Evaluation.Comparisons;
using SerLab.Evaluation.Runs;
using Xunit;

namespace SerLab.Evaluation.Tests.Runs;

public class RunTests
{
    [Fact]
    public void Any_number_of_threads_gives_the_same_bytes()
    {
        using TemporaryFolder folder = new();

        ComparisonRun.Execute(TestRuns.Regression(folder["one"], threads: 1));
        ComparisonRun.Execute(TestRuns.Regression(folder["four"], threads: 4));

        Assert.Equal(TestRuns.Read(folder["one"]), TestRuns.Read(folder["four"]));
    }

    [Fact]
    public void A_run_in_memory_has_the_figures_of_one_in_a_folder()
    {
        using TemporaryFolder folder = new();

        CompletedRun kept = ComparisonRun.Execute(TestRuns.Classification(folder["run"]));
        CompletedRun passing = ComparisonRun.Execute(TestRuns.Classification(null));

        Assert.Null(passing.Folder);
        Assert.Equal(FigureFiles.Metrics(kept.Comparison), FigureFiles.Metrics(passing.Comparison));
    }

    [Fact]
    public void All_models_of_a_protocol_see_the_same_folds()
    {
        CompletedRun run = ComparisonRun.Execute(TestRuns.Regression(null));

        Assert.All(
            run.Predictions.GroupBy(p => (p.Protocol, p.Target, p.Fold)),
            same => Assert.Single(same.Select(p => string.Join(',', p.Clips)).Distinct()));
    }

    [Fact]
    public void A_comparison_has_rows_gaps_and_corrected_tests()
    {
        Comparison comparison = ComparisonRun.Execute(TestRuns.Regression(null)).Comparison;

        Assert.Equal(8, comparison.Rows.Count);
        ComparisonRow row = comparison.Find("grouped", "valence", "seeded")!;
        Assert.Equal(3, row["mse"].Folds.Count);
        Assert.Equal(row["mse"].Folds.Average(), row["mse"].Mean, 1e-12);
        Assert.InRange(row["mse"].Pooled, row["mse"].Interval.Low, row["mse"].Interval.High);
        ProtocolGap gap = comparison.Gaps.First(g => g is { Target: "valence", Model: "seeded", Metric.Name: "mse" });
        Assert.Equal(("random", "grouped"), (gap.Naive, gap.Honest));
        Assert.Equal(row["mse"].Pooled - comparison.Find("random", "valence", "seeded")!["mse"].Pooled, gap.Flattery, 1e-12);
        Assert.All(comparison.Tests, test => Assert.True(test.HolmPValue >= test.Result.PValue));
        Assert.Equal(8, comparison.Tests.Count);
    }

    [Fact]
    public void A_journal_cut_at_any_byte_leads_to_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        ComparisonRun.Execute(TestRuns.Regression(folder["whole"]));
        Dictionary<string, string> whole = TestRuns.Read(folder["whole"]);
        byte[] journal = InterruptAtTheEnd(folder["cut"]);

        Prop.ForAll(Gen.Choose(0, journal.Length).ToArbitrary(), length =>
        {
            string cut = folder[$"cut-{length}"];
            if (Directory.Exists(cut))
            {
                return;
            }

            Directory.CreateDirectory(cut);
            File.WriteAllBytes(Path.Combine(cut, "journal.jsonl"), journal[..length]);
            int header = Array.IndexOf(journal, (byte)'\n') + 1;
            if (length < header)
            {
                Assert.Throws<InvalidInputException>(() => ComparisonRun.Execute(TestRuns.Regression(cut)));
                return;
            }

            CompletedRun resumed = ComparisonRun.Execute(TestRuns.Regression(cut, threads: 2));

            Assert.Equal(journal[..length].Count(b => b == '\n') - 1, resumed.ResumedFolds);
            Assert.Equal(whole, TestRuns.Read(cut));
            Assert.False(File.Exists(Path.Combine(cut, "journal.jsonl")));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_journal_with_a_flipped_bit_is_used_up_to_there()
    {
        using TemporaryFolder folder = new();
        ComparisonRun.Execute(TestRuns.Regression(folder["whole"]));
        byte[] journal = InterruptAtTheEnd(folder["cut"]);
        int third = Array.IndexOf(journal, (byte)'\n', Array.IndexOf(journal, (byte)'\n') + 1) + 60;
        journal[third] ^= 1;
        File.WriteAllBytes(folder["cut/journal.jsonl"], journal);

        CompletedRun resumed = ComparisonRun.Execute(TestRuns.Regression(folder["cut"]));

        Assert.Equal(1, resumed.ResumedFolds);
        Assert.Equal(TestRuns.Read(folder["whole"]), TestRuns.Read(folder["cut"]));
    }

    [Fact]
    public void Finished_folds_are_not_fitted_again()
    {
        using TemporaryFolder folder = new();
        InterruptAtTheEnd(folder["run"]);
        int fits = 0;

        CompletedRun run = ComparisonRun.Execute(TestRuns.Regression(folder["run"], onFit: _ => fits++));

        Assert.Equal(1, fits);
        Assert.Equal(23, run.ResumedFolds);
    }

    [Fact]
    public void An_interrupted_run_is_found_in_the_runs_folder_and_another_configuration_is_not()
    {
        using TemporaryFolder folder = new();
        RunRequest request = TestRuns.Regression(null, onFit: FailAt(12)) with { RunsFolder = folder.Path };
        Assert.Throws<InvalidOperationException>(() => ComparisonRun.Execute(request));
        string interrupted = Assert.Single(Directory.GetDirectories(folder.Path));

        RunRequest again = TestRuns.Regression(null) with { RunsFolder = folder.Path };
        CompletedRun other = ComparisonRun.Execute(again with { Seed = 6 });
        CompletedRun resumed = ComparisonRun.Execute(again);

        Assert.NotEqual(interrupted, other.Folder);
        Assert.Equal(0, other.ResumedFolds);
        Assert.Equal(interrupted, resumed.Folder);
        Assert.True(resumed.ResumedFolds > 0);
        Assert.Equal(2, Directory.GetDirectories(folder.Path).Count(d => new DirectoryInfo(d).LinkTarget is null));
        Assert.True(RunVerifier.Verify(folder["last"]).Passed);
        Assert.Equal(File.ReadAllText(Path.Combine(interrupted, "run.json")), File.ReadAllText(folder["last/run.json"]));
    }

    [Fact]
    public void A_text_pointer_is_followed_like_a_link()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["last"], "20260101-tiny\n");

        Assert.Equal(folder["20260101-tiny"], LastRun.Resolve(folder["last"]));
        Assert.Equal(folder["20260101-tiny/model.onnx"], LastRun.Resolve(folder["last/model.onnx"]));
        Assert.Equal(folder["first/model.onnx"], LastRun.Resolve(folder["first/model.onnx"]));
    }

    [Fact]
    public void A_folder_with_something_else_in_it_is_refused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["letter.txt"], "mine");

        Assert.Throws<InvalidInputException>(() => ComparisonRun.Execute(TestRuns.Regression(folder.Path)));
        Assert.Equal("mine", File.ReadAllText(folder["letter.txt"]));
    }

    [Fact]
    public void Cancellation_stops_a_run_that_then_goes_on()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource source = new();
        int fits = 0;
        RunRequest request = TestRuns.Regression(folder["run"], onFit: _ =>
        {
            if (++fits == 4)
            {
                source.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(() => ComparisonRun.Execute(request, source.Token));
        CompletedRun resumed = ComparisonRun.Execute(TestRuns.Regression(folder["run"]));

        Assert.InRange(resumed.ResumedFolds, 4, 23);
        Assert.True(RunVerifier.Verify(folder["run"]).Passed);
    }

    [Fact]
    public void A_model_that_fails_is_named_with_target_and_fold()
    {
        RunRequest request = TestRuns.Regression(null, onFit: _ => throw new InvalidInputException("It is too small."));

        InvalidInputException error = Assert.Throws<InvalidInputException>(() => ComparisonRun.Execute(request));

        Assert.Equal("seeded on valence, fold 0: It is too small.", error.Message);
    }

    /// <summary>Runs all folds but the last and gives the journal that is left.</summary>
    private static byte[] InterruptAtTheEnd(string folder)
    {
        Assert.Throws<InvalidOperationException>(() => ComparisonRun.Execute(TestRuns.Regression(folder, onFit: FailAt(12))));
        return File.ReadAllBytes(Path.Combine(folder, "journal.jsonl"));
    }

    private static Action<string> FailAt(int fit)
    {
        int fits = 0;
        return _ =>
        {
            if (++fits == fit)
            {
                throw new InvalidOperationException("interrupted");
            }
        };
    }
}
