namespace SerLab.Training.Metrics;

/// <summary>A figure of merit.</summary>
/// <param name="Name">Name in files, e.g. <c>r2</c>.</param>
/// <param name="Title">Name in tables, e.g. "R²".</param>
/// <param name="HigherIsBetter">Whether larger values are better.</param>
public sealed record Metric(string Name, string Title, bool HigherIsBetter);
