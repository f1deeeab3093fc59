namespace SerLab.Reports.Charts;

/// <summary>
/// A picture of numbers over two axes of numbers, such as a spectrogram: equal cells shaded between the smallest and the largest
/// value.
/// </summary>
/// <param name="Name">What the legend calls it; empty for no legend entry.</param>
/// <param name="Rows">
/// One row per step of the vertical axis, the lowest first; all of equal length, one value per horizontal step.
/// </param>
/// <param name="Left">Where the first column begins on the horizontal axis.</param>
/// <param name="Right">Where the last column ends.</param>
/// <param name="Bottom">Where the first row begins on the vertical axis.</param>
/// <param name="Top">Where the last row ends.</param>
public sealed record RasterSeries(
    string Name, IReadOnlyList<IReadOnlyList<double>> Rows, double Left, double Right, double Bottom, double Top) : Series(Name)
{
    /// <summary>How many columns the picture has.</summary>
    public int Columns => Rows.Count > 0 ? Rows[0].Count : 0;
}
