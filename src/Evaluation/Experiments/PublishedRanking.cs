using System.Globalization;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// Which of two learners is better, as published, beside paired tests on folds that both learners share. Scores from different
/// folds differ by the folds, too.
/// </summary>
internal static class PublishedRanking
{
    /// <summary>Every pair of learners whose headline metric was published for the same features, target and protocol.</summary>
    public static Finding Of(PublishedResults published, IReadOnlyList<SeriesFigure> figures, IReadOnlyList<SeriesTest> tests)
    {
        List<string> sentences = [];
        List<FindingNumber> numbers = [];
        foreach (var pair in tests.GroupBy(test => (test.First, test.Second, test.FeatureSet, test.Target, test.Metric)))
        {
            foreach (string protocol in published.Figures.Select(figure => figure.Protocol).Distinct())
            {
                SeriesFigure? first = Published(pair.Key.First, protocol);
                SeriesFigure? second = Published(pair.Key.Second, protocol);
                if (first is null || second is null)
                {
                    continue;
                }

                string of = $"{pair.Key.FeatureSet}, {pair.Key.Target}, {pair.Key.First} - {pair.Key.Second}";
                double theirs = first.Published!.Mean - second.Published!.Mean;
                bool isShared = pair.Any(test => test.Protocol == protocol);
                sentences.Add(
                    Text($"{of}: published {theirs:+0.000;-0.000}, ours under '{protocol}' ")
                    + Text($"{first.Mean - second.Mean:+0.000;-0.000}")
                    + $"{(isShared ? "" : ", each on folds of its own")}. On the same folds: "
                    + string.Join("; ", pair.Select(test => Text($"{test.Result.Difference:+0.000;-0.000} under {Where(test)} ")
                        + $"({P(test.HolmPValue)}, {Counted(test.Folds)})"))
                    + ".");
                numbers.Add(new FindingNumber(of, $"published difference, {protocol}", theirs));
                numbers.Add(new FindingNumber(of, $"our difference, {protocol}", first.Mean - second.Mean));
                foreach (SeriesTest test in pair)
                {
                    numbers.Add(new FindingNumber(of, $"difference on the same folds, {Where(test)}", test.Result.Difference));
                    numbers.Add(new FindingNumber(of, $"p, {Where(test)}", test.HolmPValue));
                }
            }

            SeriesFigure? Published(string learner, string protocol) => figures.FirstOrDefault(figure =>
                figure.Published is not null && figure.Learner == learner && figure.Protocol == protocol
                && figure.FeatureSet == pair.Key.FeatureSet && figure.Target == pair.Key.Target
                && figure.Metric == pair.Key.Metric);
        }

        return new Finding(
            "published-ranking", "Which learner is better, on folds of its own and on shared ones", sentences, numbers);
    }

    private static string Where(SeriesTest test) =>
        test.Part.Length > 0 ? $"'{test.Protocol}' ({test.Part})" : $"'{test.Protocol}'";

    /// <summary>A p-value as text.</summary>
    public static string P(double value) => value switch
    {
        double.NaN => "p n/a",
        < 0.001 => "p < 0.001",
        _ => Text($"p = {value:0.000}"),
    };

    private static string Counted(int folds) => Text($"{folds} folds");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
