using System.Globalization;
using SerLab.Core;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Search;
using Xunit;

namespace SerLab.Training.Tests.Search;

public class SearchSpecificationTests
{
    [Fact]
    public void A_grid_is_every_combination_the_last_setting_fastest()
    {
        string[] candidates = [.. Specification("C=1,10", "gamma=auto,0.1,0.2").Candidates().Select(Text)];

        Assert.Equal(
            ["C=1 gamma=auto", "C=1 gamma=0.1", "C=1 gamma=0.2", "C=10 gamma=auto", "C=10 gamma=0.1", "C=10 gamma=0.2"],
            candidates);
    }

    [Fact]
    public void Random_candidates_are_distinct_seeded_and_of_the_grid()
    {
        SearchSpecification some = Specification("C=1,2,3,4,5", "epsilon=0.1,0.2,0.3,0.4") with { Draws = 12 };
        string[] drawn = [.. some.Candidates().Select(Text)];
        string[] all = [.. (some with { Draws = null }).Candidates().Select(Text)];

        Assert.Equal(12, drawn.Distinct().Count());
        Assert.Subset(all.ToHashSet(), drawn.ToHashSet());
        Assert.Equal(drawn, some.Candidates().Select(Text));
        Assert.NotEqual(drawn, some.Candidates(seed: 1).Select(Text));
        Assert.Equal(all, (some with { Draws = 20 }).Candidates().Select(Text));
    }

    [Fact]
    public void A_range_is_drawn_evenly_in_the_logarithm_and_whole_where_written_so()
    {
        IReadOnlyDictionary<string, string>[] drawn =
            [.. (Specification("C=0.01..100.0", "degree=2..4", "coef0=-1..1") with { Draws = 2000 }).Candidates()];
        double[] c = [.. drawn.Select(d => Number(d["C"]))];

        Assert.All(c, value => Assert.InRange(value, 0.01, 100));
        Assert.InRange(c.Count(value => value < 1), 900, 1100);
        Assert.Equal(["2", "3", "4"], drawn.Select(d => d["degree"]).Distinct().Order());
        Assert.All(drawn, d => Assert.InRange(Number(d["coef0"]), -1, 1));
        Assert.InRange(drawn.Count(d => Number(d["coef0"]) < 0), 900, 1100);
    }

    [Fact]
    public void A_list_of_lists_has_semicolons_between() =>
        Assert.Equal(["100", "100,50"], SettingValues.Parse("hidden", "100;100,50").Values);

    [Fact]
    public void A_search_without_sense_is_refused()
    {
        AssertRefused(Specification(), "no setting");
        AssertRefused(Specification("C=1", "c=2"), "twice");
        AssertRefused(Specification("C=1..10"), "range");
        AssertRefused(
            Specification([.. "abcde".Select(name => $"{name}=1,2,3,4,5,6,7,8,9")]), "59049 candidates");
        Assert.Throws<ArgumentOutOfRangeException>(() => (Specification("C=1,2") with { Draws = 0 }).Candidates());
        foreach (string text in new[] { "", "1,1", "2..1", "1..", "a..b", "1..2..3" })
        {
            InvalidInputException error = Assert.Throws<InvalidInputException>(() => SettingValues.Parse("C", text));
            Assert.Contains("expected", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_wrong_name_shows_before_anything_is_fitted()
    {
        AssertMisnamed(Specification("gama=1"), "'gamma'");
        AssertMisnamed(Specification("C=1,-1"), "svr.c is -1");
        AssertMisnamed(Specification("C=1") with { Metric = "r3" }, "'r2'");
    }

    [Fact]
    public void What_a_run_keeps_of_a_search_tells_searches_apart()
    {
        SearchSpecification search = Specification("C=1,10") with { Draws = 1 };

        string[] texts =
        [
            .. new[]
            {
                search,
                search with { Draws = null },
                search with { Folds = 3 },
                search with { Metric = "mse" },
                Specification("C=1,100"),
            }.Select(s => $"{s}"),
        ];

        Assert.Equal(texts.Length, texts.Distinct().Count());
    }

    internal static SearchSpecification Specification(params string[] settings) => new()
    {
        Settings = [.. settings.Select(s => SettingValues.Parse(s.Split('=')[0], s.Split('=')[1]))],
    };

    private static ILearner Create(SearchSpecification search) => LearnerCatalogue.BuiltIn.Create(
        LearnerSpecification.Default("svr") with { Search = search }, Target.Rating("valence"));

    private static string Text(IReadOnlyDictionary<string, string> candidate) =>
        string.Join(' ', candidate.Select(s => $"{s.Key}={s.Value}"));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void AssertMisnamed(SearchSpecification specification, string why) => Assert.Contains(
        why, Assert.ThrowsAny<InvalidInputException>(() => Create(specification)).Message, StringComparison.Ordinal);

    private static void AssertRefused(SearchSpecification specification, string why) => Assert.Contains(
        why, Assert.Throws<InvalidInputException>(() => specification.Candidates()).Message, StringComparison.Ordinal);
}
