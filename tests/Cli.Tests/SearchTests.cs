using System.Text.Json;
using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

public sealed class SearchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_search_leaves_a_run_that_verifies_with_its_searches_report_and_model()
    {
        CommandResult result = await SearchAsync("--grid", "svr.C=0.1,1,10", "--grid", "svr.gamma=0.1,1");

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains(
            "Nested (each fold's model was chosen without its test clips): R²", result.Output, StringComparison.Ordinal);
        Assert.Contains("Optimistic (best of 6 candidates on the same folds): R²", result.Output, StringComparison.Ordinal);
        string[] files = ["run.json", "predictions.csv", "searches.jsonl", "report.html", "model.onnx", "model-card.md"];
        Assert.All(files, file => Assert.True(File.Exists(folder.At($"runs/last/{file}")), file));
        Assert.Equal(ExitCode.Success, (await CommandLine.RunAsync("verify", folder.At("runs/last"))).ExitCode);
    }

    [Fact]
    public async Task The_table_holds_every_candidate_on_the_outer_folds_and_the_nested_score_is_that_of_the_run()
    {
        CommandResult result = await SearchAsync("--grid", "svr.C=0.1,1,10", "--json");

        using JsonDocument json = JsonDocument.Parse(result.Output);
        JsonElement search = Assert.Single(json.RootElement.GetProperty("searches").EnumerateArray());
        JsonElement[] candidates = [.. search.GetProperty("table").GetProperty("candidates").EnumerateArray()];
        Assert.Equal(["0.1", "1", "10"], candidates.Select(c => c.GetProperty("settings").GetProperty("C").GetString()));
        Assert.All(candidates, candidate => Assert.Equal(4, candidate.GetProperty("scores").GetArrayLength()));
        double best =
            candidates.Max(candidate => candidate.GetProperty("scores").EnumerateArray().Average(score => score.GetDouble()));
        Assert.Equal(best, search.GetProperty("optimistic").GetDouble(), 1e-12);
        string mean = Assert.Single(
            File.ReadLines(folder.At("runs/last/metrics.csv")), line => line.Contains(",r2,mean,", StringComparison.Ordinal));
        string nested = search.GetProperty("nested").GetProperty("nested").GetProperty("mean").GetRawText();
        Assert.EndsWith($",{nested}", mean, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_seed_draws_the_candidates()
    {
        string[] draw = ["--grid", "svr.C=0.1..100", "--random", "3", "--json"];

        string first = Candidates(await SearchAsync([.. draw, "--seed", "1"]));
        string again = Candidates(await SearchAsync([.. draw, "--seed", "1"]));
        string other = Candidates(await SearchAsync([.. draw, "--seed", "2"]));

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task A_chart_is_one_whole_file()
    {
        CommandResult result =
            await SearchAsync("--grid", "svr.C=0.1,1", "--grid", "svr.gamma=0.1,1", "--chart", folder.At("charts/search.svg"));

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Equal([folder.At("charts/search.svg")], Directory.GetFiles(folder.At("charts")));
    }

    private static string Candidates(CommandResult result)
    {
        using JsonDocument json = JsonDocument.Parse(result.Output);
        return string.Join(' ', json.RootElement.GetProperty("searches")[0].GetProperty("table").GetProperty("candidates")
            .EnumerateArray().Select(candidate => candidate.GetProperty("settings").GetRawText()));
    }

    private Task<CommandResult> SearchAsync(params string[] more) => CommandLine.RunAsync(
    [
        "search", "--dataset", TinyCorpus.Write(folder), "--model", "svr", "--targets", "arousal", "--kfold", "4",
        "--inner-folds", "3", "--out", folder.At("runs"), .. more,
    ]);
}
