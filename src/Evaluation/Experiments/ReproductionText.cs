using System.Globalization;
using System.Text;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// A reproduction as a page that a supervisor can read: leaks first, then figures, then what the tables do not show.
/// </summary>
public static class ReproductionText
{
    /// <summary>How a verdict follows from the figures: to be printed where verdicts are.</summary>
    public const string VerdictRule =
        "Verdict: reproduced if our mean lies within one standard deviation of the published mean, close within two, else "
        + "differs. The deviation is the published one; of a single published split it is its binomial error and our own spread "
        + "over splits together.";

    /// <summary>The page in Markdown.</summary>
    public static string Markdown(Reproduction reproduction)
    {
        StringBuilder text = new();
        text.Append($"# {reproduction.Title}\n\n");
        if (reproduction.NotComparable is { } reason)
        {
            text.Append($"**Other data, no verdict.** {reason}\n\n");
        }

        string synthetic = reproduction.Corpus.IsSynthetic ? " (SYNTHETIC, not recordings)" : "";
        text.Append(Invariant($"Corpus: {reproduction.Corpus.Title}{synthetic}, {reproduction.Corpus.Clips:N0} clips. "));
        text.Append($"Made by: `{reproduction.CommandLine}`\n");
        Section(text, "Leaks", reproduction.Leaks.GroupBy(l => (l.Protocol, l.Leak.Sentence))
            .Select(same => $"{same.Key.Protocol} ({string.Join(", ", same.Select(Where).Distinct())}): {same.Key.Sentence}"));
        Section(
            text, "Notes", reproduction.Overrides.Select(o => $"Changed on the command line: {o}").Concat(reproduction.Notes));
        Figures(text, reproduction);
        Folds(text, reproduction);
        Tests(text, reproduction);
        if (reproduction.Figures.All(figure => figure.Published is null))
        {
            Section(text, "Published, of other data", reproduction.Published.Select(Describe));
        }

        foreach (Finding finding in reproduction.Findings)
        {
            Section(text, finding.Title, finding.Sentences);
        }

        Section(
            text, "Runs", reproduction.Runs.Select(run => $"`{run.Name}`: seed {run.Seed}, {string.Join(", ", run.Protocols)}"));
        return text.ToString();
    }

    /// <summary>Where a leak was found: part and feature set.</summary>
    public static string Where(SeriesLeak leak) => leak.Part.Length > 0 ? $"{leak.Part}, {leak.FeatureSet}" : leak.FeatureSet;

    /// <summary>A number with three digits, or n/a.</summary>
    public static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "n/a";

    /// <summary>A published value: mean ± deviation where it is known.</summary>
    public static string Published(PublishedValue? value) => value switch
    {
        null => "",
        { Std: { } std } => $"{Number(value.Mean)} ± {Number(std)}",
        _ => Number(value.Mean),
    };

    /// <summary>A difference in standard deviations, e.g. <c>+0.4</c>.</summary>
    public static string Difference(FigureComparison? comparison) =>
        comparison?.InStds.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The verdict in one word, or nothing.</summary>
    public static string Word(FigureComparison? comparison) => comparison?.Verdict.ToString().ToLowerInvariant() ?? "";

    /// <summary>What the leaky protocol beside adds, e.g. <c>+0.024</c>, or nothing.</summary>
    public static string Optimism(double? added) =>
        added is { } value && double.IsFinite(value) ? Invariant($"{value:+0.000;-0.000;0.000}") : "";

    /// <summary>
    /// Where the published mean lies among those of our seeds, e.g. <c>reached by 5 of 20, 25 % (+1.1 std)</c>.
    /// </summary>
    public static string Place(PublishedPlace? place) => place is null
        ? ""
        : Invariant($"reached by {place.Reached} of {place.Seeds}, {100.0 * place.Reached / place.Seeds:0} % ")
            + Invariant($"({place.InOurStds:+0.0;-0.0;0.0} std)");

    private static void Figures(StringBuilder text, Reproduction reproduction)
    {
        foreach (var table in reproduction.Figures.GroupBy(f => (f.Part, f.FeatureSet, f.Target, f.Metric)))
        {
            string part = table.Key.Part.Length > 0 ? $"{table.Key.Part}: " : "";
            text.Append($"\n## {part}{table.Key.Target}, {table.Key.FeatureSet}, {table.Key.Metric}\n\n");
            text.Append(
                "| learner | protocol | ours, mean ± std | ours, pooled [95 % interval] | optimism | published ");
            text.Append("| difference / std | verdict | published among ours |\n");
            text.Append("|---|---|---|---|---|---|---|---|---|\n");
            foreach (SeriesFigure f in table)
            {
                text.Append($"| {f.Learner} | {f.Protocol} | {Number(f.Mean)} ± {Number(f.Std)} | {Pooled(f)} ");
                text.Append($"| {Optimism(f.Optimism)} | {Published(f.Published)} | {Difference(f.Comparison)} ");
                text.Append($"| {Word(f.Comparison)} | {Place(f.Place)} |\n");
            }

            foreach (string note in table.Select(f => f.Note).OfType<string>().Distinct())
            {
                text.Append($"\n{note}\n");
            }
        }

        text.Append($"\n{(reproduction.Figures.Any(f => f.Comparison is not null) ? VerdictRule + " " : "")}");
        text.Append("Standard deviations are population values over folds, or over seeds where a figure has several. ");
        text.Append("Optimism: what the leaky protocol beside adds to the pooled figure, on the clips that both test.\n");
        if (reproduction.Source is { } source)
        {
            text.Append($"\nPublished: {source}\n");
        }
    }

    /// <summary>A pooled value with its interval; over several seeds how many they are.</summary>
    public static string Pooled(SeriesFigure figure) => figure.Seeds is [{ } only]
        ? $"{Number(only.Pooled)} [{Number(only.Interval.Low)}, {Number(only.Interval.High)}]"
        : Invariant($"{Number(figure.Pooled)} ({figure.Seeds.Count} seeds)");

    private static void Tests(StringBuilder text, Reproduction reproduction)
    {
        if (reproduction.Tests.Count == 0)
        {
            return;
        }

        text.Append("\n## On the same folds\n\n");
        text.Append("Corrected resampled t-test (Nadeau and Bengio 2003) over the folds of all seeds; p by Holm over the pairs ");
        text.Append("of one part, feature set, protocol and target.\n\n");
        text.Append("| part | features | target | protocol | learners | difference | p | folds |\n");
        text.Append("|---|---|---|---|---|---|---|---|\n");
        foreach (SeriesTest test in reproduction.Tests)
        {
            text.Append($"| {test.Part} | {test.FeatureSet} | {test.Target} | {test.Protocol} | {test.First} - {test.Second} ");
            text.Append(Invariant($"| {test.Metric} {test.Result.Difference:+0.000;-0.000;0.000} "));
            text.Append(Invariant($"| {PublishedRanking.P(test.HolmPValue)} | {test.Folds} |\n"));
        }
    }

    /// <summary>Fold by fold, where the folds are published.</summary>
    private static void Folds(StringBuilder text, Reproduction reproduction)
    {
        SeriesFigure[] figures =
            [.. reproduction.Figures.Where(f => f.Published is { } theirs && theirs.Folds.Count == f.Seeds[0].Folds.Count)];
        if (figures.Length == 0)
        {
            return;
        }

        text.Append("\n## Fold by fold\n\n");
        text.Append("Only folds in the corpus's own order are the same as the published; shuffled ones are of other clips.\n\n");
        int folds = figures.Max(f => f.Seeds[0].Folds.Count);
        text.Append($"| figure | | {string.Join(" | ", Enumerable.Range(1, folds))} |\n");
        text.Append($"|---|---|{string.Concat(Enumerable.Repeat("---|", folds))}\n");
        foreach (SeriesFigure f in figures)
        {
            text.Append($"| {f.Learner}, {f.FeatureSet}, {f.Target}, {f.Metric} | published | {Cells(f.Published!.Folds)} |\n");
            text.Append($"| | ours, seed {f.Seeds[0].Seed} | {Cells(f.Seeds[0].Folds)} |\n");
        }
    }

    /// <summary>A published figure in one line.</summary>
    public static string Describe(PublishedFigure figure) =>
        string.Join(", ", new[] { figure.Learner, figure.FeatureSet, figure.Target, figure.Protocol }.OfType<string>()) + ": "
        + string.Join(", ", figure.Metrics.Select(m => $"{m.Key} {Published(m.Value)}"));

    private static void Section(StringBuilder text, string title, IEnumerable<string> sentences)
    {
        string[] all = [.. sentences];
        if (all.Length == 0)
        {
            return;
        }

        text.Append($"\n## {title}\n\n");
        foreach (string sentence in all)
        {
            text.Append($"- {sentence}\n");
        }
    }

    private static string Cells(IReadOnlyList<double> folds) => string.Join(" | ", folds.Select(Number));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
