namespace SerLab.Onnx;

/// <summary>A tensor that flows through a graph: a shape and row-major elements. Immutable.</summary>
public abstract class Tensor
{
    private protected Tensor(int[] shape)
    {
        Shape = shape;
        Length = Count(shape);
    }

    /// <summary>Sizes of the dimensions; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Count;

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>What the elements are.</summary>
    internal OnnxElement Element => Elements.Of(this);

    /// <summary>The array that holds the elements; it may be longer.</summary>
    internal abstract Array Buffer { get; }

    /// <summary>The same elements under another shape of as many elements.</summary>
    public abstract Tensor Reshape(int[] shape);

    /// <summary>Applies a function that is the same for all element types.</summary>
    internal abstract Tensor Apply(ITensorFunction function);

    /// <summary>The number of elements of a shape.</summary>
    /// <exception cref="ArgumentException">A size is negative.</exception>
    /// <exception cref="OverflowException">There are more than an array holds.</exception>
    internal static int Count(params IReadOnlyList<int> shape)
    {
        int count = 1;
        foreach (int size in shape)
        {
            count = size >= 0 ? checked(count * size) : throw new ArgumentException($"A dimension has size {size}.");
        }

        return count;
    }
}

/// <summary>A tensor of one element type: a number type of the runtime, <see cref="Half"/>, bool or string.</summary>
public sealed class Tensor<T> : Tensor
{
    private readonly T[] values;

    /// <summary>Wraps row-major elements without copying them.</summary>
    /// <exception cref="ArgumentException">The shape does not have as many elements.</exception>
    public Tensor(T[] values, params int[] shape) : this(shape, values)
    {
        if (Length != values.Length)
        {
            throw new ArgumentException($"{values.Length} elements do not fill [{string.Join(", ", shape)}].", nameof(values));
        }
    }

    // A buffer of the runtime's may be longer than the shape: kernels read whole vectors beyond the last element.
    internal Tensor(int[] shape, T[] buffer) : base(shape) => values = buffer;

    /// <summary>The elements, row-major.</summary>
    public ReadOnlySpan<T> Values => values.AsSpan(0, Length);

    /// <summary>The elements and what the array holds beyond them.</summary>
    internal ReadOnlySpan<T> Whole => values;

    internal override Array Buffer => values;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shape does not have as many elements.</exception>
    public override Tensor Reshape(int[] shape) => Count(shape) == Length
        ? new Tensor<T>(shape, values)
        : throw new ArgumentException($"{Length} elements do not fill [{string.Join(", ", shape)}].");

    internal override Tensor Apply(ITensorFunction function) => function.Of(this);
}

/// <summary>A function that moves elements, whatever they are.</summary>
internal interface ITensorFunction
{
    /// <summary>The result for a tensor.</summary>
    Tensor Of<T>(Tensor<T> tensor);
}
