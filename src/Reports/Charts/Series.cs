namespace SerLab.Reports.Charts;

/// <summary>One set of data in a chart.</summary>
/// <param name="Name">What the legend calls it; empty for no legend entry.</param>
public abstract record Series(string Name)
{
    /// <summary>Which colour of the palette; by default the position of the name among the chart's names.</summary>
    public int? Colour { get; init; }
}

/// <summary>Separate points.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="X">Horizontal positions.</param>
/// <param name="Y">Vertical positions, as many.</param>
public sealed record PointSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : Series(Name)
{
    /// <summary>What each point is, shown when it is pointed at; none or as many as points.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}

/// <summary>Points joined in order.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="X">Horizontal positions.</param>
/// <param name="Y">Vertical positions, as many.</param>
public sealed record LineSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : Series(Name);

/// <summary>Bars from zero, upright over positions, as wide as <paramref name="Width"/>.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="X">Horizontal centres; of horizontal bars, their ends.</param>
/// <param name="Y">Heights, as many; of horizontal bars, their vertical centres.</param>
/// <param name="Width">Thickness in units of the axis that the bars stand on.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, double Width = 0.8) : Series(Name)
{
    /// <summary>Whether the bars lie: from zero to the right, which leaves room for long names beside them.</summary>
    public bool IsHorizontal { get; init; }
}

/// <summary>Estimates with horizontal intervals, e.g. a score with its 95 % interval.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Low">Lower ends.</param>
/// <param name="Centre">Estimates.</param>
/// <param name="High">Upper ends.</param>
/// <param name="Y">Vertical positions.</param>
public sealed record IntervalSeries(
    string Name, IReadOnlyList<double> Low, IReadOnlyList<double> Centre, IReadOnlyList<double> High, IReadOnlyList<double> Y)
    : Series(Name)
{
    /// <summary>What each estimate is of, shown with it when it is pointed at; none or as many as estimates.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}

/// <summary>A matrix of coloured cells over two axes of categories, each cell with its value written in it.</summary>
/// <param name="Name">What is shown.</param>
/// <param name="Rows">One row per vertical category, one value per horizontal category; the first row is the lowest.</param>
public sealed record HeatmapSeries(string Name, IReadOnlyList<IReadOnlyList<double>> Rows) : Series(Name)
{
    /// <summary>What is written in the cells; by default the values.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Texts { get; init; }
}
