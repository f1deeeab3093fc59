using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using Xunit;

namespace SerLab.Reports.Tests;

public partial class HtmlReportTests
{
    private static readonly CompletedRun Ratings = SampleRuns.Ratings();
    private static readonly CompletedRun Classes = SampleRuns.Classes();
    private static readonly string RatingsReport = HtmlReport.Render(Ratings.Figures);
    private static readonly string ClassesReport = HtmlReport.Render(Classes.Figures);

    public static TheoryData<string> Reports => [RatingsReport, ClassesReport];

    [Theory]
    [MemberData(nameof(Reports))]
    public void A_report_is_well_formed_and_escapes_every_name(string report)
    {
        XElement main = MainOf(report);

        Assert.DoesNotContain(main.Descendants(), e => e.Name.LocalName == "b");
        Assert.All(main.Descendants("script"), data =>
        {
            JsonElement figure = JsonDocument.Parse(data.Value).RootElement;
            Assert.True(figure.GetProperty("data").GetArrayLength() > 0);
        });
        Assert.Equal(main.Descendants("figure").Count(), main.Descendants("script").Count());
    }

    [Fact]
    public void A_name_with_signs_of_markup_is_shown_as_it_is() =>
        Assert.Contains(
            MainOf(RatingsReport).Descendants(), e => e.Name.LocalName == "text" && e.Value == SampleRuns.HostileName);

    [Theory]
    [MemberData(nameof(Reports))]
    public void A_report_fetches_nothing(string report)
    {
        Assert.All(
            Links().Matches(report), match => Assert.Matches("^href=\"#(figure|table)-", match.Value));
        Assert.DoesNotContain("@import", report, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", report, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "http", report.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Every_link_hands_out_something_that_stands_in_the_page(string report)
    {
        XElement main = MainOf(report);
        HashSet<string> ids = [.. main.Descendants().Select(e => (string?)e.Attribute("id")).OfType<string>()];
        XElement[] links = [.. main.Descendants("a")];

        int longTables = main.Descendants("div").Count(div => (string?)div.Attribute("class") == "long");
        int tables = main.Descendants("table").Count() - longTables;
        Assert.Equal((3 * main.Descendants("figure").Count()) + (3 * tables) + longTables, links.Length);
        Assert.All(links, link => Assert.Contains(((string)link.Attribute("href")!)[1..], ids));
        Assert.All(main.Descendants("pre").Where(e => e.Attribute("id") is not null), e => Assert.NotNull(e.Attribute("hidden")));
        Assert.Equal(links.Length, links.Select(link => (string)link.Attribute("download")!).Distinct().Count());
    }

    [Fact]
    public void Files_are_what_the_links_hand_out_and_every_picture_is_a_whole_one()
    {
        IReadOnlyDictionary<string, string> files = HtmlReport.Files(Ratings.Figures);
        XElement main = MainOf(RatingsReport);

        string[] offered = [.. main.Descendants("a").Select(a => (string)a.Attribute("download")!)];
        Assert.Equal(offered.Where(name => !name.EndsWith(".png", StringComparison.Ordinal)).Order(), files.Keys.Order());
        Assert.All(files.Where(file => file.Key.EndsWith(".svg", StringComparison.Ordinal)), file =>
            Assert.Equal("svg", XDocument.Parse(file.Value).Root!.Name.LocalName));
        string table = files.First(file => file.Key.StartsWith("table-01-", StringComparison.Ordinal)).Value;
        Assert.Contains(main.Descendants("pre"), e => e.Value == table);
    }

    [Fact]
    public void The_first_line_says_that_a_protocol_leaks_and_synthetic_data_are_called_so()
    {
        XElement[] first = [.. MainOf(RatingsReport).Elements().Take(2)];

        Assert.StartsWith("LEAKS: random.", first[0].Value, StringComparison.Ordinal);
        Assert.Contains("Believe grouped. Looked for: ", first[0].Value, StringComparison.Ordinal);
        Assert.StartsWith("SYNTHETIC DATA", first[1].Value, StringComparison.Ordinal);
        Assert.All(
            Ratings.Description.Protocols.SelectMany(p => p.Leaks),
            leak => Assert.Contains(MainOf(RatingsReport).Descendants("li"), li => li.Value == $"Leak: {leak.Sentence}"));
    }

    [Fact]
    public void Without_a_leak_the_first_line_says_so_and_recorded_sound_is_not_called_synthetic()
    {
        CompletedRun clean = SampleRuns.Ratings(synthetic: false, protocols: "grouped");

        string report = HtmlReport.Render(clean.Figures);

        Assert.StartsWith("No leak found", MainOf(report).Elements().First().Value, StringComparison.Ordinal);
        Assert.DoesNotContain("LEAKS", report, StringComparison.Ordinal);
        Assert.DoesNotContain("SYNTHETIC", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_line_says_what_was_looked_for_and_what_cannot_be_seen()
    {
        string first = MainOf(HtmlReport.Render(SampleRuns.Ratings(synthetic: false, protocols: "grouped").Figures))
            .Elements().First().Value;

        Assert.Contains("location (12 groups)", first, StringComparison.Ordinal);
        Assert.Contains("Not to be seen from here: twins by ear, since no sound is at hand", first, StringComparison.Ordinal);
        Assert.Contains("no speaker is named", first, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_group_the_first_line_cautions_as_loudly_as_a_leak_and_guesses()
    {
        RunRecord record = SampleRuns.Ratings(synthetic: false, protocols: "random").Record;
        RunDescription description = record.Description;
        RunFolds folds = RunFolds.FromText(record.Folds.ToText().Replace("\"location\"", "null", StringComparison.Ordinal));
        RunFigures alone = RunFigures.Of(record with
        {
            Plan = new RunPlan(
                description with
                {
                    Corpus = description.Corpus with { Knowledge = new GroupKnowledge([], false, false, 0, "the third letter") },
                    Protocols = [.. description.Protocols.Select(protocol => protocol with { Leaks = [] })],
                },
                folds),
        });

        XElement[] first = [.. MainOf(HtmlReport.Render(alone)).Elements().Take(2)];

        Assert.StartsWith("NO GROUPS: Nothing says which clips share a speaker", first[0].Value, StringComparison.Ordinal);
        Assert.EndsWith("A guess: the third letter.", first[0].Value, StringComparison.Ordinal);
        Assert.Equal(["banner leak", "banner warn"], first.Select(banner => banner.Attribute("class")!.Value));
        Assert.StartsWith("No leak found. Looked for: ", first[1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Twins_are_listed_with_their_labels()
    {
        RunRecord record = Classes.Record;
        RunDescription description = record.Description;
        string[] clips = [.. record.Folds.Clips.Take(2)];
        RunFigures heard = RunFigures.Of(record with
        {
            Plan = new RunPlan(
                description with
                {
                    Corpus = description.Corpus with
                    {
                        Twins = new SoundTwins([new SoundTwin(clips[0], clips[1], 0.012)], 2, [8000]),
                    },
                },
                record.Folds),
        });

        XElement table = MainOf(HtmlReport.Render(heard)).Descendants("table")
            .First(t => t.Element("caption")!.Value == "Clips that sound the same");

        Assert.Equal(
            [clips[0], clips[1], "0.012"], table.Element("tbody")!.Descendants("span").Take(3).Select(cell => cell.Value));
    }

    [Fact]
    public void Every_group_has_its_score_the_worst_first()
    {
        string best = Ratings.Figures.Ranked("valence", "grouped")[0].Model;
        XElement table = MainOf(RatingsReport).Descendants("table")
            .Last(t => t.Element("caption")!.Value == $"{best} under grouped by location, the worst first");

        string[][] rows =
        [
            .. table.Element("tbody")!.Elements("tr")
                .Select(row => row.Elements().Select(cell => cell.Element("span")!.Value).ToArray()),
        ];

        Assert.Equal(12, rows.Length);
        Assert.All(rows, row => Assert.Equal("8", row[1]));
        double[] errors = [.. rows.Select(row => double.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(errors.OrderDescending(), errors);
    }

    [Fact]
    public void The_table_holds_the_pooled_figure_interval_mean_and_optimism_of_every_model()
    {
        XElement table = MainOf(RatingsReport).Descendants("table").First(t => t.Element("caption")!.Value == "R² of valence");

        foreach (XElement row in table.Element("tbody")!.Elements("tr"))
        {
            string[] cells = [.. row.Elements().Select(c => string.Join('|', c.Elements().Select(e => e.Value)))];
            MetricSummary grouped = Ratings.Figures.Find("grouped", "valence", cells[0])!["r2"];
            MetricSummary random = Ratings.Figures.Find("random", "valence", cells[0])!["r2"];
            Assert.EndsWith(
                $"{Seen(grouped.Pooled)}|[{Seen(grouped.Interval.Low)}, {Seen(grouped.Interval.High)}]|"
                + $"{Seen(grouped.Mean)} ± {Seen(grouped.Std)}",
                cells[1],
                StringComparison.Ordinal);
            Assert.Contains(Seen(random.Pooled), cells[2], StringComparison.Ordinal);
            Assert.Equal($"+{Seen(random.Pooled - grouped.Pooled)}", cells[3]);
        }
    }

    [Fact]
    public void Models_are_ranked_by_the_protocol_that_keeps_groups_whole_and_the_best_is_marked()
    {
        XElement table = MainOf(RatingsReport).Descendants("table").First(t => t.Element("caption")!.Value == "R² of arousal");
        XElement[] rows = [.. table.Element("tbody")!.Elements("tr")];

        string[] expected =
        [
            .. Ratings.Figures.Rows.Where(r => r is { Protocol: "grouped", Target: "arousal" })
                .OrderByDescending(r => r["r2"].Pooled).Select(r => r.Model),
        ];
        Assert.Equal(expected, rows.Select(r => r.Elements().First().Value.Trim()));
        Assert.Equal("best", rows[0].Elements().ElementAt(1).Attribute("class")!.Value);
    }

    [Fact]
    public void Classes_come_with_a_confusion_matrix_a_text_report_and_the_best_and_worst_speaker()
    {
        XElement main = MainOf(ClassesReport);
        RunFigures run = Classes.Figures;
        string best = run.Ranked("class", run.HeadlineProtocol.Name)[0].Model;
        IReadOnlyList<GroupAccuracy> groups = GroupAccuracy.BestFirst(run, "class", best, "grouped");

        Assert.Contains(main.Descendants("pre"), pre => pre.Value.Contains("weighted avg", StringComparison.Ordinal));
        Assert.Contains(main.Descendants("figcaption"), c => c.Value.Contains(
            $"best for speaker {groups[0].Group} ({groups[0].Right} of {groups[0].Predictions} right), worst for "
            + groups[^1].Group,
            StringComparison.Ordinal));
        Assert.Contains(main.Descendants(), e => e.Attribute("aria-label")?.Value == "Confusion: number of clips");
    }

    [Fact]
    public void Rendering_twice_gives_the_same_bytes() =>
        Assert.Equal(RatingsReport, HtmlReport.Render(Ratings.Figures));

    private static string Seen(double value) =>
        value.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−');

    [Fact]
    public void Figures_that_know_clips_of_the_tested_groups_stand_in_a_table_of_their_own()
    {
        XElement main = MainOf(HtmlReport.Render(
            SampleRuns.Ratings(protocols: ["random", "grouped", "enrolled"]).Figures));

        Assert.Equal(["model", "grouped", "random", "optimism"], Columns("R² of arousal"));
        Assert.Equal(["model", "enrolled(3)"], Columns("R² of arousal, unlabelled test clips used"));
        Assert.Contains(main.Descendants("p"), p => p.Value.StartsWith(
            "Not to be held against the figures of clips judged by themselves: here unlabelled test clips help to judge others. "
            + "enrolled(3): ",
            StringComparison.Ordinal));
        Assert.DoesNotContain(main.Descendants("title"), title => title.Value.Contains("enrolled", StringComparison.Ordinal));

        string[] Columns(string caption) =>
        [
            .. main.Descendants("table").First(table => table.Element("caption")!.Value == caption)
                .Descendants("thead").Single().Descendants("th").Select(cell => cell.Element("span")!.Value),
        ];
    }

    private static XElement MainOf(string report)
    {
        int start = report.IndexOf("<main>", StringComparison.Ordinal);
        int end = report.IndexOf("</main>", StringComparison.Ordinal);
        return XElement.Parse(report[start..end] + "</main>");
    }

    [GeneratedRegex("""(href|src|srcset|action)="[^"]*"?""")]
    private static partial Regex Links();
}
