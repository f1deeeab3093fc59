using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Preprocessing;

/// <summary>
/// The transform most scalers fit: (x − offset) · scale, feature by feature or band by band, in float32, rounded after each step,
/// in ONNX as in .NET.
/// </summary>
public sealed class AffineTransform : ITransform
{
    private readonly float[] offset;
    private readonly float[] scale;

    /// <summary>Creates the transform from one offset and one scale per feature.</summary>
    public AffineTransform(float[] offset, float[] scale)
    {
        if (offset.Length != scale.Length)
        {
            throw new ArgumentException($"{offset.Length} offsets but {scale.Length} scales.", nameof(scale));
        }

        this.offset = offset;
        this.scale = scale;
    }

    /// <summary>What is subtracted, per feature.</summary>
    public ReadOnlySpan<float> Offset => offset;

    /// <summary>What the difference is multiplied by, per feature.</summary>
    public ReadOnlySpan<float> Scale => scale;

    /// <inheritdoc/>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue examples) =>
        graph.Multiply(graph.Subtract(examples, graph.Constant(offset, offset.Length)), graph.Constant(scale, scale.Length));

    /// <inheritdoc/>
    public Examples Apply(Examples examples) => ScalerMath.Apply(examples, offset.Length, (row, changed) =>
    {
        TensorPrimitives.Subtract(row, offset, changed);
        TensorPrimitives.Multiply(changed, scale, changed);
    });
}
