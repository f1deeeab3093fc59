using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Training.Learners;

/// <summary>What an error on each class costs in relation to others. Immutable.</summary>
public sealed class ClassWeights : IParsable<ClassWeights>
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

    /// <summary>Reads <c>none</c>, <c>balanced</c> or weights with commas between, always in the invariant culture.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static ClassWeights Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out ClassWeights? result)
            ? result
            : throw new FormatException(
                $"Class weights are '{s}'; expected none, balanced or numbers above 0 with commas between.");

    /// <summary>Reads <c>none</c>, <c>balanced</c> or weights with commas between, always in the invariant culture.</summary>
    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ClassWeights result)
    {
        string[] parts = (s ?? "").Trim().ToLowerInvariant().Split(',');
        double[] numbers = Array.ConvertAll(parts, part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : 0);
        result = parts[0] == "none" ? None
            : parts[0] == "balanced" ? Balanced
            : Array.TrueForAll(numbers, number => number > 0 && double.IsFinite(number)) ? new ClassWeights(numbers)
            : null;
        return result is not null && (parts.Length == 1 || result.weights is not null);
    }

    /// <summary><c>none</c>, <c>balanced</c> or the weights with commas between.</summary>
    public override string ToString() => weights is null
        ? ReferenceEquals(this, Balanced) ? "balanced" : "none"
        : string.Join(',', weights.Select(weight => weight.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>The weights for a training set, one per class; null where every class counts 1.</summary>
    /// <exception cref="InvalidInputException">
    /// The target is a rating, or explicit weights are not one per class of it.
    /// </exception>
    internal double[]? Resolve(TrainingSet set)
    {
        if (ReferenceEquals(this, None))
        {
            return null;
        }

        if (set.Target.Classes.Count == 0 || (weights is not null && weights.Length != set.Target.Classes.Count))
        {
            throw new InvalidInputException(set.Target.Classes.Count == 0
                ? $"Class weights are for classes, but '{set.Target.Name}' has none; leave classWeights out."
                : $"There are {weights!.Length} class weights but {set.Target.Classes.Count} classes "
                    + $"({string.Join(", ", set.Target.Classes)}); give one per class, in that order.");
        }

        return Resolve(set.Labels, set.Target.Classes.Count, set.Weights);
    }

    /// <summary>The weights for these labels, one per class.</summary>
    /// <param name="labels">The labels, at least one.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="exampleWeights">How often each label counts; none: once.</param>
    /// <exception cref="ArgumentException">Explicit weights are not one per class.</exception>
    internal double[] Resolve(ReadOnlySpan<int> labels, int classCount, ReadOnlySpan<double> exampleWeights = default)
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
            double[] counts = ClassProbabilities.Totals(labels, classCount, exampleWeights);
            double all = exampleWeights.IsEmpty ? labels.Length : TensorPrimitives.Sum(exampleWeights);
            int present = counts.Count(count => count > 0);
            for (int c = 0; c < classCount; c++)
            {
                resolved[c] = counts[c] > 0 ? all / (present * counts[c]) : 1;
            }
        }

        return resolved;
    }
}
