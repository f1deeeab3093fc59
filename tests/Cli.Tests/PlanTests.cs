using System.Diagnostics;
using System.Text;
using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>A command whose work several processes share ends with what one process makes.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string corpus;

    public PlanTests() => corpus = TinyCorpus.Write(folder);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("train", "--models", "ridge,mean,average(ridge, mean)")]
    [InlineData("train", "--models", "ridge,mean", "--test-on", "CORPUS", "--protocols", "grouped,enrolled(2),across-corpora")]
    [InlineData("search", "--model", "ridge", "--grid", "ridge.alpha=1,10")]
    [InlineData("train", "--models", "ridge,mean,average(ridge, mean)", "--importance")]
    [InlineData("curve", "--models", "ridge", "--shares", "50")]
    public async Task Shares_of_any_number_unite_to_the_bytes_of_one_process(params string[] command)
    {
        string[] arguments =
            [.. command.Select(word => word == "CORPUS" ? corpus : word), "--dataset", corpus, "--kfold", "3"];
        await SucceedAsync([.. arguments, "--out", folder.At("runs")]);
        await SucceedAsync([.. arguments, "--plan", folder.At("plan")]);
        await SucceedAsync(["work", folder.At("plan"), "--task", "2", "--of", "3"]);
        await SucceedAsync(["work", folder.At("plan"), "--task", "0", "--of", "3", "--threads", "1"]);
        await SucceedAsync(["work", folder.At("plan"), "--task", "1", "--of", "3"]);
        CommandResult merged = await SucceedAsync(["merge", folder.At("plan")]);

        Dictionary<string, string> alone = Files(folder.At("runs/last"));
        Assert.Equal(alone, Files(folder.At("plan/run")));
        Assert.Contains("model.onnx", alone.Keys);
        await SucceedAsync(["verify", folder.At("plan/run")]);

        Dictionary<string, string> all = AllFiles(folder.At("plan/run"));
        CommandResult again = await SucceedAsync(["merge", folder.At("plan")]);
        Assert.Equal(merged.Output, again.Output);
        Assert.Equal(all, AllFiles(folder.At("plan/run")));
    }

    [Fact]
    public async Task A_series_is_shared_too()
    {
        string file = folder.Write("both.yaml", $"""
            name: both
            title: Two feature counts
            corpus: {corpus}
            targets: [valence]
            protocols: [grouped]
            folds: 3
            seeds: [0, 1, 2]
            learners: [ridge, mean]
            """);
        await SucceedAsync(["run", file, "--out", folder.At("runs")]);
        await SucceedAsync(["run", file, "--plan", folder.At("plan")]);
        await SucceedAsync(["work", folder.At("plan"), "--task", "0", "--of", "2"]);
        await SucceedAsync(["work", folder.At("plan"), "--task", "1", "--of", "2"]);
        await SucceedAsync(["merge", folder.At("plan")]);

        Assert.Equal(Files(Assert.Single(Directory.GetDirectories(folder.At("runs")))), Files(folder.At("plan/run")));
    }

    [Fact]
    public async Task A_plan_that_leads_out_of_its_folder_is_refused()
    {
        await SucceedAsync(["train", "--dataset", corpus, "--models", "mean", "--kfold", "3", "--plan", folder.At("plan")]);
        string text = File.ReadAllText(folder.At("plan/plan.json"));
        File.WriteAllText(folder.At("plan/plan.json"), text.Replace("\"name\": \"", "\"name\": \"../", StringComparison.Ordinal));

        CommandResult result = await CommandLine.RunAsync("work", folder.At("plan"), "--task", "0", "--of", "1");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("no name of a folder", result.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_worker_leaves_its_unfinished_tasks_to_the_next()
    {
        await SucceedAsync([.. Slow("--plan", folder.At("plan"))]);
        using (Process process = SerLabProcess.Start(["work", folder.At("plan"), "--threads", "1"]))
        {
            await UntilTasksAreDoneAsync(() => process.HasExited);
            process.Kill();
            await process.WaitForExitAsync();
        }

        CommandResult early = await CommandLine.RunAsync("merge", folder.At("plan"));
        Assert.Equal(ExitCode.Failed, early.ExitCode);
        Assert.Matches(@"\d+ of 48 tasks are missing \(random/arousal/[^)]*\); this does them: .* -- work ", early.Error);

        CommandResult rest = await SucceedAsync(["work", folder.At("plan")]);
        int left = int.Parse(rest.Output.Split(": ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(left, 1, 47);
        await SucceedAsync(["merge", folder.At("plan")]);
        await SucceedAsync([.. Slow("--out", folder.At("runs"))]);
        Assert.Equal(Files(folder.At("runs/last")), Files(folder.At("plan/run")));
    }

    [Fact]
    public async Task Status_says_who_has_done_what()
    {
        await SucceedAsync(["train", "--dataset", corpus, "--models", "mean", "--kfold", "3", "--plan", folder.At("plan")]);
        Assert.Contains("0 of 12 tasks done, nobody is at work.", (await StatusAsync()).Output, StringComparison.Ordinal);

        await SucceedAsync(["work", folder.At("plan"), "--task", "1", "--of", "3"]);
        string half = (await StatusAsync()).Output;
        Assert.Contains("4 of 12 tasks done", half, StringComparison.Ordinal);
        Assert.Matches(@"1 of 3 │ .*bit +│ finished +│ +4 of 4", half);

        await SucceedAsync(["work", folder.At("plan")]);
        Assert.Contains(
            "12 of 12 tasks done, ready to be merged.", (await StatusAsync()).Output, StringComparison.Ordinal);

        Task<CommandResult> StatusAsync() => SucceedAsync(["status", folder.At("plan")]);
    }

    [Fact]
    public async Task A_plan_of_what_has_changed_since_is_refused_and_told_apart()
    {
        string[] command = ["train", "--dataset", corpus, "--models", "mean", "--kfold", "3", "--plan", folder.At("plan")];
        await SucceedAsync(command);
        await SucceedAsync(command);
        Assert.Contains(
            "another command", await FailAsync([.. command, "--seed", "1"]), StringComparison.Ordinal);

        string table = File.ReadAllText(folder.At("tiny/labels.csv"));
        File.WriteAllText(folder.At("tiny/labels.csv"), table.Replace("place3", "place4", StringComparison.Ordinal));
        Assert.Contains("another corpus", await FailAsync(["work", folder.At("plan")]), StringComparison.Ordinal);
        File.WriteAllText(folder.At("tiny/labels.csv"), table);

        string plan = File.ReadAllText(folder.At("plan/plan.json"));
        folder.Write("plan/plan.json", plan.Replace("\"version\": \"", "\"version\": \"9", StringComparison.Ordinal));
        Assert.Contains("was made by SerLab 9", await FailAsync(["work", folder.At("plan")]), StringComparison.Ordinal);
        Assert.Contains("There is no plan", await FailAsync(["merge", folder.At("nowhere")]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_done_twice_are_compared()
    {
        await SucceedAsync(["train", "--dataset", corpus, "--models", "mean", "--kfold", "3", "--plan", folder.At("plan")]);
        await SucceedAsync(["work", folder.At("plan")]);
        string first = Assert.Single(Directory.GetFiles(folder.At("plan/parts/run"), "journal-*"));
        File.Move(first, folder.At("aside"));
        await SucceedAsync(["work", folder.At("plan")]);
        string second = Assert.Single(Directory.GetFiles(folder.At("plan/parts/run"), "journal-*"));
        File.Move(folder.At("aside"), second.Replace("journal-", "journal-other-", StringComparison.Ordinal));

        CommandResult merged = await SucceedAsync(["merge", folder.At("plan")]);
        Assert.Contains(
            "12 tasks were done twice: 12 agree to the last bit, 0 do not.", merged.Messages, StringComparison.Ordinal);
    }

    private static async Task<CommandResult> SucceedAsync(string[] arguments)
    {
        CommandResult result = await CommandLine.RunAsync(arguments);
        Assert.True(result.ExitCode == ExitCode.Success, result.Messages);
        return result;
    }

    private static async Task<string> FailAsync(string[] arguments)
    {
        CommandResult result = await CommandLine.RunAsync(arguments);
        Assert.Equal(ExitCode.Failed, result.ExitCode);
        return result.Error;
    }

    // What is left out tells times and machines; the report does beside all else.
    private static Dictionary<string, string> Files(string run) => AllFiles(run)
        .Where(file => Path.GetFileName(file.Key) is not ("timing.csv" or "report.html"))
        .ToDictionary(file => file.Key, file => file.Value);

    private static Dictionary<string, string> AllFiles(string run) =>
        Directory.GetFiles(run, "*", new EnumerationOptions { RecurseSubdirectories = true })
            .ToDictionary(path => Path.GetRelativePath(run, path), path => File.ReadAllText(path, Encoding.Latin1));

    private string[] Slow(params string[] where) =>
    [
        "train", "--dataset", corpus, "--models", "mlp,mean", "--kfold", "24", "--protocols", "random",
        "--set", "mlp.epochs=150", "--targets", "arousal", "--threads", "1", .. where,
    ];

    private async Task UntilTasksAreDoneAsync(Func<bool> hasEnded)
    {
        while (!Directory.GetFiles(folder.At("plan/parts/run"), "journal-*").Any(journal => new FileInfo(journal).Length > 600))
        {
            Assert.False(hasEnded(), "The worker ended before it could be killed.");
            await Task.Delay(5);
        }
    }
}
