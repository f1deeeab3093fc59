using Xunit;

namespace SerLab.Core.Tests;

public sealed class ExampleShapeTests
{
    [Fact]
    public void Shapes_say_their_axes_rank_size_and_name()
    {
        (ExampleShape Shape, int Rank, int? Size, string Text)[] cases =
        [
            (ExampleShape.Features(74), 1, 74, "74 features"),
            (ExampleShape.Series(null, 64), 2, null, "frames × 64 bands"),
            (ExampleShape.Series(10, 64), 2, 640, "10 frames × 64 bands"),
            (ExampleShape.Samples(), 1, null, "samples"),
            (ExampleShape.Samples(16000), 1, 16000, "16000 samples"),
        ];

        Assert.All(cases, c => Assert.Equal((c.Rank, c.Size, c.Text), (c.Shape.Rank, c.Shape.Size, c.Shape.ToString())));
    }

    [Fact]
    public void Only_rows_of_features_are_features()
    {
        Assert.True(ExampleShape.Features(1).IsFeatures);
        Assert.False(ExampleShape.Samples(1).IsFeatures);
        Assert.False(ExampleShape.Samples().IsFeatures);
        Assert.False(ExampleShape.Series(1, 1).IsFeatures);
    }

    [Fact]
    public void Parts_side_by_side_follow_each_other_and_are_features_where_all_are()
    {
        ExampleShape mixed =
            ExampleShape.SideBySide([("rows", ExampleShape.Features(3)), ("series", ExampleShape.Series(2, 5))]);
        ExampleShape rows = ExampleShape.SideBySide([("a", ExampleShape.Features(3)), ("b", ExampleShape.Features(4))]);

        Assert.Equal((13, false), (mixed.Size, mixed.IsFeatures));
        Assert.Equal(
            [new("rows", ExampleShape.Features(3), 0), new ExamplePart("series", ExampleShape.Series(2, 5), 3)], mixed.Parts);
        Assert.Equal((7, true), (rows.Size, rows.IsFeatures));
        Assert.Equal([0, 3], rows.Parts.Select(part => part.Offset));
        Assert.Throws<ArgumentException>(() => ExampleShape.SideBySide([("open", ExampleShape.Series(null, 5))]));
    }

    [Fact]
    public void Parts_stay_with_examples_that_are_selected_or_changed()
    {
        ExampleShape rows = ExampleShape.SideBySide([("a", ExampleShape.Features(1)), ("b", ExampleShape.Features(1))]);
        ExampleShape mixed = ExampleShape.SideBySide([("a", ExampleShape.Features(1)), ("b", ExampleShape.Series(1, 1))]);
        FeatureMatrix matrix = (FeatureMatrix)Examples.Of([[1, 2], [3, 4]], rows);

        Assert.Equal(rows.Parts, matrix.Select([1]).Shape.Parts);
        Assert.Equal(rows.Parts, matrix.With([5, 6, 7, 8]).Shape.Parts);
        Assert.Equal(mixed.Parts, Examples.Of([[1, 2], [3, 4]], mixed).Select([0]).Shape.Parts);
    }

    [Fact]
    public void Shapes_are_equal_when_all_axes_are()
    {
        Assert.Equal(ExampleShape.Series(null, 3), ExampleShape.Series(null, 3));
        Assert.Equal(ExampleShape.Series(null, 3).GetHashCode(), ExampleShape.Series(null, 3).GetHashCode());
        Assert.NotEqual(ExampleShape.Series(null, 3), ExampleShape.Series(2, 3));
        Assert.NotEqual(ExampleShape.Features(3), ExampleShape.Samples(3));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3, true)]
    [InlineData(6, true)]
    [InlineData(4, false)]
    public void A_series_takes_whole_frames(int count, bool fits) => Assert.Equal(fits, ExampleShape.Series(null, 3).Fits(count));

    [Fact]
    public void A_fixed_shape_takes_exactly_its_size()
    {
        Assert.True(ExampleShape.Series(2, 3).Fits(6));
        Assert.False(ExampleShape.Series(2, 3).Fits(3));
        Assert.False(ExampleShape.Features(3).Fits(0));
    }

    [Fact]
    public void A_number_of_values_fixes_the_axis_that_differed()
    {
        Assert.Equal(ExampleShape.Series(2, 3), ExampleShape.Series(null, 3).WithSize(6));
        Assert.Equal(ExampleShape.Samples(5), ExampleShape.Samples().WithSize(5));
        Assert.Equal(ExampleShape.Features(3), ExampleShape.Features(3).WithSize(3));
        Assert.Throws<ArgumentException>(() => ExampleShape.Series(null, 3).WithSize(7));
    }

    [Fact]
    public void Impossible_shapes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ExampleShape());
        Assert.Throws<ArgumentException>(() => ExampleShape.Features(0));
        Assert.Throws<ArgumentException>(() => new ExampleShape(new ExampleAxis("frames", null), new ExampleAxis("bands", null)));
    }
}
