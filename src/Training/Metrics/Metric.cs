using System.Text.Json.Serialization;

namespace SerLab.Training.Metrics;

/// <summary>A figure of merit.</summary>
/// <param name="Name">Name in files, e.g. <c>r2</c>.</param>
/// <param name="Title">Name in tables, e.g. "R²".</param>
/// <param name="HigherIsBetter">Whether larger values are better.</param>
/// <param name="Lowest">The lowest value there is; default minus infinity.</param>
/// <param name="Highest">The highest value there is; default infinity.</param>
public sealed record Metric(
    string Name,
    string Title,
    bool HigherIsBetter,
    [property: JsonIgnore] double Lowest = double.NegativeInfinity,
    [property: JsonIgnore] double Highest = double.PositiveInfinity)
{
    /// <summary>How much better one value is than another, whatever the metric: above zero where it is better.</summary>
    internal double Gain(double value, double over) => HigherIsBetter ? value - over : over - value;

    /// <summary>A metric that is a share or an area: from 0 to 1, and the larger the better.</summary>
    internal static Metric Share(string name, string title) => new(name, title, true, 0, 1);

    /// <summary>A metric that is an error: from 0, and the smaller the better.</summary>
    internal static Metric Error(string name, string title) => new(name, title, false, 0);
}
