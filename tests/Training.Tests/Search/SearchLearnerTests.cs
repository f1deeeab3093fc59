using System.Globalization;
using System.Text.Json;
using FsCheck.Fluent;
using SerLab.Core;
using SerLab.TestSupport;
using SerLab.Training.Catalogue;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using SerLab.Training.Search;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Training.Tests.Search;

public class SearchLearnerTests
{
    private static readonly SearchSpecification Grid =
        SearchSpecificationTests.Specification("C=0.1,1,10", "gamma=0.01,1") with { Folds = 3 };

    [Fact]
    public void Inner_folds_never_split_a_group() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<int>().Select(i => Math.Abs(i % 9)).ArrayOf(40).ToArbitrary(),
        groups =>
        {
            if (groups.Distinct().Count() < 2)
            {
                return true;
            }

            FeatureMatrix rows = new(new float[40], 40, 1);
            TrainingSet[] sets =
            [
                TrainingSet.OfRatings(rows, new double[40], groups),
                TrainingSet.OfClasses(rows, [.. Enumerable.Range(0, 40).Select(i => i % 2)], 2, groups),
            ];
            return sets.All(set =>
            {
                IReadOnlyList<Fold> folds = InnerFolds.Of(set, 5, 0);
                return folds.SelectMany(f => f.Test).Order().SequenceEqual(Enumerable.Range(0, 40))
                    && folds.All(f => !f.Train.Select(i => groups[i]).Intersect(f.Test.Select(i => groups[i])).Any());
            });
        }).Holds();

    [Fact]
    public void The_best_candidate_of_the_inner_folds_is_fitted_on_all_rows()
    {
        TrainingSet set = Set();
        SearchLearner search = Create(Grid);

        SearchedModel model = (SearchedModel)search.Fit(set, 7);

        Assert.Equal(3, model.Search.Candidates[0].Scores.Count);
        Assert.Equal(Alone(model.Search.Best).Fit(set, 7).Predict(set.Examples).Values, model.Predict(set.Examples).Values);
    }

    [Fact]
    public void Shared_distances_score_as_fits_of_their_own()
    {
        TrainingSet set = Set();
        IReadOnlyList<Fold> folds = new KFold(3, 1).Split(new SplitInput(set.Count));

        SearchTable table = Create(Grid).Score(set, folds, "three folds", 5);

        Assert.All(table.Candidates, candidate =>
        {
            ILearner alone = Alone(candidate);
            for (int f = 0; f < folds.Count; f++)
            {
                FoldData data = new(set, folds[f]);
                PredictionSet predictions = new(data.Truth, alone.Fit(data.Train, 0).Predict(data.Test).Values, []);
                Assert.Equal(new RegressionScorer().Score(predictions)[0], candidate.Scores[f], 2e-3);
            }
        });
    }

    [Fact]
    public void Threads_change_nothing()
    {
        TrainingSet set = Set();
        IReadOnlyList<Fold> folds = InnerFolds.Of(set, 5, 1);

        Assert.Equal(
            JsonSerializer.Serialize(Create(Grid).Score(set, folds, "", 0, threads: 1)),
            JsonSerializer.Serialize(Create(Grid).Score(set, folds, "", 0, threads: 3)));
    }

    [Fact]
    public void Lower_is_better_where_the_metric_says_so()
    {
        SearchTable table = ((SearchedModel)Create(Grid with { Metric = "mae" }).Fit(Set(), 0)).Search;

        Assert.Equal("mae", table.Metric.Name);
        Assert.Equal(table.Candidates.Min(c => c.Mean), table.Best.Mean);
        Assert.Equal(
            table.Candidates.OrderBy(c => c.Mean).Select(c => c.ToString()),
            table.Candidates.OrderBy(c => c.Rank).Select(c => c.ToString()));
    }

    [Fact]
    public void An_undefined_score_comes_last()
    {
        SearchTable table = SearchTable.Of(
            RegressionMetrics.All[0], "",
            [.. new[] { "a", "b", "c" }.Select(v => new Dictionary<string, string> { ["x"] = v })],
            [[double.NaN, 1], [0.1, 0.1], [0.2, 0.2]]);

        Assert.Equal([3, 2, 1], table.Candidates.Select(c => c.Rank));
        Assert.Equal("x=c", table.Best.ToString());
    }

    [SkippableFact, Trait("Data", "real")]
    public void The_grid_scores_as_scikit_learns()
    {
        double[][] numbers =
        [
            .. File.ReadLines(ReferenceData.Require("reference", "regression.csv")).Skip(1)
                .Select(line => Array.ConvertAll(line.Split(','), text => double.Parse(text, CultureInfo.InvariantCulture))),
        ];
        FeatureMatrix rows = FeatureMatrix.FromRows(Array.ConvertAll(numbers, r => Array.ConvertAll(r[..^1], v => (float)v)), 74);
        using JsonDocument peers =
            JsonDocument.Parse(File.ReadAllText(ReferenceData.Require("reference", "regression-peers.json")));
        JsonElement grid = peers.RootElement.GetProperty("results").GetProperty("grid");
        SearchLearner search = Create(
            SearchSpecificationTests.Specification("C=0.1,1,10,100", "gamma=0.001,0.013513513513513514,0.03,0.1", "scaler=none"));

        KFold splitter = new(10, 0);
        SearchTable ours = search.Score(
            TrainingSet.OfRatings(rows, Array.ConvertAll(numbers, r => r[^1])),
            splitter.Split(new SplitInput(rows.Rows)),
            splitter.Describe(),
            0,
            threads: 2);

        Assert.Equal("C=10 gamma=0.001 scaler=none", ours.Best.ToString());
        Assert.All(grid.GetProperty("table").EnumerateArray().Zip(ours.Candidates), pair =>
            Assert.Equal(pair.First.GetProperty("r2").GetDouble(), pair.Second.Mean, 1e-4));
    }

    private static SearchLearner Create(SearchSpecification search) => (SearchLearner)LearnerCatalogue.BuiltIn.Create(
        LearnerSpecification.Default("svr") with { Search = search }, Target.Rating("rating"));

    private static ILearner Alone(SearchCandidate candidate) => LearnerCatalogue.BuiltIn.Create(
        candidate.Settings.Aggregate(LearnerSpecification.Default("svr"), (s, setting) => s.With(setting.Key, setting.Value)),
        Target.Rating("rating"));

    private static TrainingSet Set() => TrainingSet.OfRatings(
        new FeatureMatrix([.. Enumerable.Range(0, 72).Select(i => MathF.Sin(i * 3.7f) + (i % 7))], 36, 2),
        [.. Enumerable.Range(0, 36).Select(i => Math.Sin(i * 12.9898))]);
}
