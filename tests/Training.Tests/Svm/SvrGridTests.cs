using SerLab.Training.Baselines;
using SerLab.Training.Learners;
using SerLab.Training.Svm;
using SerLab.Training.Svm.Kernels;
using Xunit;

namespace SerLab.Training.Tests.Svm;

public class SvrGridTests
{
    private static readonly SvmData Data = SvmData.Generate(21, 300, 5);

    [Fact]
    public void Every_candidate_is_what_a_fit_of_its_own_finds_in_any_order_of_candidates()
    {
        SvrOptions[] candidates =
        [
            .. from c in new[] { 10, 0.1, 100 }
               from gamma in new[] { 0.5, 0.01 }
               from epsilon in new[] { 0.05, 0.3 }
               select new SvrOptions { C = c, Gamma = gamma, Epsilon = epsilon, Tolerance = 1e-5 },
            new SvrOptions { Kernel = KernelKind.Linear, Tolerance = 1e-5 },
            new SvrOptions { Kernel = KernelKind.Polynomial, Degree = 2, Coef0 = 1, Tolerance = 1e-5 },
        ];
        SvmData training = Data.Take(..250);
        SvmData test = Data.Take(250..);

        SvrGrid grid = SvrGrid.Fit(training.Rows, training.Targets, candidates);
        double[][] predictions = grid.Predict(test.Rows);

        for (int c = 0; c < candidates.Length; c++)
        {
            SvrModel alone = SvrTests.Fit(training, candidates[c]);
            SvrTests.AssertSame(alone, grid.Model(c), test.Rows);
            Assert.Equal(1, grid.Model(c).Fit.DualObjective / alone.Fit.DualObjective, 1e-6);
            Assert.Equal(grid.Model(c).Predict(test.Rows).Values, predictions[c], (e, a) => Math.Abs(e - a) < 1e-9);
        }
    }

    [Fact]
    public void A_grid_beyond_the_cache_gives_the_same_candidates()
    {
        SvmData data = SvmData.Generate(22, 700, 4);
        SvrOptions[] roomy = [.. new[] { 0.5, 5.0 }.Select(c => new SvrOptions { C = c, Tolerance = 1e-5 })];

        SvrGrid expected = SvrGrid.Fit(data.Rows, data.Targets, roomy);
        SvrGrid actual = SvrGrid.Fit(data.Rows, data.Targets, [.. roomy.Select(o => o with { CacheMegabytes = 1 })]);

        for (int c = 0; c < roomy.Length; c++)
        {
            SvrTests.AssertSame(expected.Model(c), actual.Model(c), data.Rows);
        }
    }

    [Fact]
    public void A_search_has_all_candidates_of_its_kind_answered_at_once_and_others_not()
    {
        SvmData training = Data.Take(..250);
        SvmData test = Data.Take(250..);
        TrainingSet set = TrainingSet.OfRatings(training.Rows, training.Targets);
        IBatchLearner[] candidates =
        [
            .. new[] { 0.5, 5.0 }.Select(c => new SvrLearner(new SvrOptions { C = c, Tolerance = 1e-5 })),
        ];

        IReadOnlyList<Predictions> together = candidates[0].FitAndPredictAll(candidates, set, test.Rows, default)!;

        Assert.Equal(2, together.Count);
        Assert.All(candidates.Zip(together), pair => Assert.Equal(
            pair.First.Fit(set, seed: 0).Predict(test.Rows).Values, pair.Second.Values, (e, a) => Math.Abs(e - a) < 1e-3));
        Assert.Null(candidates[0].FitAndPredictAll([candidates[1], new MeanLearner()], set, test.Rows, default));
    }
}
