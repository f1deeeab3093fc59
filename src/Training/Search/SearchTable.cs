using System.Text.Json.Serialization;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Training.Search;

/// <summary>All candidates of a search, each with its score on every fold.</summary>
/// <param name="Metric">What was scored.</param>
/// <param name="Folds">How the rows were divided, in words.</param>
/// <param name="Candidates">The candidates in the order in which they were tried.</param>
public sealed record SearchTable(Metric Metric, string Folds, IReadOnlyList<SearchCandidate> Candidates)
{
    /// <summary>Number of the best candidate: the first of rank 1.</summary>
    [JsonIgnore]
    public int BestIndex => Candidates.Select((c, i) => (c.Rank, i)).Min().i;

    /// <summary>The best candidate.</summary>
    [JsonIgnore]
    public SearchCandidate Best => Candidates[BestIndex];

    /// <summary>Ranks candidates by the mean of their scores; one without a defined mean comes last.</summary>
    internal static SearchTable Of(
        Metric metric, string folds, IReadOnlyList<IReadOnlyDictionary<string, string>> settings, IReadOnlyList<double[]> scores)
    {
        double[] merits = [.. scores.Select(s => s.Average()).Select(mean =>
            double.IsNaN(mean) ? double.NegativeInfinity : metric.HigherIsBetter ? mean : -mean)];
        return new SearchTable(metric, folds, [.. settings.Select((candidate, i) =>
            new SearchCandidate(candidate, scores[i], 1 + merits.Count(merit => merit > merits[i])))]);
    }
}

/// <summary>One candidate of a search.</summary>
/// <param name="Settings">What distinguishes it from the others, by name.</param>
/// <param name="Scores">Its score on every fold; NaN where undefined.</param>
/// <param name="Rank">1 for the best; equals share a rank.</param>
public sealed record SearchCandidate(
    IReadOnlyDictionary<string, string> Settings,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] IReadOnlyList<double> Scores,
    int Rank)
{
    /// <summary>Mean over the folds.</summary>
    [JsonIgnore]
    public double Mean => Scores.Average();

    /// <summary>Population standard deviation over the folds.</summary>
    [JsonIgnore]
    public double Deviation => SplitMath.Deviation([.. Scores]);

    /// <summary>The settings in one line, e.g. <c>C=10 gamma=0.001</c>.</summary>
    public override string ToString() => string.Join(' ', Settings.Select(s => $"{s.Key}={s.Value}"));
}
