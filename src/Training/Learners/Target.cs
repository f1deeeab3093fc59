using System.Globalization;
using SerLab.Training.Metrics;

namespace SerLab.Training.Learners;

/// <summary>
/// What is predicted: a rating, or one of several classes. It alone knows what follows from that: the metrics, the one by which
/// models are ranked, the floor that a model must beat, and how values are written. Immutable; equal when name and classes are.
/// </summary>
public sealed class Target : IEquatable<Target>
{
    private const string UsualClassName = "class";

    private Target(string name, IReadOnlyList<string> classes, IScorer scorer)
    {
        Name = name;
        Classes = classes;
        Scorer = scorer;
    }

    /// <summary>
    /// The examples themselves: a model says of each how far (root of the mean squared difference) its reconstruction is from it,
    /// and every true value is 0. So the mean squared error of the predictions is that of the reconstructions.
    /// </summary>
    public static Target Reconstruction { get; } = new(
        "reconstruction",
        [],
        new RegressionScorer
        {
            Headline = RegressionMetrics.All[1],
            Main = [RegressionMetrics.All[1], RegressionMetrics.All[2]],
        });

    /// <summary>Its name, e.g. <c>valence</c> or <c>emotion</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// What tells the seeds of its fits from those of other targets: the name of a rating, and one word for classes, since a run
    /// has one set of them at most and what a table calls it must not change a figure.
    /// </summary>
    public string SeedName => IsRating ? Name : UsualClassName;

    /// <summary>The classes in order, at least two; none for a rating.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Whether a number is predicted, not a class.</summary>
    public bool IsRating => Classes.Count == 0;

    /// <summary>Whether it is <see cref="Reconstruction"/>, whose values are numbers as ratings are.</summary>
    public bool IsReconstruction => ReferenceEquals(this, Reconstruction);

    /// <summary>Computes all metrics that fit the target.</summary>
    public IScorer Scorer { get; }

    /// <summary>
    /// The score of a model that has learnt nothing from the examples: 0 for R², one in the number of classes for UAR; NaN for a
    /// reconstruction, where it depends on the examples.
    /// </summary>
    public double Floor => IsReconstruction ? double.NaN : IsRating ? 0 : 1.0 / Classes.Count;

    /// <summary>What such a model does, in words.</summary>
    public string FloorModel => IsRating ? "always naming the mean rating" : "guessing";

    /// <summary>A rating.</summary>
    /// <param name="name">Its name.</param>
    public static Target Rating(string name) => new(name, [], new RegressionScorer());

    /// <summary>One of several classes; values are their numbers, from 0.</summary>
    /// <param name="classes">The names of the classes in order, at least two.</param>
    /// <param name="name">What the target is called; default <c>class</c>.</param>
    /// <exception cref="ArgumentException">There are fewer than two classes.</exception>
    public static Target Class(IReadOnlyList<string> classes, string name = UsualClassName) => classes.Count >= 2
        ? new Target(name, classes, new ClassificationScorer(classes))
        : throw new ArgumentException($"Telling classes apart needs at least two, not {classes.Count}.", nameof(classes));

    /// <summary>
    /// A value as text that reads back to the same value: the number in its shortest form, or the name of the class.
    /// </summary>
    public string Format(double value) => IsRating ? value.ToString("R", CultureInfo.InvariantCulture) : Classes[(int)value];

    /// <summary>The value that a text stands for.</summary>
    /// <exception cref="FormatException">The text is no number, or no class.</exception>
    public double Parse(string text)
    {
        if (IsRating)
        {
            return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        for (int i = 0; i < Classes.Count; i++)
        {
            if (Classes[i] == text)
            {
                return i;
            }
        }

        throw new FormatException($"'{text}' is not a class");
    }

    /// <inheritdoc/>
    public bool Equals(Target? other) => other is not null
        && Name == other.Name && IsReconstruction == other.IsReconstruction && Classes.SequenceEqual(other.Classes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Target);

    /// <inheritdoc/>
    public override int GetHashCode() => Classes.Aggregate(Name.GetHashCode(StringComparison.Ordinal), HashCode.Combine);

    /// <summary>The name, and the classes.</summary>
    public override string ToString() => IsRating ? Name : $"{Name} ({string.Join(", ", Classes)})";
}
