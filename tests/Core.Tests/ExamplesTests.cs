using Xunit;

namespace SerLab.Core.Tests;

public sealed class ExamplesTests
{
    private static readonly float[][] Frames = [[1, 2, 3], [4, 5, 6, 7, 8, 9], [10, 11, 12]];

    [Fact]
    public void Rows_of_features_become_a_matrix()
    {
        FeatureMatrix matrix = Assert.IsType<FeatureMatrix>(Examples.Of([[1, 2], [3, 4], [5, 6]], ExampleShape.Features(2)));

        Assert.Equal((3, 2, ExampleShape.Features(2)), (matrix.Count, matrix.Columns, matrix.Shape));
        Assert.Equal([1, 2, 3, 4, 5, 6], matrix.Values.ToArray());
        Assert.Equal([5, 6, 1, 2, 5, 6], matrix.Select([2, 0, 2]).Values.ToArray());
    }

    [Fact]
    public void Series_of_different_lengths_keep_an_axis_that_differs()
    {
        Examples series = Examples.Of(Frames, ExampleShape.Series(null, 3));

        Assert.Equal((3, ExampleShape.Series(null, 3)), (series.Count, series.Shape));
        Assert.Equal([4, 5, 6, 7, 8, 9], series[1].ToArray());
    }

    [Fact]
    public void Where_all_series_have_the_same_length_the_shape_says_so()
    {
        Assert.Equal(ExampleShape.Series(1, 3), Examples.Of([Frames[0], Frames[2]], ExampleShape.Series(null, 3)).Shape);
        Assert.Equal(ExampleShape.Samples(6), Examples.Of([Frames[1]], ExampleShape.Samples()).Shape);
    }

    [Fact]
    public void No_examples_have_the_shape_they_were_given()
    {
        Examples none = Examples.Of([], ExampleShape.Series(null, 3));

        Assert.Equal((0, ExampleShape.Series(null, 3)), (none.Count, none.Shape));
    }

    [Fact]
    public void A_selection_keeps_order_repeats_and_shape()
    {
        Examples selected = Examples.Of(Frames, ExampleShape.Series(null, 3)).Select([2, 1, 2]);

        Assert.Equal((3, ExampleShape.Series(null, 3)), (selected.Count, selected.Shape));
        Assert.Equal([10, 11, 12], selected[0].ToArray());
        Assert.Equal(Frames[1], selected[1].ToArray());
        Assert.Equal([10, 11, 12], selected[2].ToArray());
    }

    [Fact]
    public void Values_that_do_not_fill_the_shape_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Examples.Of([[1, 2], [3]], ExampleShape.Features(2)));
        Assert.Throws<ArgumentException>(() => Examples.Of([[1, 2, 3], [4]], ExampleShape.Series(null, 3)));
        Assert.Throws<ArgumentException>(() => Examples.Of([[1, 2, 3]], ExampleShape.Series(2, 3)));
        Assert.Throws<ArgumentException>(() => new FeatureMatrix(new float[5], 2, 3));
    }
}
