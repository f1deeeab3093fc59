using SerLab.Core;
using SerLab.Evaluation.Figures;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <summary>What is known of a clip's truth by its group alone.</summary>
/// <param name="Clips">Number of clips.</param>
/// <param name="Counts">How many clips of each class every group has; none of a rating.</param>
/// <param name="Alone">
/// What naming each group's own mean, or most frequent class, would get: R² of a rating (the share of variance between groups,
/// η²), else accuracy. NaN where all ratings are equal.
/// </param>
/// <param name="Unrelated">
/// The same, in the mean, if group and truth had nothing to do with each other: by formula, or over shuffled classes.
/// </param>
internal sealed record GroupMakeup(
    int Clips, IReadOnlyList<(string Group, int[] Counts)> Counts, double Alone, double Unrelated)
{
    private const int Shuffles = 100;

    /// <summary>Whether every group has the same number of clips of each class.</summary>
    public bool IsBalanced => Counts.All(group => group.Counts.SequenceEqual(Counts[0].Counts));

    /// <summary>The makeup of the clips that a row was tested on, each once.</summary>
    public static GroupMakeup Of(RunFigures run, string target, ModelFigures row)
    {
        Target of = run.Description.TargetOf(target);
        (int[] clips, PredictionSet set) = run.OutOfFold(row.Protocol, target, row.Model);
        (string Group, double[] Truths)[] groups =
        [
            .. clips.Zip(set.Truth).DistinctBy(clip => clip.First)
                .GroupBy(clip => run.Record.Folds.Groups[clip.First], clip => clip.Second)
                .Select(group => (group.Key, group.ToArray())),
        ];
        return of.IsRating ? OfRatings(groups) : OfClasses(groups, of.Classes.Count);
    }

    private static GroupMakeup OfRatings((string Group, double[] Truths)[] groups)
    {
        double[] all = [.. groups.SelectMany(group => group.Truths)];
        double mean = all.Average();
        double total = all.Sum(value => (value - mean) * (value - mean));
        double between = groups.Sum(group => group.Truths.Length * Math.Pow(group.Truths.Average() - mean, 2));
        return new GroupMakeup(
            all.Length, [], total > 0 ? between / total : double.NaN, (groups.Length - 1.0) / Math.Max(1, all.Length - 1));
    }

    private static GroupMakeup OfClasses((string Group, double[] Truths)[] groups, int classes)
    {
        (string Group, int[] Counts)[] counts =
        [
            .. groups.Select(group => (
                group.Group,
                Enumerable.Range(0, classes).Select(label => group.Truths.Count(truth => truth == label)).ToArray())),
        ];
        int[] labels = [.. groups.SelectMany(group => group.Truths).Select(truth => (int)truth)];
        return new GroupMakeup(
            labels.Length,
            counts,
            counts.Sum(group => group.Counts.Max()) / (double)labels.Length,
            MeanOfShuffles(labels, [.. groups.Select(group => group.Truths.Length)], classes));
    }

    // The most frequent class of a small group is right often by chance alone, so that is measured, not taken to be nothing.
    private static double MeanOfShuffles(int[] labels, int[] sizes, int classes)
    {
        SeededRandom random = new(0);
        int[] shuffled = [.. labels];
        int[] counts = new int[classes];
        long right = 0;
        for (int shuffle = 0; shuffle < Shuffles; shuffle++)
        {
            random.Shuffle<int>(shuffled);
            int next = 0;
            foreach (int size in sizes)
            {
                Array.Clear(counts);
                foreach (int label in shuffled.AsSpan(next, size))
                {
                    counts[label]++;
                }

                right += counts.Max();
                next += size;
            }
        }

        return right / ((double)Shuffles * labels.Length);
    }
}
