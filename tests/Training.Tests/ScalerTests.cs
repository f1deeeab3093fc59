using SerLab.Core;
using SerLab.Training.Preprocessing;
using Xunit;

namespace SerLab.Training.Tests;

public class ScalerTests
{
    private static readonly FeatureMatrix Rows = new([1, 7, 3, 7, 5, 7], 3, 2);

    [Fact]
    public void Standard_scaler_centres_scales_and_zeroes_a_constant_feature()
    {
        FeatureMatrix scaled = Apply(new StandardScaler(), Rows);

        float unit = (float)(2 / Math.Sqrt(8.0 / 3));
        Assert.Equal([-unit, 0, 0, 0, unit, 0], scaled.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Min_max_scaler_spans_zero_to_one_and_lets_later_rows_fall_outside()
    {
        Assert.Equal([0, 0, 0.5f, 0, 1, 0], Apply(new MinMaxScaler(), Rows).Values.ToArray());
        Assert.Equal([1.5f, 0], Apply(new MinMaxScaler(), new FeatureMatrix([7, 9], 1, 2)).Values.ToArray());
    }

    [Fact]
    public void Bands_of_series_are_scaled_over_all_their_frames()
    {
        ExampleArrays series = new([[1, 7, 3, 7], [5, 7]], ExampleShape.Series(null, 2));

        ITransform transform = new StandardScaler().Fit(series);
        Examples scaled = transform.Apply(series);

        float[] rows = Apply(new StandardScaler(), Rows).Values.ToArray();
        Assert.Equal(series.Shape, scaled.Shape);
        Assert.Equal(rows[..4], scaled[0].ToArray());
        Assert.Equal(rows[4..], scaled[1].ToArray());
        Assert.Throws<InvalidInputException>(() => transform.Apply(new ExampleArrays([[1, 2, 3]], ExampleShape.Series(1, 3))));
        Assert.Contains(
            "samples",
            Assert.Throws<InvalidInputException>(
                () => new StandardScaler().Fit(new ExampleArrays([[1, 2]], ExampleShape.Samples()))).Message,
            StringComparison.Ordinal);
    }

    private static FeatureMatrix Apply(IPreprocessor scaler, FeatureMatrix rows) => (FeatureMatrix)scaler.Fit(Rows).Apply(rows);
}
