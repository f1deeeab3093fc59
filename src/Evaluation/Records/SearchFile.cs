using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using SerLab.Training.Search;

namespace SerLab.Evaluation.Records;

/// <summary>
/// <c>searches.jsonl</c>: one line per searched fold with protocol, target, model, fold, the inner folds in words, the metric,
/// every candidate with its settings, inner scores and rank, and the number of the chosen one, from 0.
/// </summary>
internal static class SearchFile
{
    /// <summary>The text of the file.</summary>
    public static string ToText(IReadOnlyList<FoldSearch> searches) =>
        JsonLines.ToText(searches.Select(Of));

    /// <summary>The searches, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">Names the first line that is not what it should be.</exception>
    public static IReadOnlyList<FoldSearch> FromText(string text, IReadOnlyList<Target> targets) =>
        JsonLines.FromText(RunFiles.Searches, text, (Line line) => Parse(line, targets));

    private static Line Of(FoldSearch search) => new(
        search.Task.Protocol,
        search.Task.Target,
        search.Task.Model,
        search.Task.Fold,
        search.Table.Folds,
        search.Table.Metric.Name,
        search.Table.Candidates,
        search.Table.BestIndex);

    private static FoldSearch Parse(Line line, IReadOnlyList<Target> targets)
    {
        Metric metric =
            targets.FirstOrDefault(t => t.Name == line.Target)?.Scorer.Metrics.FirstOrDefault(m => m.Name == line.Metric)
            ?? throw new FormatException($"'{line.Metric}' is no metric of '{line.Target}'");
        int inner = line.Candidates.Count == 0 ? 0 : line.Candidates[0].Scores.Count;
        if (inner == 0 || line.Candidates.Any(candidate => candidate.Scores.Count != inner))
        {
            throw new FormatException("the candidates do not all have one score per inner fold");
        }

        // Ranks follow from the scores, and the choice from the ranks: what the line says otherwise is a changed line.
        SearchTable table = SearchTable.Of(
            metric,
            line.Inner,
            [.. line.Candidates.Select(candidate => candidate.Settings)],
            [.. line.Candidates.Select(candidate => candidate.Scores.ToArray())]);
        IEnumerable<int> ranks = table.Candidates.Select(candidate => candidate.Rank);
        return line.Chosen == table.BestIndex && ranks.SequenceEqual(line.Candidates.Select(candidate => candidate.Rank))
            ? new FoldSearch(new FoldTask(line.Protocol, line.Target, line.Model, line.Fold), table)
            : throw new FormatException("ranks and choice do not follow from the scores; the best candidate is number "
                + $"{table.BestIndex}");
    }

    private sealed record Line(
        string Protocol,
        string Target,
        string Model,
        int Fold,
        string Inner,
        string Metric,
        IReadOnlyList<SearchCandidate> Candidates,
        int Chosen);
}
