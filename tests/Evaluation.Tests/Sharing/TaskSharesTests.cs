using FsCheck;
using FsCheck.Fluent;
using SerLab.Evaluation.Sharing;
using Xunit;

namespace SerLab.Evaluation.Tests.Sharing;

public class TaskSharesTests
{
    // Whoever always adds to the least loaded share is never further from the ideal than this (Graham 1966).
    [Fact]
    public void No_share_costs_twice_what_it_must() =>
        Prop.ForAll<PositiveInt[], PositiveInt>((sizes, count) =>
        {
            int shares = Math.Min(count.Get, 12);
            double[] costs = [.. sizes.Select(size => Math.Pow(1.3, size.Get % 30))];
            double[] loads = new double[shares];
            foreach ((int share, int piece) in TaskShares.Divide(costs, shares).Select((share, piece) => (share, piece)))
            {
                loads[share] += costs[piece];
            }

            double ideal = Math.Max(costs.Sum() / shares, costs.DefaultIfEmpty().Max());
            return loads.Max() <= (ideal * (2 - (1.0 / shares))) + 1e-9;
        }).Holds();

    [Fact]
    public void Dear_pieces_are_spread_and_cheap_ones_fill_the_gaps()
    {
        Assert.Equal([1, 0, 2, 2, 1, 2], TaskShares.Divide([5, 9, 3, 2, 1, 1], 3));
    }
}
