namespace SerLab.Onnx.Operators;

/// <summary>What the operators of classical machine learning take: one row per clip.</summary>
internal static class Rows
{
    /// <summary>The tensor as rows of a width.</summary>
    /// <exception cref="ArgumentException">It is not batch × width.</exception>
    public static Tensor<float> Check(Tensor? tensor, int width) =>
        tensor is Tensor<float> { Rank: 2 } rows && rows.Shape[1] == width
            ? rows
            : throw new ArgumentException($"The operator takes rows of {width} numbers.");

    /// <summary>The tensor as rows of at least a width.</summary>
    /// <exception cref="ArgumentException">It is not batch × width or wider.</exception>
    public static Tensor<float> CheckAtLeast(Tensor? tensor, int width) =>
        tensor is Tensor<float> { Rank: 2 } rows && rows.Shape[1] >= width
            ? rows
            : throw new ArgumentException($"The operator takes rows of at least {width} numbers.");
}
