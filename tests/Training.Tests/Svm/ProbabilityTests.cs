using SerLab.Core;
using SerLab.Training.Svm;
using Xunit;

namespace SerLab.Training.Tests.Svm;

public class ProbabilityTests
{
    [Fact]
    public void Platt_scaling_recovers_the_curve_that_made_the_labels()
    {
        SeededRandom random = new(41);
        double[] values = [.. Enumerable.Range(0, 20000).Select(_ => random.NextDouble(-3, 3))];
        bool[] positive = Array.ConvertAll(values, v => random.NextDouble() < new PlattScaling(-1.7, 0.4).Probability(v));

        PlattScaling fitted = PlattScaling.Fit(values, positive);

        Assert.Equal(-1.7, fitted.A, 0.1);
        Assert.Equal(0.4, fitted.B, 0.1);
    }

    [Fact]
    public void Platt_scaling_ends_where_the_likelihood_is_flat()
    {
        double[] values = [-2, -1, -0.5, 0.1, 0.2, 1, 3];
        bool[] positive = [false, false, true, false, true, true, true];

        PlattScaling fitted = PlattScaling.Fit(values, positive);

        double best = Loss(fitted);
        Assert.All(
            new[] { (1e-2, 0.0), (-1e-2, 0.0), (0.0, 1e-2), (0.0, -1e-2) },
            move => Assert.True(Loss(new PlattScaling(fitted.A + move.Item1, fitted.B + move.Item2)) > best));

        // Platt's smoothed targets: 5/6 for four positives, 1/5 for three negatives.
        double Loss(PlattScaling scaling) => -values
            .Select((v, i) => (Target: positive[i] ? 5 / 6.0 : 1 / 5.0, P: scaling.Probability(v)))
            .Sum(pair => (pair.Target * Math.Log(pair.P)) + ((1 - pair.Target) * Math.Log(1 - pair.P)));
    }

    [Fact]
    public void Platt_scaling_of_separated_values_stays_finite_and_does_not_overflow()
    {
        PlattScaling fitted = PlattScaling.Fit([-1000, -999, 999, 1000], [false, false, true, true]);

        Assert.True(double.IsFinite(fitted.A) && double.IsFinite(fitted.B));
        Assert.InRange(fitted.Probability(1e300), 0.5, 1);
        Assert.InRange(fitted.Probability(-1e300), 0, 0.5);
    }

    [Fact]
    public void Coupling_of_consistent_pairs_gives_back_the_probabilities()
    {
        double[] truth = [0.5, 0.3, 0.15, 0.05];
        double[] pairwise = new double[16];
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                pairwise[(4 * i) + j] = i == j ? 0 : truth[i] / (truth[i] + truth[j]);
            }
        }

        double[] solved = new double[4];
        PairwiseCoupling.Solve(pairwise, solved);

        Assert.Equal(truth, solved, (e, a) => Math.Abs(e - a) < 5e-3);
        Assert.Equal(1, solved.Sum(), 1e-12);
    }

    [Fact]
    public void Coupling_of_a_perfect_cycle_is_undecided()
    {
        double[] solved = new double[3];
        PairwiseCoupling.Solve([0, 0.8, 0.2, 0.2, 0, 0.8, 0.8, 0.2, 0], solved);

        Assert.All(solved, p => Assert.Equal(1 / 3.0, p, 1e-9));
    }
}
