using SerLab.Evaluation.Figures;
using SerLab.Reports.Charts;
using SerLab.Training.Metrics;
using Xunit;

namespace SerLab.Reports.Tests;

public class GroupTests
{
    private static readonly RunFigures Ratings = SampleRuns.Ratings().Figures;
    private static readonly RunFigures Classes = SampleRuns.Classes().Figures;

    [Fact]
    public void A_group_is_scored_on_its_own_clips_with_an_interval_that_holds_the_score()
    {
        ModelFigures row = Ratings.Ranked("valence", "grouped")[0];
        (int[] clips, PredictionSet set) = Ratings.OutOfFold("grouped", "valence", row.Model);

        IReadOnlyList<GroupScore> scores = GroupScore.WorstFirst(
            Ratings, Ratings.Description.TargetOf("valence"), row, Ratings.Record.Folds.Groups);

        Assert.Equal(12, scores.Count);
        Assert.Equal(scores.Select(score => score.Scores[0]).OrderDescending(), scores.Select(score => score.Scores[0]));
        Assert.All(scores, score =>
        {
            int[] own = [.. Enumerable.Range(0, clips.Length).Where(i => Ratings.Record.Folds.Groups[clips[i]] == score.Group)];
            Assert.Equal(own.Length, score.Predictions);
            Assert.Equal(
                Math.Sqrt(own.Average(i => Math.Pow(set.Truth[i] - set.Predicted[i], 2))), score.Scores[0], 1e-9);
            Assert.InRange(score.Scores[0], score.Intervals[0].Low, score.Intervals[0].High);
        });
    }

    [Fact]
    public void A_group_of_one_clip_has_a_score_and_no_interval()
    {
        RunFigures run = SampleRuns.Ratings(groups: 12, clipsPerGroup: 1).Figures;
        ModelFigures row = run.Ranked("valence", "grouped")[0];

        IReadOnlyList<GroupScore> scores = GroupScore.WorstFirst(
            run, run.Description.TargetOf("valence"), row, run.Record.Folds.Groups);

        Assert.All(scores, score => Assert.True(double.IsFinite(score.Scores[0]) && double.IsNaN(score.Intervals[0].Low)));
        Assert.Contains("no interval", HtmlReport.Render(run), StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_has_one_mark_per_group_and_a_line_at_the_pooled_score()
    {
        ModelFigures row = Classes.Ranked("class", "grouped")[0];

        Chart chart = ReportCharts.GroupScores(Classes, "class", row, "speaker", Classes.Record.Folds.Groups);

        Assert.Equal("Accuracy of class by speaker", chart.Title);
        Assert.Equal(12, chart.Y.Categories!.Count);
        Assert.Equal(row["accuracy"].Pooled, Assert.Single(chart.References).Intercept);
        double[] shares = [.. Assert.IsType<IntervalSeries>(Assert.Single(chart.Series)).Centre];
        Assert.Equal(shares.OrderDescending(), shares);
    }

    [Fact]
    public void The_share_of_variance_between_groups_is_what_the_means_of_groups_explain()
    {
        ModelFigures row = Ratings.Ranked("valence", "grouped")[0];
        (int[] clips, PredictionSet set) = Ratings.OutOfFold("grouped", "valence", row.Model);
        ILookup<string, double> groups =
            clips.Zip(set.Truth).ToLookup(clip => Ratings.Record.Folds.Groups[clip.First], clip => clip.Second);
        double[] means = [.. clips.Select(clip => groups[Ratings.Record.Folds.Groups[clip]].Average())];

        GroupMakeup makeup = GroupMakeup.Of(Ratings, "valence", row);

        Assert.Equal(RegressionMetrics.RSquared(set.Truth, means), makeup.Alone, 1e-12);
        Assert.Equal(11.0 / 95, makeup.Unrelated, 1e-12);
    }

    [Fact]
    public void Classes_spread_evenly_are_called_so_and_those_of_one_group_alone_are_counted()
    {
        ModelFigures row = Classes.Ranked("class", "grouped")[0];
        GroupMakeup even = GroupMakeup.Of(Classes, "class", row);
        RunFigures uneven = WithGroups(Classes, clip => clip[^6..^4] is "00" or "08" ? "A" : "B");
        GroupMakeup told = GroupMakeup.Of(uneven, "class", row);

        Assert.True(even.IsBalanced);
        Assert.Contains(
            "Every speaker has the same number of clips of each class", HtmlReport.Render(Classes), StringComparison.Ordinal);
        Assert.False(told.IsBalanced);
        Assert.Equal([24, 0, 0, 0, 0, 0, 0, 0], told.Counts.Single(group => group.Group == "A").Counts);

        // All 24 of one class, and 24 of the seven others.
        Assert.Equal(48.0 / 192, told.Alone);
        Assert.InRange(told.Unrelated, 0.125, told.Alone);
        Assert.Equal(8, ReportCharts.ClassesByGroup(uneven, "class", row).X.Categories!.Count);
    }

    private static RunFigures WithGroups(RunFigures run, Func<string, string> groupOf)
    {
        string[] lines = run.Record.Folds.ToText().Split('\n');
        System.Text.Json.Nodes.JsonNode header = System.Text.Json.Nodes.JsonNode.Parse(lines[0])!;
        header["groups"] = new System.Text.Json.Nodes.JsonArray(
            [.. run.Record.Folds.Clips.Select(clip => System.Text.Json.Nodes.JsonValue.Create(groupOf(clip)))]);
        return RunFigures.Of(run.Record with
        {
            Plan = new Evaluation.Records.RunPlan(
                run.Description,
                Evaluation.Records.RunFolds.FromText(string.Join('\n', lines.Skip(1).Prepend(header.ToJsonString())))),
        });
    }
}
