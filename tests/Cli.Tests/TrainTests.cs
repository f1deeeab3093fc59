using System.Globalization;
using System.Text.Json;
using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

public sealed class TrainTests : IDisposable
{
    private const string Models = "svr,ridge,forest,mean";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_corpus_of_five_speakers_is_divided_into_five_folds_unless_told_otherwise()
    {
        folder.Write("five/labels.csv", string.Concat(Enumerable.Range(0, 30).Select(
            i => FormattableString.Invariant($"clip{i},{Math.Sin(i):R},s{i % 5},{Math.Cos(i):R}\n"))
            .Prepend("file,valence,speaker,x\n")));
        File.WriteAllText(
            folder.At("five/corpus.yaml"),
            "name: five\nlabels: labels.csv\nid: file\ntargets: [valence]\ngroups: [speaker]\nfeatures: [x]\n");

        CommandResult usual = await CommandLine.RunAsync(
            "train", "--dataset", folder.At("five/corpus.yaml"), "--models", "mean", "--out", folder.At("runs"));
        CommandResult asked = await CommandLine.RunAsync(
            "train", "--dataset", folder.At("five/corpus.yaml"), "--models", "mean", "--kfold", "10", "--out", folder.At("runs"));

        Assert.Equal((ExitCode.Success, ExitCode.Failed), (usual.ExitCode, asked.ExitCode));
        Assert.Contains("5 folds, since there are no more groups", usual.Error, StringComparison.Ordinal);
        Assert.Contains("10 folds of whole groups need at least 10 groups", asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_has_every_model_under_every_protocol_and_the_leak_comes_first()
    {
        CommandResult result = await TrainAsync();

        Assert.Equal(ExitCode.Success, result.ExitCode);
        string[] lines = result.Output.Split('\n');
        Assert.StartsWith(
            "LEAK in random: 48 of 48 test clips share their place with a training clip.", lines[0], StringComparison.Ordinal);
        foreach (string target in new[] { "valence", "arousal" })
        {
            string[] written = [.. lines.SkipWhile(line => !line.StartsWith($"{target}: ", StringComparison.Ordinal)).Skip(2)
                .TakeWhile(line => !line.StartsWith('╰')).Select(line => line.Replace(" ", "", StringComparison.Ordinal))];
            string[] table = [.. written.SkipWhile(line => !line.StartsWith('├')).Skip(1)];
            Assert.Equal("│model│protocol│R²mean│R²pooled│MSEmean│MSE│CCC│optimism│", written[0]);
            Assert.Equal(8, table.Length);
            string[] models = Models.Split(',');
            for (int i = 0; i < models.Length; i++)
            {
                Assert.StartsWith($"│{models[i]}│random│", table[2 * i], StringComparison.Ordinal);
                Assert.StartsWith("││grouped│", table[(2 * i) + 1], StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_run_folder_holds_what_the_figures_rest_on_and_last_points_at_it()
    {
        CommandResult result = await TrainAsync();

        string run =
            Assert.Single(Directory.GetDirectories(folder.At("runs")), path => !path.EndsWith("last", StringComparison.Ordinal));
        string output = result.Output.Replace("\n", "", StringComparison.Ordinal);
        Assert.Contains($"Every prediction behind these figures: {run}", output, StringComparison.Ordinal);
        string[] files = ["run.json", "folds.jsonl", "predictions.csv", "metrics.csv", "tests.csv", "manifest.sha256"];
        foreach (string file in files)
        {
            Assert.Equal(File.ReadAllText(Path.Combine(run, file)), File.ReadAllText(folder.At($"runs/last/{file}")));
        }

        // Header; 48 clips × 4 models × 2 targets × 2 protocols.
        Assert.Equal(1 + (48 * 4 * 2 * 2), File.ReadAllLines(Path.Combine(run, "predictions.csv")).Length);
    }

    [Theory]
    [InlineData("metrics.csv")]
    [InlineData("predictions.csv")]
    public async Task Verify_passes_and_names_file_and_line_after_one_digit_was_changed(string file)
    {
        await TrainAsync();
        string last = folder.At("runs/last");

        CommandResult whole = await CommandLine.RunAsync("verify", last);
        string path = Path.Combine(last, file);
        string[] lines = File.ReadAllLines(path);
        int at = lines[3].IndexOfAny([.. "12345678"], lines[3].LastIndexOf('.'));
        lines[3] = $"{lines[3][..at]}{(char)(lines[3][at] + 1)}{lines[3][(at + 1)..]}";
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        CommandResult changed = await CommandLine.RunAsync("verify", last);

        Assert.Equal((ExitCode.Success, ""), (whole.ExitCode, whole.Messages));
        Assert.Contains("figures follow from the predictions", whole.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, changed.ExitCode);
        Assert.Contains(
            file == "metrics.csv" ? "metrics.csv, line 4: " : "predictions.csv", changed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("figures follow", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_writes_what_the_report_shows_and_leaves_the_run_whole()
    {
        await TrainAsync();
        string last = folder.At("runs/last");

        CommandResult written = await CommandLine.RunAsync("figures", last);
        CommandResult elsewhere = await CommandLine.RunAsync("figures", folder.At("runs"));

        Assert.Equal((ExitCode.Success, ""), (written.ExitCode, written.Messages));
        string report = File.ReadAllText(Path.Combine(last, "report.html"));
        string[] files = Directory.GetFiles(Path.Combine(last, "figures"));
        Assert.Contains(files, file => file.EndsWith(".svg", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith(".tex", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Contains($"download=\"{Path.GetFileName(file)}\"", report, StringComparison.Ordinal));
        Assert.Equal(ExitCode.Success, (await CommandLine.RunAsync("verify", last)).ExitCode);
        Assert.Equal(ExitCode.Failed, elsewhere.ExitCode);
        Assert.Contains("is not a finished run", elsewhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_thread_and_four_write_the_same_bytes()
    {
        await TrainAsync("--threads", "1");

        // As many threads as folds: the command that is kept leaves out the one and not the other.
        Dictionary<string, string> one = RunFiles.Read(folder.At("runs/last"));
        await TrainAsync("--threads", "4");

        Assert.Equal(one, RunFiles.Read(folder.At("runs/last")));
        Assert.Contains("predictions.csv", one.Keys);
        Assert.Contains("model.onnx", one.Keys);
    }

    [Fact]
    public async Task Json_is_the_only_thing_on_standard_output_and_nothing_is_on_standard_error()
    {
        CommandResult result = await TrainAsync("--json");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Messages));
        using JsonDocument json = JsonDocument.Parse(result.Output);
        JsonElement rows = json.RootElement.GetProperty("rows");
        Assert.Equal(4 * 2 * 2, rows.GetArrayLength());
        Assert.Equal(2, json.RootElement.GetProperty("description").GetProperty("protocols").GetArrayLength());
        Assert.True(Directory.Exists(json.RootElement.GetProperty("folder").GetString()));
    }

    [Fact]
    public async Task Quiet_is_silent_on_standard_error_and_loud_is_not()
    {
        CommandResult loud = await TrainAsync();
        CommandResult quiet = await TrainAsync("--quiet");

        Assert.Equal("", quiet.Messages);
        Assert.Contains("tiny, 48 clips", loud.Messages, StringComparison.Ordinal);
        Assert.Contains("(100 %)", loud.Messages, StringComparison.Ordinal);
        Assert.Equal(WithoutFolder(loud.Output), WithoutFolder(quiet.Output));
    }

    [Fact]
    public async Task A_culture_with_decimal_commas_changes_nothing()
    {
        await TrainAsync();
        Dictionary<string, string> invariant = RunFiles.Read(folder.At("runs/last"));
        CommandResult plain = await TrainAsync("--set", "svr.C=0.5");
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NumberGroupSeparator = ".";
        commas.NumberFormat.NegativeSign = "−";
        try
        {
            CultureInfo.CurrentCulture = commas;
            CommandResult here = await TrainAsync("--set", "svr.C=0.5");
            await TrainAsync();

            Assert.Equal((ExitCode.Success, WithoutFolder(plain.Output)), (here.ExitCode, WithoutFolder(here.Output)));
            Assert.Equal(invariant, RunFiles.Read(folder.At("runs/last")));
            Assert.Equal(ExitCode.Success, (await CommandLine.RunAsync("verify", folder.At("runs/last"))).ExitCode);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task A_setting_changes_its_model_alone()
    {
        CommandResult plain = await TrainAsync("--json");
        CommandResult changed = await TrainAsync("--json", "--set", "svr.C=0.01");

        Assert.NotEqual(R2(plain, "svr"), R2(changed, "svr"));
        Assert.Equal(R2(plain, "ridge"), R2(changed, "ridge"));
        using JsonDocument json = JsonDocument.Parse(changed.Output);
        Assert.Contains(
            "0.01", json.RootElement.GetProperty("description").GetProperty("settings").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_synthetic_corpus_is_as_hard_as_it_says_and_leaks_show()
    {
        CommandResult result = await CommandLine.RunAsync(
            "train", "--dataset", "synthetic", "--models", "svr", "--kfold", "10", "--no-cache", "--json",
            "--out", folder.At("runs"));

        Assert.Equal(ExitCode.Success, result.ExitCode);
        (double arousal, double honestArousal) = (R2(result, "svr", "arousal"), R2(result, "svr", "arousal", "grouped"));
        (double valence, double honestValence) = (R2(result, "svr", "valence"), R2(result, "svr", "valence", "grouped"));
        Assert.InRange(arousal, 0.74, 0.88);
        Assert.InRange(valence, 0.46, 0.64);
        Assert.InRange(arousal - honestArousal, 0.04, 1);
        Assert.InRange(valence - honestValence, 0.10, 1);
    }

    private Task<CommandResult> TrainAsync(params string[] more) => CommandLine.RunAsync(
    [
        "train", "--dataset", TinyCorpus.Write(folder), "--models", Models, "--kfold", "4", "--out", folder.At("runs"), .. more,
    ]);

    private static double R2(CommandResult result, string model, string target = "valence", string protocol = "random")
    {
        using JsonDocument json = JsonDocument.Parse(result.Output);
        return json.RootElement.GetProperty("rows").EnumerateArray()
            .First(row => row.GetProperty("model").GetString() == model && row.GetProperty("target").GetString() == target
                && row.GetProperty("protocol").GetString() == protocol)
            .GetProperty("metrics").EnumerateArray()
            .First(metric => metric.GetProperty("metric").GetProperty("name").GetString() == "r2")
            .GetProperty("pooled").GetDouble();
    }

    private static string WithoutFolder(string output) => output[..output.IndexOf("Every prediction", StringComparison.Ordinal)];
}
