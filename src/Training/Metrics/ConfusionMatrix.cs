namespace SerLab.Training.Metrics;

/// <summary>
/// How often each class was predicted as each: rows are the truth, columns the prediction. Precision, recall and F1 follow
/// scikit-learn's definitions, 0 where a denominator is 0; averages run over the classes that occur as truth or prediction.
/// </summary>
public sealed class ConfusionMatrix
{
    private readonly long[] counts;

    /// <summary>Wraps row-major counts, classes × classes of them.</summary>
    public ConfusionMatrix(int classCount, long[] counts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        if (counts.Length != classCount * classCount)
        {
            throw new ArgumentException($"{counts.Length} counts do not fill {classCount} × {classCount}.", nameof(counts));
        }

        ClassCount = classCount;
        this.counts = counts;
    }

    /// <summary>Number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>How many clips of class <paramref name="truth"/> were predicted as <paramref name="predicted"/>.</summary>
    public long this[int truth, int predicted] => counts[(truth * ClassCount) + predicted];

    /// <summary>Number of clips in all.</summary>
    public long Total => counts.Sum();

    /// <summary>Counts class numbers position by position.</summary>
    public static ConfusionMatrix Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, int classCount)
    {
        long[] counts = new long[classCount * classCount];
        for (int i = 0; i < truth.Length; i++)
        {
            counts[((int)truth[i] * classCount) + (int)predicted[i]]++;
        }

        return new ConfusionMatrix(classCount, counts);
    }

    /// <summary>Number of clips that are of a class.</summary>
    public long Support(int label) => Enumerable.Range(0, ClassCount).Sum(predicted => this[label, predicted]);

    /// <summary>Number of clips that were predicted as a class.</summary>
    public long Predicted(int label) => Enumerable.Range(0, ClassCount).Sum(truth => this[truth, label]);

    /// <summary>Share of the clips predicted as the class that are of it.</summary>
    public double Precision(int label) => Ratio(this[label, label], Predicted(label));

    /// <summary>Share of the clips of the class that were predicted as it.</summary>
    public double Recall(int label) => Ratio(this[label, label], Support(label));

    /// <summary>Harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN).</summary>
    public double F1(int label) => Ratio(2 * this[label, label], Support(label) + Predicted(label));

    /// <summary>Share of clips predicted right.</summary>
    public double Accuracy => Ratio(Enumerable.Range(0, ClassCount).Sum(label => this[label, label]), Total);

    /// <summary>
    /// Unweighted average recall, over the classes that occur in the truth (scikit-learn's balanced accuracy): the usual figure
    /// of speech emotion recognition, as it cannot be had by always naming the largest class.
    /// </summary>
    public double UnweightedAverageRecall =>
        Enumerable.Range(0, ClassCount).Where(label => Support(label) > 0).Select(Recall).DefaultIfEmpty(double.NaN).Average();

    /// <summary>A per-class figure averaged over classes, each counting the same.</summary>
    public double Macro(Func<int, double> figure) => Enumerable.Range(0, ClassCount)
        .Where(label => Support(label) + Predicted(label) > 0).Select(figure).DefaultIfEmpty(double.NaN).Average();

    /// <summary>A per-class figure averaged over classes, each counting as often as it occurs in the truth.</summary>
    public double Weighted(Func<int, double> figure) =>
        Enumerable.Range(0, ClassCount).Sum(label => Support(label) * figure(label)) / Total;

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
