namespace SerLab.Onnx;

/// <summary>One dimension of an input or output: a fixed size, or a name for a size known only at run time (the batch).</summary>
/// <param name="Size">The fixed size; ignored where a name is given.</param>
/// <param name="Name">The name of a dynamic size, or <see langword="null"/>.</param>
public readonly record struct OnnxDimension(long Size, string? Name = null)
{
    /// <summary>The dynamic first dimension of every tensor that holds one row per clip.</summary>
    public static OnnxDimension Batch { get; } = new(0, "batch");

    /// <summary>A fixed size.</summary>
    public static implicit operator OnnxDimension(int size) => new(size);

    /// <summary>A fixed size.</summary>
    public static OnnxDimension FromInt32(int size) => new(size);
}
