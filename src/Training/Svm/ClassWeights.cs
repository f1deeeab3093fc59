using System.Globalization;

namespace SerLab.Training.Svm;

/// <summary>What an error on each class costs in relation to others. Immutable.</summary>
public sealed class ClassWeights
{
    private readonly double[]? weights;

    private ClassWeights(double[]? weights) => this.weights = weights;

    /// <summary>Every class counts 1.</summary>
    public static ClassWeights None { get; } = new(null);

    /// <summary>
    /// Rare classes count more: rows / (classes present · rows of the class), as scikit-learn's <c>balanced</c>.
    /// </summary>
    public static ClassWeights Balanced { get; } = new(null);

    /// <summary>One weight per class of the corpus, in its order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not a finite number above 0.</exception>
    public static ClassWeights Of(params IEnumerable<double> weights)
    {
        double[] copied = [.. weights];
        foreach (double weight in copied)
        {
            if (!(weight > 0) || !double.IsFinite(weight))
            {
                throw new ArgumentOutOfRangeException(nameof(weights), weight, "A class weight must be a finite number above 0.");
            }
        }

        return new ClassWeights(copied);
    }

    /// <summary><c>none</c>, <c>balanced</c> or the weights with spaces between.</summary>
    public override string ToString() => weights is null
        ? ReferenceEquals(this, Balanced) ? "balanced" : "none"
        : string.Join(' ', weights.Select(weight => weight.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>The weights for these labels, one per class.</summary>
    /// <exception cref="ArgumentException">Explicit weights are not one per class.</exception>
    public double[] Resolve(ReadOnlySpan<int> labels, int classCount)
    {
        if (weights is not null)
        {
            return weights.Length == classCount
                ? [.. weights]
                : throw new ArgumentException(
                    $"There are {weights.Length} class weights but {classCount} classes.", nameof(classCount));
        }

        double[] resolved = new double[classCount];
        Array.Fill(resolved, 1);
        if (ReferenceEquals(this, Balanced))
        {
            int[] counts = new int[classCount];
            foreach (int label in labels)
            {
                counts[label]++;
            }

            int present = counts.Count(count => count > 0);
            for (int c = 0; c < classCount; c++)
            {
                resolved[c] = counts[c] > 0 ? labels.Length / ((double)present * counts[c]) : 1;
            }
        }

        return resolved;
    }
}
