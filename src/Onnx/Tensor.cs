namespace SerLab.Onnx;

/// <summary>A tensor that flows through a graph: a shape and row-major elements. Immutable.</summary>
public abstract class Tensor
{
    // A gigabyte of float32: more than any model of SerLab's computes, and little enough that a damaged file exhausts no memory.
    private const int MaxLength = 1 << 28;

    private protected Tensor(int[] shape) => Shape = shape;

    /// <summary>Sizes of the dimensions; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Count;

    /// <summary>Number of elements.</summary>
    public abstract int Length { get; }

    /// <summary>The same elements under another shape of as many elements.</summary>
    public abstract Tensor Reshape(int[] shape);

    /// <summary>The elements at given row-major positions, under a shape of as many elements.</summary>
    internal abstract Tensor Select(int[] positions, int[] shape);

    internal static int Count(IReadOnlyList<int> shape)
    {
        int count = 1;
        foreach (int size in shape)
        {
            count = checked(count * size);
        }

        return count <= MaxLength ? count : throw new ArgumentException($"A tensor of {count} elements is too large.");
    }
}

/// <summary>A tensor of one element type: float, double, long, bool or string.</summary>
public sealed class Tensor<T> : Tensor
{
    private readonly T[] values;

    /// <summary>Wraps row-major elements without copying them.</summary>
    /// <exception cref="ArgumentException">The shape does not have as many elements.</exception>
    public Tensor(T[] values, params int[] shape) : base(shape)
    {
        if (Count(shape) != values.Length)
        {
            throw new ArgumentException($"{values.Length} elements do not fill [{string.Join(", ", shape)}].", nameof(values));
        }

        this.values = values;
    }

    /// <summary>The elements, row-major.</summary>
    public ReadOnlySpan<T> Values => values;

    /// <inheritdoc/>
    public override int Length => values.Length;

    /// <inheritdoc/>
    public override Tensor Reshape(int[] shape) => new Tensor<T>(values, shape);

    internal override Tensor Select(int[] positions, int[] shape) =>
        new Tensor<T>(Array.ConvertAll(positions, position => values[position]), shape);
}
