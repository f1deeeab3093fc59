using SerLab.Evaluation.Figures;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <summary>
/// What is true of a clip beside its out-of-fold prediction: of ratings the mean over the repeats that tested it, of classes the
/// one that was named most often.
/// </summary>
/// <param name="Clip">Index of the clip.</param>
/// <param name="Truth">Its rating, or the number of its class.</param>
/// <param name="Predicted">The same as predicted.</param>
/// <param name="Sureness">
/// Mean probability of the class that was predicted; NaN of a rating, and where there are no probabilities.
/// </param>
/// <param name="Error">
/// How wrong it is, at least 0: the size of the residual; of classes 1 minus the mean probability of the true one.
/// </param>
internal readonly record struct ClipOutcome(int Clip, double Truth, double Predicted, double Sureness, double Error)
{
    public double Residual => Predicted - Truth;

    /// <summary>The clips in ascending order, each once.</summary>
    /// <exception cref="ArgumentException">The run has no such predictions.</exception>
    public static ClipOutcome[] Of(RunFigures run, string target, string model, string protocol)
    {
        (int[] clips, PredictionSet set) = run.OutOfFold(protocol, target, model);
        if (clips.Length == 0)
        {
            throw new ArgumentException(
                $"The run has no predictions of '{target}' by '{model}' under '{protocol}'.", nameof(model));
        }

        Target of = run.Description.TargetOf(target);
        return
        [
            .. Enumerable.Range(0, clips.Length).GroupBy(i => clips[i]).OrderBy(clip => clip.Key)
                .Select(clip => of.IsRating
                    ? OfRating(clip.Key, set, [.. clip])
                    : OfClass(clip.Key, set, [.. clip], of.Classes.Count)),
        ];
    }

    private static ClipOutcome OfRating(int clip, PredictionSet set, int[] times)
    {
        double truth = set.Truth[times[0]];
        double predicted = times.Average(i => set.Predicted[i]);
        return new ClipOutcome(clip, truth, predicted, double.NaN, Math.Abs(predicted - truth));
    }

    private static ClipOutcome OfClass(int clip, PredictionSet set, int[] times, int classes)
    {
        double truth = set.Truth[times[0]];
        double predicted = times.CountBy(i => set.Predicted[i]).OrderByDescending(named => named.Value).ThenBy(named => named.Key)
            .First().Key;
        if (set.Probabilities.Length == 0)
        {
            return new ClipOutcome(clip, truth, predicted, double.NaN, truth == predicted ? 0 : 1);
        }

        double Probability(double label) => times.Average(i => set.Probabilities[(i * classes) + (int)label]);
        return new ClipOutcome(clip, truth, predicted, Probability(predicted), 1 - Probability(truth));
    }
}
