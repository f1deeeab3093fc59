using System.Text;
using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Evaluation.Tests.Running;

public class RunnerTests
{
    [Fact]
    public void Any_number_of_threads_gives_the_same_bytes()
    {
        using TemporaryFolder folder = new();

        TestRuns.Run(TestRuns.Ratings(), folder["one"], threads: 1);
        TestRuns.Run(TestRuns.Ratings(), folder["four"], threads: 4);

        Assert.Equal(TestRuns.Read(folder["one"]), TestRuns.Read(folder["four"]));
    }

    [Fact]
    public void A_run_in_memory_has_the_figures_of_one_in_a_folder()
    {
        using TemporaryFolder folder = new();

        CompletedRun kept = TestRuns.Run(TestRuns.OfClasses(), folder["run"]);
        CompletedRun passing = TestRuns.Run(TestRuns.OfClasses());

        Assert.Null(passing.Folder);
        Assert.Equal(FigureFiles.Metrics(kept.Figures), FigureFiles.Metrics(passing.Figures));
    }

    [Fact]
    public void All_models_of_a_protocol_see_the_same_folds()
    {
        CompletedRun run = TestRuns.Run(TestRuns.Ratings());

        Assert.All(
            run.Record.Predictions.GroupBy(p => p.Task with { Model = "" }),
            same => Assert.Single(same.Select(p => string.Join(',', p.Clips)).Distinct()));
    }

    [Fact]
    public void A_journal_cut_at_any_byte_leads_to_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        TestRuns.Run(TestRuns.Ratings(), folder["whole"]);
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
            File.WriteAllBytes(JournalIn(cut), journal[..length]);
            CompletedRun resumed = TestRuns.Run(TestRuns.Ratings(), cut, threads: 2);

            Assert.Equal(Math.Max(0, journal[..length].Count(b => b == '\n') - 1), resumed.ResumedTasks);
            Assert.Equal(whole, TestRuns.Read(cut));
            Assert.False(File.Exists(JournalIn(cut)));
        }).Holds();
    }

    [Fact]
    public void A_journal_with_a_flipped_bit_is_used_up_to_there()
    {
        using TemporaryFolder folder = new();
        TestRuns.Run(TestRuns.Ratings(), folder["whole"]);
        byte[] journal = InterruptAtTheEnd(folder["cut"]);
        int third = Array.IndexOf(journal, (byte)'\n', Array.IndexOf(journal, (byte)'\n') + 1) + 60;
        journal[third] ^= 1;
        File.WriteAllBytes(JournalIn(folder["cut"]), journal);

        CompletedRun resumed = TestRuns.Run(TestRuns.Ratings(), folder["cut"]);

        Assert.Equal(1, resumed.ResumedTasks);
        Assert.Equal(TestRuns.Read(folder["whole"]), TestRuns.Read(folder["cut"]));
    }

    [Theory]
    [InlineData("\"task\":{", "\"other\":{")]
    [InlineData("\"truth\":\"", "\"truth\":\"AAAAAAAAAAA=")]
    [InlineData("{", "[")]
    public void A_line_of_a_journal_that_no_worker_writes_is_not_used_though_its_checksum_is_right(string part, string other)
    {
        using TemporaryFolder folder = new();
        TestRuns.Run(TestRuns.Ratings(), folder["whole"]);
        string[] lines = Encoding.UTF8.GetString(InterruptAtTheEnd(folder["cut"])).Split('\n');
        string payload = lines[2][17..];
        int at = payload.IndexOf(part, StringComparison.Ordinal);
        payload = string.Concat(payload.AsSpan(0, at), other, payload.AsSpan(at + part.Length));
        lines[2] = $"{RunHash.Of(payload)[..16]} {payload}";
        File.WriteAllText(JournalIn(folder["cut"]), string.Join('\n', lines));

        CompletedRun resumed = TestRuns.Run(TestRuns.Ratings(), folder["cut"]);

        Assert.InRange(resumed.ResumedTasks, 1, 22);
        Assert.Equal(TestRuns.Read(folder["whole"]), TestRuns.Read(folder["cut"]));
    }

    [Fact]
    public void Finished_tasks_are_not_done_again()
    {
        using TemporaryFolder folder = new();
        InterruptAtTheEnd(folder["run"]);
        int fits = 0;

        CompletedRun run = TestRuns.Run(TestRuns.Ratings(_ => fits++), folder["run"]);

        Assert.Equal(1, fits);
        Assert.Equal(23, run.ResumedTasks);
    }

    [Fact]
    public void An_interrupted_run_is_found_in_the_runs_folder_and_another_configuration_is_not()
    {
        using TemporaryFolder folder = new();
        Surroundings surroundings = TestRuns.In(null) with { RunsFolder = folder.Path };
        Assert.Throws<InvalidOperationException>(() => Runner.Run(TestRuns.Ratings(FailAt(12)), surroundings));
        string interrupted = Assert.Single(Directory.GetDirectories(folder.Path));

        CompletedRun other = Runner.Run(TestRuns.Ratings() with { Seed = 6 }, surroundings);
        CompletedRun resumed = Runner.Run(TestRuns.Ratings(), surroundings);

        Assert.NotEqual(interrupted, other.Folder);
        Assert.Equal(0, other.ResumedTasks);
        Assert.Equal(interrupted, resumed.Folder);
        Assert.True(resumed.ResumedTasks > 0);
        Assert.Equal(2, Directory.GetDirectories(folder.Path).Count(d => new DirectoryInfo(d).LinkTarget is null));
        Assert.True(RunVerifier.Verify(folder["last"]).Passed);
        Assert.Equal(File.ReadAllText(Path.Combine(interrupted, "run.json")), File.ReadAllText(folder["last/run.json"]));
    }

    [Fact]
    public void A_folder_with_something_else_in_it_is_refused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["letter.txt"], "mine");

        Assert.Throws<InvalidInputException>(() => TestRuns.Run(TestRuns.Ratings(), folder.Path));
        Assert.Equal("mine", File.ReadAllText(folder["letter.txt"]));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_said_in_one_sentence()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["file"], "in the way");

        foreach (Surroundings surroundings in new[]
        {
            TestRuns.In(folder["file/run"]), TestRuns.In(null) with { RunsFolder = folder["file"] },
        })
        {
            InvalidInputException error =
                Assert.Throws<InvalidInputException>(() => Runner.Run(TestRuns.Ratings(), surroundings));
            Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Cancellation_stops_a_run_that_is_resumed_later()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource source = new();
        int fits = 0;
        RunInputs inputs = TestRuns.Ratings(_ =>
        {
            if (++fits == 4)
            {
                source.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(
            () => TestRuns.Run(inputs, folder["run"], cancellationToken: source.Token));
        CompletedRun resumed = TestRuns.Run(TestRuns.Ratings(), folder["run"]);

        Assert.InRange(resumed.ResumedTasks, 4, 23);
        Assert.True(RunVerifier.Verify(folder["run"]).Passed);
    }

    [Fact]
    public void A_model_that_fails_is_named_with_target_and_fold()
    {
        RunInputs inputs = TestRuns.Ratings(_ => throw new InvalidInputException("It is too small."));

        InvalidInputException error = Assert.Throws<InvalidInputException>(() => TestRuns.Run(inputs));

        Assert.Equal("seeded on valence, fold 0: It is too small.", error.Message);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_before_anything_is_fitted()
    {
        RunInputs inputs = TestRuns.Ratings(_ => Assert.Fail("fitted"));

        AssertRefused(inputs with { Protocols = [] }, "no protocol");
        AssertRefused(inputs with { Learners = [] }, "no model");
        AssertRefused(inputs with { Learners = [.. inputs.Learners, inputs.Learners[0]] }, "'mean'");
        AssertRefused(inputs with { Targets = [] }, "no target");
        AssertRefused(inputs with { Targets = [inputs.Targets[0], TestRuns.OfClasses().Targets[0]] }, "either ratings or");
    }

    [SkippableFact]
    public void Of_runs_that_end_at_once_one_is_the_last()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows creates links for administrators only");
        using TemporaryFolder folder = new();
        string[] runs = [.. Enumerable.Range(0, 8).Select(i => Directory.CreateDirectory(folder[$"run{i}"]).Name)];

        Parallel.For(0, 200, i => LastRun.Point(folder.Path, runs[i % runs.Length]));

        Assert.Contains(new DirectoryInfo(folder["last"]).LinkTarget, runs);
        Assert.Equal(runs.Length + 1, Directory.GetFileSystemEntries(folder.Path).Length);
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

    private static void AssertRefused(RunInputs inputs, string why) => Assert.Contains(
        why, Assert.Throws<InvalidInputException>(() => TestRuns.Run(inputs)).Message, StringComparison.Ordinal);

    /// <summary>Does all tasks but the last and gives the journal that is left.</summary>
    private static byte[] InterruptAtTheEnd(string folder)
    {
        Assert.Throws<InvalidOperationException>(() => TestRuns.Run(TestRuns.Ratings(FailAt(12)), folder));
        return File.ReadAllBytes(JournalIn(folder));
    }

    private static string JournalIn(string folder) => Path.Combine(folder, "journal-local.jsonl");

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

    [Fact]
    public void A_run_stopped_while_its_model_is_written_is_resumed_where_it_lies()
    {
        using TemporaryFolder folder = new();
        int handed = 0;
        Surroundings surroundings = TestRuns.In(null) with { RunsFolder = folder.Path };

        Assert.Throws<OperationCanceledException>(() => Runner.Run(
            TestRuns.Ratings(), surroundings with { Handover = _ => throw new OperationCanceledException() }));
        CompletedRun resumed = Runner.Run(TestRuns.Ratings(), surroundings with { Handover = _ => handed++ });

        Assert.Equal(resumed.Record.Plan.Tasks.Count, resumed.ResumedTasks);
        Assert.Equal(1, handed);
        Assert.Single(Directory.GetDirectories(folder.Path), run => new DirectoryInfo(run).LinkTarget is null);
        Assert.Empty(Directory.GetFiles(resumed.Folder!, RunFiles.Journals));
        Assert.True(RunVerifier.Verify(folder["last"]).Passed);
    }

    [Fact]
    public void A_run_whose_model_found_no_room_is_resumed_where_it_lies()
    {
        using TemporaryFolder folder = new();
        Surroundings surroundings = TestRuns.In(null) with { RunsFolder = folder.Path };

        Assert.Throws<InvalidInputException>(() => Runner.Run(TestRuns.Ratings(), surroundings with
        {
            Handover = _ => throw new InvalidInputException("full", new IOException("No space left on device")),
        }));
        CompletedRun resumed = Runner.Run(TestRuns.Ratings(), surroundings);

        Assert.Equal(resumed.Record.Plan.Tasks.Count, resumed.ResumedTasks);
        Assert.Single(Directory.GetDirectories(folder.Path), run => new DirectoryInfo(run).LinkTarget is null);
        Assert.Empty(Directory.GetFiles(resumed.Folder!, RunFiles.Journals));
    }

    [Theory]
    [InlineData("")]
    [InlineData("01234567")]
    [InlineData(null)]
    public void A_run_stopped_before_any_work_is_begun_where_it_lies(string? journal)
    {
        using TemporaryFolder folder = new();
        Surroundings surroundings = TestRuns.In(null) with { RunsFolder = folder.Path };
        string first = Runner.Run(TestRuns.Ratings(), surroundings).Folder!;
        Directory.Delete(first, recursive: true);
        Directory.CreateDirectory(first);
        string other = Directory.CreateDirectory(folder["mine"]).FullName;
        if (journal is not null)
        {
            File.WriteAllText(JournalIn(first), journal);
        }

        CompletedRun run = Runner.Run(TestRuns.Ratings(), surroundings);

        Assert.Equal(first, run.Folder);
        Assert.Empty(Directory.GetFileSystemEntries(other));
        Assert.True(RunVerifier.Verify(first).Passed);
    }

    [Fact]
    public void A_run_whose_model_cannot_be_written_is_finished_all_the_same()
    {
        using TemporaryFolder folder = new();

        Assert.Throws<InvalidInputException>(() => Runner.Run(
            TestRuns.Ratings(),
            TestRuns.In(folder["run"]) with { Handover = _ => throw new InvalidInputException("too large") }));

        Assert.Empty(Directory.GetFiles(folder["run"], RunFiles.Journals));
        Assert.True(RunVerifier.Verify(folder["run"]).Passed);
    }
}
