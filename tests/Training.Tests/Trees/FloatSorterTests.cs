using SerLab.Core;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Trees;

public class FloatSorterTests
{
    [Theory, InlineData(1), InlineData(2000), InlineData(2001), InlineData(20_000)]
    public void Values_of_all_sizes_and_signs_come_in_the_order_of_comparing_them(int count)
    {
        SeededRandom random = new(count);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => Value(random))];
        FloatSorter sorter = new(count);
        float[] expected = [.. values.Order()];

        Assert.Equal(expected, sorter.Sort(values).ToArray());
        Assert.Equal(expected, sorter.Sort(expected).ToArray());
        Assert.Equal(expected, sorter.Sort([.. expected.Reverse()]).ToArray());
    }

    private static float Value(SeededRandom random) => random.NextInt(10) switch
    {
        0 => float.MaxValue,
        1 => -float.MaxValue,
        2 => float.Epsilon,
        3 => -float.Epsilon,
        4 => 0,
        5 => random.NextInt(3) - 1,
        _ => (float)(random.NextGaussian() * Math.Pow(10, random.NextInt(60) - 30)),
    };
}
