using System.Diagnostics;
using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

public sealed class InterruptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string corpus;

    public InterruptionTests() => corpus = TinyCorpus.Write(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_killed_run_is_resumed_and_ends_with_the_bytes_of_an_undisturbed_one()
    {
        using (Process process = SerLabProcess.Start(Arguments("killed")))
        {
            await UntilFoldsAreDoneAsync(folder.At("killed"), () => process.HasExited);
            process.Kill();
            await process.WaitForExitAsync();
            Assert.NotEqual(ExitCode.Success, process.ExitCode);
        }

        Assert.False(File.Exists(folder.At("killed/last/metrics.csv")));
        CommandResult resumed = await CommandLine.RunAsync(Arguments("killed"));
        CommandResult undisturbed = await CommandLine.RunAsync(Arguments("undisturbed"));

        Assert.Equal((ExitCode.Success, ExitCode.Success), (resumed.ExitCode, undisturbed.ExitCode));
        Assert.Matches(@"\d+ folds were finished by an earlier start of this run\.", resumed.Messages);
        Assert.DoesNotContain("earlier start", undisturbed.Messages, StringComparison.Ordinal);
        Assert.Equal(RunFiles.Read(folder.At("undisturbed/last")), RunFiles.Read(folder.At("killed/last")));
        Assert.Single(Directory.GetDirectories(folder.At("killed")), run => new DirectoryInfo(run).LinkTarget is null);
    }

    [Fact]
    public async Task A_cancelled_run_says_so_and_is_resumed()
    {
        using CancellationTokenSource cancellation = new();
        using StringWriter output = new();
        using StringWriter messages = new();
        Terminal terminal = new(Terminal.Create(output, redirected: true), Terminal.Create(messages, redirected: true));
        Task<int> run = SerLabCommandLine.RunAsync(Arguments("runs"), terminal, cancellationToken: cancellation.Token);
        await UntilFoldsAreDoneAsync(folder.At("runs"), () => run.IsCompleted);
        await cancellation.CancelAsync();

        Assert.Equal(ExitCode.Cancelled, await run);
        Assert.Contains("Stopped.", messages.ToString(), StringComparison.Ordinal);
        CommandResult resumed = await CommandLine.RunAsync(Arguments("runs"));
        Assert.Contains("folds were finished by an earlier start", resumed.Messages, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_terminated_run_ends_as_shells_number_it_and_is_resumed()
    {
        Skip.If(OperatingSystem.IsWindows(), "there are no signals");
        using Process process = SerLabProcess.Start(Arguments("runs"));
        await UntilFoldsAreDoneAsync(folder.At("runs"), () => process.HasExited);
        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();

        Assert.Equal(ExitCode.Terminated, process.ExitCode);
        Assert.NotEmpty(Directory.EnumerateFiles(folder.At("runs"), "journal*.jsonl", SearchOption.AllDirectories));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(8)]
    public async Task Where_files_may_not_grow_a_run_ends_with_one_sentence_and_is_resumed(int blocks)
    {
        Skip.If(OperatingSystem.IsWindows(), "there are no limits of file size");
        CommandResult undisturbed = await CommandLine.RunAsync(Quick("undisturbed"));
        using (Process process = SerLabProcess.StartLimited($"ulimit -f {blocks}", Quick("limited")))
        {
            string errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(ExitCode.Failed, process.ExitCode);
            Assert.Contains(
                "would be larger than the disk or the limits", errors.ReplaceLineEndings(" "), StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        }

        CommandResult resumed = await CommandLine.RunAsync(Quick("limited"));

        Assert.Equal((ExitCode.Success, ExitCode.Success), (undisturbed.ExitCode, resumed.ExitCode));
        Assert.Equal(RunFiles.Read(folder.At("undisturbed/last")), RunFiles.Read(folder.At("limited/last")));
        Assert.Single(Directory.GetDirectories(folder.At("limited")), run => new DirectoryInfo(run).LinkTarget is null);
    }

    [Fact]
    public async Task A_fault_of_the_program_is_one_sentence_and_a_file()
    {
        using StringWriter messages = new();
        using BrokenWriter output = new();
        Terminal terminal = new(Terminal.Create(output, redirected: true), Terminal.Create(messages, redirected: true));

        int code = await SerLabCommandLine.RunAsync(["data", "list"], terminal);

        string said = messages.ToString().ReplaceLineEndings(" ");
        Assert.Equal(ExitCode.Fault, code);
        Assert.Contains("failed unexpectedly (InvalidTimeZoneException: broken)", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        string file = said.Split('\'')[1].Replace(" ", "", StringComparison.Ordinal);
        string details = File.ReadAllText(file);
        File.Delete(file);
        Assert.Contains("data list", details, StringComparison.Ordinal);
        Assert.Contains("   at ", details, StringComparison.Ordinal);
    }

    private string[] Quick(string runs) =>
        ["train", "--dataset", corpus, "--models", "ridge,mean", "--kfold", "3", "--out", folder.At(runs), "-q"];

    // Slow learners on many folds, so that a run is still under way when it is stopped, whatever the machine.
    private string[] Arguments(string runs) =>
    [
        "train", "--dataset", corpus, "--models", "mlp,mean", "--kfold", "48", "--protocols", "random",
        "--set", "mlp.epochs=500", "--targets", "arousal", "--threads", "1", "--out", folder.At(runs),
    ];

    // A journal holds one line per finished fold after its header.
    private static async Task UntilFoldsAreDoneAsync(string runs, Func<bool> hasEnded)
    {
        while (true)
        {
            string? journal = Directory.Exists(runs)
                ? Directory.EnumerateFiles(runs, "journal*.jsonl", SearchOption.AllDirectories).FirstOrDefault()
                : null;
            if (journal is not null && new FileInfo(journal).Length > 600)
            {
                return;
            }

            Assert.False(hasEnded(), "The run ended before it could be stopped.");
            await Task.Delay(5);
        }
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void Write(char value) => throw new InvalidTimeZoneException("broken");

        public override void Write(string? value) => throw new InvalidTimeZoneException("broken");
    }
}
