using SerLab.Core;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using Xunit;

namespace SerLab.Evaluation.Tests.Running;

public sealed class ClipMapTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_keeps_its_map_and_a_changed_one_is_found_out()
    {
        ClipMap map = TestRuns.Run(TestRuns.Ratings(), folder["run"]).Record.Map!;
        string path = Path.Combine(folder["run"], RunFiles.Map);

        ClipMap read = RunFigures.Read(folder["run"]).Record.Map!;

        Assert.Equal(TestRuns.Clips, read.Across.Count);
        Assert.Equal(map.Across, read.Across);
        Assert.Equal(map.Spreads, read.Spreads);
        Assert.True(RunVerifier.Verify(folder["run"]).Passed);

        string text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("\"across\":[", "\"across\":[1,", StringComparison.Ordinal));
        Assert.Contains(RunVerifier.Verify(folder["run"]).Mismatches, mismatch => mismatch.File == RunFiles.Map);

        File.WriteAllText(path, text.Replace("\"acrossShare\":0.", "\"acrossShare\":0.1", StringComparison.Ordinal));
        Assert.Contains(RunVerifier.Verify(folder["run"]).Mismatches, mismatch => mismatch.File == RunFiles.Map);
    }

    [Fact]
    public void Models_of_series_have_no_map_and_a_run_without_one_is_read_all_the_same()
    {
        ExampleArrays series =
            new([.. Enumerable.Range(0, TestRuns.Clips).Select(i => new float[] { i, i % 7 })], ExampleShape.Series(1, 2));
        TestRuns.Run(TestRuns.Ratings(), folder["old"]);
        string manifest = Path.Combine(folder["old"], RunFiles.Manifest);
        File.Delete(Path.Combine(folder["old"], RunFiles.Map));
        File.WriteAllLines(
            manifest,
            File.ReadAllLines(manifest).Where(line => !line.EndsWith(RunFiles.Map, StringComparison.Ordinal)));

        Assert.Null(RunPlanner.Plan(TestRuns.Ratings() with { Examples = series }).Map);
        Assert.Null(RunRecord.Read(folder["old"]).Map);
        Assert.True(RunVerifier.Verify(folder["old"]).Passed);
    }

    [Fact]
    public void The_share_between_groups_is_one_where_a_feature_tells_the_group_and_chance_where_it_is_noise()
    {
        SeededRandom random = new(3);
        float[] values =
            [.. Enumerable.Range(0, TestRuns.Clips).SelectMany(i => new[] { (float)random.NextGaussian(), i % 7 })];

        ClipMap map = RunPlanner.Plan(
            TestRuns.Ratings() with { Examples = new FeatureMatrix(values, TestRuns.Clips, 2) }).Map!;

        Assert.Equal(new FeatureSpread("second", 1), map.Spreads[0]);
        Assert.Equal("first", map.Spreads[1].Feature);
        Assert.InRange(map.Spreads[1].Between, 0, 0.5);
    }
}
