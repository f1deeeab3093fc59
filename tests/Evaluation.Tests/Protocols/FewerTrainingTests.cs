using MathNet.Numerics.Distributions;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Statistics;
using SerLab.Evaluation.Verification;
using SerLab.Reports;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Evaluation.Tests.Protocols;

/// <summary>Protocols that learn from a part of every fold, and the learning curves that come of them.</summary>
public sealed class FewerTrainingTests : IDisposable
{
    private static readonly string[] Names =
        ["grouped", "fewer-groups(25)", "fewer-groups(50)", "fewer-groups(75)", "fewer-clips(50)"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("fewer-groups(50)")]
    [InlineData("fewer-clips(50)")]
    public void The_test_parts_are_those_of_grouped_in_every_draw(string name)
    {
        IReadOnlyList<Fold> grouped = Folds("grouped");
        IReadOnlyList<Fold> fewer = Folds(name);

        Assert.Equal(FewerTraining.Draws * grouped.Count, fewer.Count);
        Assert.Equal(Enumerable.Range(0, fewer.Count), fewer.Select(fold => fold.Index));
        Assert.All(fewer, fold =>
        {
            Fold whole = grouped[fold.Index % grouped.Count];
            Assert.Equal(whole.Test, fold.Test);
            Assert.Equal(fold.Index / grouped.Count, fold.Repeat);
            Assert.Subset(new HashSet<int>(whole.Train), new HashSet<int>(fold.Train));
            Assert.Equal(fold.Train.Order(), fold.Train);
        });
        Assert.NotEqual(fewer[0].Train, fewer[grouped.Count].Train);
    }

    [Theory]
    [InlineData("fewer-groups")]
    [InlineData("fewer-clips")]
    public void Smaller_shares_lie_within_larger_ones(string name)
    {
        IReadOnlyList<Fold>[] rising = [.. new[] { 10, 25, 50, 75, 99 }.Select(percent => Folds($"{name}({percent})"))];

        foreach ((IReadOnlyList<Fold> less, IReadOnlyList<Fold> more) in rising.Zip(rising.Skip(1)))
        {
            Assert.All(less.Zip(more), pair => Assert.Subset(
                new HashSet<int>(pair.Second.Train), new HashSet<int>(pair.First.Train)));
        }
    }

    [Fact]
    public void Fewer_groups_keep_all_clips_of_those_that_are_left()
    {
        IReadOnlyList<Fold> grouped = Folds("grouped");

        Assert.All(Folds("fewer-groups(50)"), fold =>
        {
            int[] whole = grouped[fold.Index % grouped.Count].Train;
            int[] left = [.. fold.Train.Select(SpeakerOf).Distinct()];
            Assert.Equal((int)Math.Round(0.5 * whole.Select(SpeakerOf).Distinct().Count()), left.Length);
            Assert.Equal(whole.Where(clip => left.Contains(SpeakerOf(clip))), fold.Train);
        });
    }

    [Fact]
    public void Fewer_clips_are_the_same_share_of_every_group()
    {
        IReadOnlyList<Fold> grouped = Folds("grouped");

        Assert.All(Folds("fewer-clips(40)"), fold =>
        {
            int[] whole = grouped[fold.Index % grouped.Count].Train;
            Assert.Equal((int)Math.Round(0.4 * whole.Length), fold.Train.Length);
            foreach (IGrouping<int, int> speaker in whole.GroupBy(SpeakerOf))
            {
                Assert.Equal(0.4 * speaker.Count(), fold.Train.Count(clip => SpeakerOf(clip) == speaker.Key), 1.01);
            }
        });
    }

    [Fact]
    public void Without_groups_clips_are_drawn_from_all()
    {
        Corpus alone = TestRuns.Corpus with { DefaultGroup = null };
        Protocol protocol = Divided("fewer-clips(25)", alone);

        Assert.Equal(GroupRule.None, protocol.Rule);
        Assert.Equal(new TrainingShare("random", TrainingUnit.Clips, 25), protocol.Share);
        Assert.All(protocol.SchemeFor("svr").Folds, fold => Assert.Equal(
            (int)Math.Round(0.25 * (TestRuns.Clips - fold.Test.Length)), fold.Train.Length));
    }

    [Theory]
    [InlineData("fewer-groups", "needs the percentage to learn from, 1 to 99, as in fewer-groups(10)")]
    [InlineData("fewer-clips(0)", "needs the percentage")]
    [InlineData("fewer-clips(100)", "1 to 99 per cent")]
    [InlineData("fewer-clips(half)", "needs the percentage")]
    public void A_share_is_a_percentage(string name, string expected) => Assert.Contains(
        expected, Assert.ThrowsAny<InvalidInputException>(() => Folds(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Fewer_groups_need_groups() => Assert.Contains(
        "names no group",
        Assert.Throws<InvalidInputException>(
            () => Divided("fewer-groups(50)", TestRuns.Corpus with { DefaultGroup = null })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Their_figures_are_neither_the_headline_nor_held_against_others()
    {
        RunFigures figures = TestRuns.Run(TestRuns.Ratings() with
        {
            Protocols = [.. Names.Prepend("random").Reverse().Select(name => Divided(name))],
        }).Figures;

        Assert.Equal("grouped", figures.HeadlineProtocol.Name);
        Assert.Equal("random", figures.LeakyProtocol?.Name);
        Assert.All(figures.Optimism, pair => Assert.Equal(("random", "grouped"), (pair.Leaky, pair.Honest)));
    }

    [Fact]
    public void A_curve_rises_to_all_of_it_and_its_figures_are_those_of_the_protocols()
    {
        RunFigures figures = Run(folder["run"]);

        Assert.Empty(RunVerifier.Verify(folder["run"]).Mismatches);
        SizeCurve groups = Curve(figures, TrainingUnit.Groups);
        Assert.Equal([25, 50, 75, 100], groups.Points.Select(point => point.Percent));
        Assert.Equal(groups.Points.Select(point => point.Groups).Order(), groups.Points.Select(point => point.Groups));
        Assert.Equal([50, 100], Curve(figures, TrainingUnit.Clips).Points.Select(point => point.Percent));
        foreach (SizePoint point in groups.Points)
        {
            string protocol = point.Percent == 100 ? "grouped" : $"fewer-groups({point.Percent})";
            Assert.Equal(figures.Find(protocol, "class", "first")!["uar"].Pooled, point.Pooled);
            Assert.Equal(
                Folds(protocol, TestRuns.Classes).Average(fold => (double)fold.Train.Length), point.Clips);
        }

        Assert.Equal(groups.Points[3].Pooled - groups.Points[1].Pooled, groups.Doubling!.Gain, 12);
        Assert.Null(groups.OverFewerGroups);
        Assert.Equal(
            Curve(figures, TrainingUnit.Clips).Points[0].Pooled - groups.Points[1].Pooled,
            Curve(figures, TrainingUnit.Clips).OverFewerGroups!.Gain,
            12);
        Assert.Contains("doubling the speakers", string.Concat(SizeSentence.Of(figures, "class")), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_finds_a_fold_that_learns_from_what_the_whole_one_does_not()
    {
        Run(folder["run"]);
        string path = Path.Combine(folder["run"], RunFiles.Folds);
        string[] lines = File.ReadAllLines(path);
        int fewer = Array.FindIndex(lines, line => line.Contains("fewer-clips(50)", StringComparison.Ordinal));
        Fold fold = Folds("fewer-clips(50)", TestRuns.Classes)[0];
        int foreign = Enumerable.Range(0, TestRuns.Clips).Except(fold.Train).Except(fold.Test).First();
        lines[fewer] = lines[fewer].Replace(
            $"\"test\":[{string.Join(',', fold.Test)}]",
            $"\"test\":[{string.Join(',', fold.Test.SkipLast(1))},{foreign}]",
            StringComparison.Ordinal);
        File.WriteAllLines(path, lines);

        Assert.Contains(
            RunVerifier.Verify(folder["run"]).Mismatches,
            mismatch => mismatch.What.Contains("learns from a part of what grouped learns from", StringComparison.Ordinal));
    }

    [Fact]
    public void The_report_draws_a_curve_per_model_and_does_not_list_shares_as_protocols()
    {
        RunFigures run = Run(folder["run"]);
        string report = HtmlReport.Render(run);

        Assert.Contains("UAR of class by how much first learnt from", report, StringComparison.Ordinal);
        Assert.Contains("UAR of class by how much second learnt from", report, StringComparison.Ordinal);
        Assert.Contains("For first, doubling the speakers (", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<h3>fewer-groups(50)</h3>", report, StringComparison.Ordinal);
        Assert.Contains(
            HtmlReport.Files(run).Keys, name => name.EndsWith("uar-of-class-with-fewer-speakers.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_half_or_all_of_it_nothing_is_said_of_doubling()
    {
        RunFigures figures = TestRuns.Run(TestRuns.OfClasses() with
        {
            Protocols = [.. new[] { "grouped", "fewer-groups(25)" }.Select(name => Divided(name, TestRuns.Classes))],
        }).Figures;

        Assert.Null(Curve(figures, TrainingUnit.Groups).Doubling);
        Assert.Empty(SizeSentence.Of(figures, "class"));
    }

    [Fact]
    public void The_interval_of_the_gain_is_that_of_a_paired_t_test_where_groups_weigh_alike()
    {
        // Where every speaker has as many clips of each class, UAR is the mean over speakers.
        Corpus balanced = TestRuns.Classes with
        {
            Clips =
            [
                .. Enumerable.Range(0, 48).Select(i => new Clip
                {
                    Id = $"{i}",
                    Label = i / 8 % 2 == 0 ? "calm" : "happy",
                    Groups = new Dictionary<string, string> { ["speaker"] = $"{i % 8}" },
                }),
            ],
        };
        float[] values = [.. Enumerable.Range(0, 96).Select(i => MathF.Sin(i * 3.7f))];
        RunFigures figures = TestRuns.Run(TestRuns.OfClasses() with
        {
            Corpus = balanced,
            Examples = new FeatureMatrix(values, 48, 2),
            Targets = [TargetValues.Class(balanced)],
            Protocols = [.. new[] { "grouped", "fewer-groups(50)" }.Select(name => Divided(name, balanced))],
        }).Figures;

        SizeGain gain = Curve(figures, TrainingUnit.Groups).Doubling!;
        double[] differences = [.. Enumerable.Range(0, 8).Select(g => Right("grouped", g) - Right("fewer-groups(50)", g))];
        double mean = differences.Average();
        double reach = StudentT.InvCDF(0, 1, 7, 0.975) * Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / 7 / 8);
        Assert.NotEqual(0, reach);
        Assert.Equal(mean, gain.Gain, 12);
        Assert.Equal(mean - reach, gain.Interval.Low, 9);
        Assert.Equal(mean + reach, gain.Interval.High, 9);

        double Right(string protocol, int speaker)
        {
            (int[] clips, PredictionSet set) = figures.OutOfFold(protocol, "class", "first");
            return Enumerable.Range(0, clips.Length).Where(i => clips[i] % 8 == speaker)
                .Average(i => set.Truth[i] == set.Predicted[i] ? 1.0 : 0);
        }
    }

    [Fact]
    public void Where_groups_have_too_few_clips_to_halve_it_is_not_said_that_each_has_fewer()
    {
        Corpus pairs = TestRuns.Classes with
        {
            Clips =
            [
                .. TestRuns.Classes.Clips.Select((clip, i) => clip with
                {
                    Groups = new Dictionary<string, string> { ["family"] = $"{i / 2}{(i % 8 < 6 ? $"{i}" : "")}" },
                }),
            ],
            DefaultGroup = "family",
        };
        RunFigures figures = TestRuns.Run(TestRuns.OfClasses() with
        {
            Corpus = pairs,
            Targets = [TargetValues.Class(pairs)],
            Protocols =
                [.. new[] { "grouped", "fewer-groups(50)", "fewer-clips(50)" }.Select(name => Divided(name, pairs))],
        }).Figures;

        string sentence = SizeSentence.Of(figures, "class").First();

        Assert.Contains("doubling the families (", sentence, StringComparison.Ordinal);
        Assert.Contains("; families ", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("of each family", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("of every family", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.01, 0.03, "helped")]
    [InlineData(-0.01, 0.03, "is not shown to help")]
    [InlineData(-0.03, -0.01, "did harm")]
    [InlineData(double.NaN, double.NaN, "is not shown to help")]
    public void What_a_gain_shows_follows_from_its_interval(double low, double high, string verdict) =>
        Assert.Equal(verdict, new SizeGain(0.5 * (low + high), new ConfidenceInterval(low, high)).Verdict);

    private static SizeCurve Curve(RunFigures figures, TrainingUnit unit) =>
        figures.SizeCurves.First(curve => curve.Unit == unit && curve.Model == "first");

    private static RunFigures Run(string path) => TestRuns.Run(
        TestRuns.OfClasses() with { Protocols = [.. Names.Select(name => Divided(name, TestRuns.Classes))] }, path).Figures;

    private static int SpeakerOf(int clip) => clip % 7;

    private static IReadOnlyList<Fold> Folds(string name, Corpus? corpus = null) =>
        Divided(name, corpus).SchemeFor("svr").Folds;

    private static Protocol Divided(string name, Corpus? corpus = null) => ProtocolCatalogue.BuiltIn.Create(
        name, new ProtocolRequest(corpus ?? TestRuns.Corpus) { Folds = 3, Seed = 1 });
}
