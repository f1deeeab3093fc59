using System.Xml.Linq;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Reports.Charts;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Reports.Tests;

public class ClipTests
{
    private static readonly RunFigures Ratings = SampleRuns.Ratings().Figures;
    private static readonly RunFigures Classes = SampleRuns.Classes().Figures;

    [Fact]
    public void The_map_has_every_tested_clip_once_at_its_place_and_tells_what_it_is()
    {
        ModelFigures row = Classes.Ranked("class", "grouped")[0];
        ClipOutcome[] clips = ClipOutcome.Of(Classes, "class", row.Model, row.Protocol);

        foreach (Chart chart in (Chart[])
            [
                ReportCharts.MapByTruth(Classes, "class", row),
                ReportCharts.MapByError(Classes, "class", row),
                ReportCharts.MapByGroup(Classes, "class", row),
            ])
        {
            PointSeries[] parts = [.. chart.Series.Cast<PointSeries>()];
            string[] labels = [.. parts.SelectMany(part => part.Labels)];
            Assert.Equal(
                clips.Select(clip => ClipText.Of(Classes, Classes.Description.Targets[0], clip)).Order(), labels.Order());
            Assert.Equal(Classes.Record.Map!.Across.Order(), parts.SelectMany(part => part.X).Order());
        }

        Assert.Equal(
            clips.Count(clip => clip.Truth != clip.Predicted),
            ReportCharts.MapByError(Classes, "class", row).Series.Cast<PointSeries>().Single(part => part.Name == "wrong")
                .X.Count);
        Assert.Contains("others", ReportCharts.MapByGroup(Classes, "class", row).Series.Select(part => part.Name));
    }

    [Fact]
    public void Ratings_are_coloured_by_thirds_of_the_clips()
    {
        ModelFigures row = Ratings.Ranked("valence", "grouped")[0];

        PointSeries[] parts = [.. ReportCharts.MapByTruth(Ratings, "valence", row).Series.Cast<PointSeries>()];

        Assert.Equal(["lowest third", "middle third", "highest third"], parts.Select(part => part.Name));
        Assert.All(parts, part => Assert.InRange(part.X.Count, 31, 33));
    }

    [Fact]
    public void Of_many_clips_some_are_shown_the_same_in_all_charts_and_captions_say_so()
    {
        RunFigures run = SampleRuns.Ratings(groups: 200, clipsPerGroup: 10, protocols: "grouped").Figures;
        ModelFigures row = run.Ranked("valence", "grouped")[0];

        int[] Shown(Chart chart) =>
            [.. chart.Series.Cast<PointSeries>().SelectMany(part => part.Labels).Select(label => label.Split(':')[0])
                .Distinct().Select(id => run.Record.Folds.Clips.Index().First(clip => clip.Item == id).Index).Order()];
        int[] shown = Shown(ReportCharts.PredictedAgainstTrue(run, "valence", row.Model, "grouped"));

        Assert.Equal(1000, shown.Length);
        Assert.Equal(shown, Shown(ReportCharts.MapByTruth(run, "valence", row)));
        Assert.Contains(
            "Shown are 1,000 of 2,000 clips, drawn at random.", HtmlReport.Render(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_ten_thousand_clips_stays_below_five_megabytes_and_lists_every_clip()
    {
        RunFigures run = SampleRuns.Ratings(groups: 400, clipsPerGroup: 25, meanAlone: true).Figures;

        string report = HtmlReport.Render(run);

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(report), 1_000_000, 5_000_000);
        HashSet<string> listed = [.. report.Split('\n').Select(line => line.Split(',')[0])];
        Assert.Superset(run.Record.Folds.Clips.ToHashSet(), listed);
    }

    [Fact]
    public void The_worst_clips_are_those_of_the_largest_errors_and_a_right_class_is_none_of_them()
    {
        IReadOnlyList<ClipOutcome> ratings = WorstClips.Of(Ratings, Ratings.Description.TargetOf("valence"));
        ModelFigures row = Ratings.Ranked("valence", "grouped")[0];
        double[] all = [.. ClipOutcome.Of(Ratings, "valence", row.Model, "grouped").Select(clip => Math.Abs(clip.Residual))];

        Assert.Equal(all.OrderDescending().Take(12), ratings.Select(clip => clip.Error));
        Assert.All(
            WorstClips.Of(Classes, Classes.Description.Targets[0]), clip => Assert.NotEqual(clip.Truth, clip.Predicted));
    }

    [Fact]
    public void A_clip_knows_its_folds_and_how_many_of_its_group_were_learnt_from()
    {
        FoldScheme scheme = new(
            "two folds and a clip that both test", [new Fold(0, [0, 2, 4], [1, 3]), new Fold(1, [1, 2, 3], [0, 3])]);
        Evaluation.Records.RunFolds folds = Evaluation.Records.RunFolds.FromText(
            """{"clips":["a","b","c","d","e","f"],"groupKind":"speaker","groups":["x","x","x","y","y","y"],"""
            + "\"sources\":[[],[],[],[],[],[]]}");

        ClipFate[] fates = ClipFate.Of(folds, scheme);

        Assert.Equal(new ClipFate("1", "2", true), fates[0]);
        Assert.Equal(new ClipFate("0", "2", true), fates[1]);
        Assert.Equal(new ClipFate("", "", true), fates[2]);

        // In fold 0 the model had learnt from e; in fold 1 it had learnt from d itself, which is no other clip.
        Assert.Equal(new ClipFate("0 1", "1", true), fates[3]);
        Assert.Equal(new ClipFate("", "", false), fates[5]);
    }

    [Fact]
    public void The_table_of_all_clips_holds_every_prediction_of_the_best_model_under_every_protocol()
    {
        IReadOnlyDictionary<string, string> files = HtmlReport.Files(Classes);
        string[] lines = files.Single(file => file.Key.Contains("class-of-every-clip", StringComparison.Ordinal)).Value
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string best = Classes.Ranked("class", "grouped")[0].Model;

        Assert.Equal(
            "clip,speaker,true,random,random: fold,random: speaker learnt,grouped,grouped: fold,grouped: speaker learnt",
            lines[0]);
        Assert.Equal(192, lines.Length - 1);
        Dictionary<int, ClipOutcome> random =
            ClipOutcome.Of(Classes, "class", best, "random").ToDictionary(clip => clip.Clip);
        foreach (string[] cells in lines.Skip(1).Select(line => line.Split(',')))
        {
            int clip = Classes.Record.Folds.Clips.Index().First(one => one.Item == cells[0]).Index;
            Assert.Equal(Classes.Description.Targets[0].Classes[(int)random[clip].Predicted], cells[3]);
            Assert.Equal("0", cells[8]);
            Assert.NotEqual("0", cells[5]);
        }
    }

    [Fact]
    public void A_player_has_its_file_named_and_nothing_is_fetched_where_no_script_runs()
    {
        string report = HtmlReport.Render(Classes);
        int start = report.IndexOf("<main>", StringComparison.Ordinal);
        XElement main = XElement.Parse(report[start..report.IndexOf("</main>", StringComparison.Ordinal)] + "</main>");

        string[] sounds = [.. main.Descendants("th").Select(cell => (string?)cell.Attribute("data-sound")).OfType<string>()];

        Assert.Equal(12, sounds.Length);
        Assert.All(sounds, sound => Assert.Matches("^sounds/clip-[0-9]{5}\\.wav$", sound));
        Assert.Empty(main.Descendants("audio"));
    }
}
