using SerLab.Core;

namespace SerLab.Reports.Charts;

/// <summary>
/// What a chart shows, apart from how it is drawn: <see cref="SvgChart"/> draws it, <see cref="PlotlyFigure"/> hands its data on.
/// Immutable.
/// </summary>
public sealed record Chart : INotebookView
{
    /// <summary>What the chart says, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required Axis Y { get; init; }

    /// <summary>The data, drawn in order; series of one name share a legend entry.</summary>
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>Lines that a reader compares with: zero, the diagonal, chance.</summary>
    public IReadOnlyList<ReferenceLine> References { get; init; } = [];

    string INotebookView.MediaType => "image/svg+xml";

    string INotebookView.ToMarkup() => SvgChart.Render(this);

    /// <summary>The title.</summary>
    public override string ToString() => Title;
}

/// <summary>One axis of a chart.</summary>
public sealed record Axis
{
    /// <summary>What is measured, with its unit.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// Names of the positions 0, 1, 2 … on an axis of categories; <see langword="null"/> on an axis of numbers.
    /// </summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Smallest value shown; by default the data decide.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest value shown; by default the data decide.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether equal ratios take equal lengths; values that are not positive are then left out.</summary>
    public bool IsLogarithmic { get; init; }
}

/// <summary>
/// A line across the whole chart: y = <paramref name="Slope"/> · x + <paramref name="Intercept"/>, or x = Intercept.
/// </summary>
/// <param name="Slope">Slope in data units; <see langword="null"/> for a vertical line.</param>
/// <param name="Intercept">Intercept in data units.</param>
public readonly record struct ReferenceLine(double? Slope, double Intercept)
{
    /// <summary>The line on which prediction equals truth.</summary>
    public static ReferenceLine Diagonal { get; } = new(1, 0);

    /// <summary>A horizontal line at <paramref name="y"/>.</summary>
    public static ReferenceLine Horizontal(double y) => new(0, y);

    /// <summary>A vertical line at <paramref name="x"/>.</summary>
    public static ReferenceLine Vertical(double x) => new(null, x);
}
