using System.Globalization;
using SerLab.Datasets.Corpora;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// Ratings that are ranks mapped to [-1, 1] have variance 1/3 over all clips, so the pooled R² follows from the MSE alone: 1 -
/// 3·MSE. The mean of the folds' R² is another number, because each fold divides by its own variance.
/// </summary>
internal static class RankIdentity
{
    private const double RankVariance = 1.0 / 3;

    /// <summary>How near to 1/3 the variance of ranks must be; of n ranks it is (1 - 1/n²)/3.</summary>
    private const double Tolerance = 0.005;

    /// <summary>What the published MSEs say, beside the published means over folds and our pooled values.</summary>
    public static Finding Of(PublishedResults published, Corpus corpus, IReadOnlyList<SeriesFigure> figures, bool comparable)
    {
        List<string> sentences = [];
        List<FindingNumber> numbers = [];
        foreach (PublishedFigure figure in published.Figures)
        {
            if (!figure.Metrics.TryGetValue("mse", out PublishedValue? error) || !figure.Metrics.TryGetValue(
                "r2", out PublishedValue? mean))
            {
                continue;
            }

            string of = string.Join(", ", new[] { figure.Learner, figure.FeatureSet, figure.Target }.OfType<string>());
            double implied = 1 - (error.Mean / RankVariance);
            SeriesFigure? ours = !comparable ? null : figures.FirstOrDefault(f => f.Metric == "r2"
                && f.Learner == figure.Learner && f.FeatureSet == figure.FeatureSet && f.Target == figure.Target
                && f.Protocol == figure.Protocol);
            sentences.Add(Text(
                $"{of}, '{figure.Protocol}': the published MSE {error.Mean:0.0000} means a pooled R² of {implied:0.000}; ")
                + Text($"published is {mean.Mean:0.000}{(mean.Folds.Count > 0 ? ", the mean over folds" : "")}")
                + (ours is null ? "." : Text($". Ours: pooled {ours.Pooled:0.000}, mean over folds {ours.Mean:0.000}.")));
            numbers.Add(new FindingNumber(of, $"pooled R² implied by the published MSE, {figure.Protocol}", implied));
            numbers.Add(new FindingNumber(of, $"published R², {figure.Protocol}", mean.Mean));
            if (ours is not null)
            {
                numbers.Add(new FindingNumber(of, $"our pooled R², {figure.Protocol}", ours.Pooled));
            }
        }

        foreach (string target in corpus.Targets)
        {
            double deviation = SplitMath.Deviation([.. corpus.Clips.Select(clip => clip.Ratings[target])]);
            double variance = deviation * deviation;
            bool areRanks = Math.Abs(variance - RankVariance) <= Tolerance;
            sentences.Add(Text($"Here the variance of {target} is {variance:0.0000}: ")
                + (areRanks ? "that of ranks, so the same holds for ours." : "these are not ranks, so it does not hold here."));
            numbers.Add(new FindingNumber(target, "variance over all clips", variance));
        }

        return new Finding("rank-identity", "Pooled R² from the mean squared error of ranks", sentences, numbers);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
