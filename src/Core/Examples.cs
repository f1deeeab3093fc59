namespace SerLab.Core;

/// <summary>
/// The inputs that models learn from and predict: examples of one shape, one per clip. Immutable. <see cref="FeatureMatrix"/>
/// holds rows of features, <see cref="ExampleArrays"/> everything else.
/// </summary>
public abstract class Examples
{
    private protected Examples()
    {
    }

    /// <summary>Number of examples.</summary>
    public abstract int Count { get; }

    /// <summary>The form that all examples share.</summary>
    public abstract ExampleShape Shape { get; }

    /// <summary>The values of one example, row-major, as a view without copying.</summary>
    public abstract ReadOnlySpan<float> this[int index] { get; }

    /// <summary>The given examples in the given order; one may repeat.</summary>
    public abstract Examples Select(ReadOnlySpan<int> indices);

    /// <summary>
    /// Examples of any shape: a <see cref="FeatureMatrix"/> of named features, <see cref="ExampleArrays"/> of all else.
    /// </summary>
    /// <param name="arrays">The row-major values of every example; the caller must not write to them afterwards.</param>
    /// <param name="shape">Their form. Where all turn out to have the same length, that of the result says so.</param>
    /// <exception cref="ArgumentException">An array does not fill the shape.</exception>
    public static Examples Of(IReadOnlyList<float[]> arrays, ExampleShape shape)
    {
        if (shape.IsFeatures)
        {
            return FeatureMatrix.FromRows(arrays, shape);
        }

        int length = arrays.Count > 0 ? arrays[0].Length : 0;
        bool same = length > 0 && shape.Fits(length) && arrays.All(array => array.Length == length);
        return new ExampleArrays(arrays, same ? shape.WithSize(length) : shape);
    }
}

/// <summary>Examples of any shape, each an array of its own, so that a selection copies no values. Immutable.</summary>
public sealed class ExampleArrays : Examples
{
    private readonly float[][] arrays;

    /// <summary>Wraps row-major values without copying them; the caller must not write to them afterwards.</summary>
    /// <param name="arrays">One array per example.</param>
    /// <param name="shape">The form of every one.</param>
    /// <exception cref="ArgumentException">An array does not fill the shape.</exception>
    public ExampleArrays(IEnumerable<float[]> arrays, ExampleShape shape)
    {
        this.arrays = [.. arrays];
        Shape = shape;

        int wrong = Array.FindIndex(this.arrays, array => !shape.Fits(array.Length));
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"The {this.arrays[wrong].Length} values of example {wrong} do not fill {shape}.", nameof(arrays));
        }
    }

    /// <inheritdoc/>
    public override int Count => arrays.Length;

    /// <inheritdoc/>
    public override ExampleShape Shape { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<float> this[int index] => arrays[index];

    /// <inheritdoc/>
    public override ExampleArrays Select(ReadOnlySpan<int> indices)
    {
        float[][] selected = new float[indices.Length][];
        for (int i = 0; i < selected.Length; i++)
        {
            selected[i] = arrays[indices[i]];
        }

        return new ExampleArrays(selected, Shape);
    }
}
