namespace SerLab.Training.Learners;

/// <summary>
/// The classes that occur among training labels, numbered anew without gaps: what never occurred cannot be learnt, and gets
/// probability 0.
/// </summary>
internal sealed class PresentClasses
{
    private readonly int[] classes;
    private readonly int classCount;

    /// <summary>Finds the classes that occur.</summary>
    public PresentClasses(ReadOnlySpan<int> labels, int classCount)
    {
        this.classCount = classCount;
        classes = [.. labels.ToArray().Distinct().Order()];
    }

    /// <summary>Number of classes that occur.</summary>
    public int Count => classes.Length;

    /// <summary>The classes that occur, ascending.</summary>
    public IReadOnlyList<int> Classes => classes;

    /// <summary>The labels in the new numbers.</summary>
    public int[] Renumber(ReadOnlySpan<int> labels)
    {
        int[] renumbered = new int[labels.Length];
        for (int i = 0; i < renumbered.Length; i++)
        {
            renumbered[i] = Array.BinarySearch(classes, labels[i]);
        }

        return renumbered;
    }

    /// <summary>Probabilities of the classes that occur (rows × <see cref="Count"/>) as probabilities of all classes.</summary>
    public double[] Spread(ReadOnlySpan<double> probabilities)
    {
        double[] spread = new double[probabilities.Length / Count * classCount];
        for (int i = 0; i < probabilities.Length; i++)
        {
            spread[(i / Count * classCount) + classes[i % Count]] = probabilities[i];
        }

        return spread;
    }
}
