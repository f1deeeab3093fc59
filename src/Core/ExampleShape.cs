namespace SerLab.Core;

/// <summary>One axis of an example.</summary>
/// <param name="Name">What is counted along it, in the plural, e.g. <c>frames</c>.</param>
/// <param name="Length">How many there are; <see langword="null"/> where examples differ.</param>
public sealed record ExampleAxis(string Name, int? Length)
{
    /// <summary>The length and the name, e.g. "64 bands"; the name alone where examples differ.</summary>
    public override string ToString() => Length is { } length ? $"{length} {Name}" : Name;
}

/// <summary>Examples of another kind that every example holds.</summary>
/// <param name="Name">What users call it, e.g. the id of a feature set.</param>
/// <param name="Shape">Its form, of fixed lengths.</param>
/// <param name="Offset">Position of its first value in an example.</param>
public sealed record ExamplePart(string Name, ExampleShape Shape, int Offset);

/// <summary>
/// The form that all examples of a set share: one axis of named features, two axes of frames and bands, or one of samples; or
/// several such parts side by side. Values are row-major: the last axis changes fastest. Immutable; equal when all axes are.
/// </summary>
public sealed class ExampleShape : IEquatable<ExampleShape>
{
    private const string FeatureAxis = "features";

    /// <summary>Creates a shape from its axes, the slowest first.</summary>
    /// <exception cref="ArgumentException">
    /// There is no axis, a length is below 1, or examples differ along several axes.
    /// </exception>
    public ExampleShape(params IReadOnlyList<ExampleAxis> axes)
    {
        if (axes.Count == 0 || axes.Any(axis => axis.Length < 1) || axes.Count(axis => axis.Length is null) > 1)
        {
            throw new ArgumentException(
                "A shape has at least one axis, no length below 1, and at most one axis along which examples differ.",
                nameof(axes));
        }

        Axes = [.. axes];
    }

    /// <summary>The axes, the slowest first.</summary>
    public IReadOnlyList<ExampleAxis> Axes { get; }

    /// <summary>What examples are put together of, in order; none for most.</summary>
    public IReadOnlyList<ExamplePart> Parts { get; private init; } = [];

    /// <summary>Number of axes.</summary>
    public int Rank => Axes.Count;

    /// <summary>Number of values of an example; <see langword="null"/> where examples differ.</summary>
    public int? Size => Axes.Aggregate((int?)1, (size, axis) => size * axis.Length);

    /// <summary>Whether examples are rows of named features: what <see cref="FeatureMatrix"/> holds.</summary>
    public bool IsFeatures => this is { Rank: 1, Size: not null } && Axes[0].Name == FeatureAxis;

    // What one step along the axis that may differ holds; all values where none differs.
    private int Step => Axes.Aggregate(1, (size, axis) => size * (axis.Length ?? 1));

    /// <summary>Rows of features.</summary>
    /// <param name="count">Number of features, at least 1.</param>
    public static ExampleShape Features(int count) => new(new ExampleAxis(FeatureAxis, count));

    /// <summary>A series of frames, each with the same bands.</summary>
    /// <param name="frames">Number of frames; none where examples differ.</param>
    /// <param name="bands">Number of bands, at least 1.</param>
    public static ExampleShape Series(int? frames, int bands) =>
        new(new ExampleAxis("frames", frames), new ExampleAxis("bands", bands));

    /// <summary>Sound as it is.</summary>
    /// <param name="count">Number of samples; none where examples differ.</param>
    public static ExampleShape Samples(int? count = null) => new(new ExampleAxis("samples", count));

    /// <summary>
    /// Several kinds of example in one, the values of each after those before it: rows of features where all are, else one axis
    /// of values.
    /// </summary>
    /// <param name="parts">Name and form of each, of fixed lengths; at least one.</param>
    /// <exception cref="ArgumentException">There is no part, or one leaves a length open.</exception>
    public static ExampleShape SideBySide(IReadOnlyList<(string Name, ExampleShape Shape)> parts)
    {
        if (parts.Count == 0 || parts.Any(part => part.Shape.Size is null))
        {
            throw new ArgumentException("Parts, at least one, have fixed lengths.", nameof(parts));
        }

        List<ExamplePart> placed = [];
        int size = 0;
        foreach ((string name, ExampleShape shape) in parts)
        {
            placed.Add(new ExamplePart(name, shape, size));
            size += shape.Size!.Value;
        }

        string axis = parts.All(part => part.Shape.IsFeatures) ? FeatureAxis : "values";
        return new ExampleShape(new ExampleAxis(axis, size)) { Parts = placed };
    }

    /// <summary>Whether an example of this shape can have that many values.</summary>
    /// <param name="count">Number of values; 0 fits only where examples differ.</param>
    public bool Fits(int count) => Size is { } size ? count == size : count % Step == 0;

    /// <summary>The shape of examples that all have that many values, with every length fixed.</summary>
    /// <param name="count">Number of values, above 0.</param>
    /// <exception cref="ArgumentException">This shape cannot have that many.</exception>
    public ExampleShape WithSize(int count) => Fits(count)
        ? Size is null ? new ExampleShape([.. Axes.Select(axis => axis with { Length = axis.Length ?? count / Step })]) : this
        : throw new ArgumentException($"{count} values do not fill {this}.", nameof(count));

    /// <summary>
    /// Whether examples of this shape can be used where another is asked for: the same axes, of the lengths asked for.
    /// </summary>
    /// <param name="asked">The shape that is asked for; an axis without a length takes any.</param>
    public bool Fits(ExampleShape asked) => Rank == asked.Rank && Axes.Zip(asked.Axes)
        .All(pair => pair.First.Name == pair.Second.Name && (pair.Second.Length ?? pair.First.Length) == pair.First.Length);

    /// <inheritdoc/>
    public bool Equals(ExampleShape? other) => other is not null && Axes.SequenceEqual(other.Axes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExampleShape);

    /// <inheritdoc/>
    public override int GetHashCode() => Axes.Aggregate(0, HashCode.Combine);

    /// <summary>All axes, e.g. "frames × 64 bands".</summary>
    public override string ToString() => string.Join(" × ", Axes);
}
