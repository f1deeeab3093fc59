namespace SerLab.Onnx;

/// <summary>The name of a tensor in a graph under construction.</summary>
/// <param name="Name">Unique within its graph; empty for an optional input that is not given.</param>
public readonly record struct OnnxValue(string Name)
{
    /// <summary>An optional input that is not given.</summary>
    public static OnnxValue None { get; } = new("");
}
