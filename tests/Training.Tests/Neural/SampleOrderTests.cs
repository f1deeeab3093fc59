using SerLab.Core;
using SerLab.Training.Neural;
using Xunit;

namespace SerLab.Training.Tests.Neural;

public class SampleOrderTests
{
    [Fact]
    public void A_buffer_of_one_keeps_the_rows_in_order()
    {
        int[] order = new int[20];
        SampleOrder.Fill(order, 1, new SeededRandom(1));
        Assert.Equal(Enumerable.Range(0, 20), order);
    }

    [Fact]
    public void A_buffer_visits_every_row_once_and_none_earlier_than_it_can_be_in_the_buffer()
    {
        int[] order = new int[1000];
        SampleOrder.Fill(order, 121, new SeededRandom(2));

        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.All(order.Select((row, position) => row - position), early => Assert.InRange(early, -1000, 120));
        Assert.Contains(order.Select((row, position) => row - position), early => early > 100);
    }

    [Fact]
    public void A_buffer_of_all_rows_makes_every_order_equally_likely()
    {
        SeededRandom random = new(3);
        Dictionary<string, int> counts = [];
        int[] order = new int[3];
        for (int i = 0; i < 60_000; i++)
        {
            SampleOrder.Fill(order, 1_000, random);
            string key = string.Join("", order);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        // Six orders, each expected 10,000 times with a standard deviation of 91.
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 9_600, 10_400));
    }
}
