using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Preprocessing;

/// <summary>
/// The transform every scaler fits: (x − offset) · scale, feature by feature, in float32, rounded after each step, in ONNX as in
/// .NET.
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

    /// <inheritdoc/>
    public ExampleShape Input => ExampleShape.Features(offset.Length);

    /// <summary>What is subtracted, per feature.</summary>
    public ReadOnlySpan<float> Offset => offset;

    /// <summary>What the difference is multiplied by, per feature.</summary>
    public ReadOnlySpan<float> Scale => scale;

    /// <inheritdoc/>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue examples) =>
        graph.Multiply(graph.Subtract(examples, graph.Constant(offset, offset.Length)), graph.Constant(scale, scale.Length));

    /// <inheritdoc/>
    public Examples Apply(Examples examples)
    {
        FeatureMatrix rows = TrainingInput.CheckPrediction(examples, offset.Length);
        float[] changed = new float[rows.Rows * rows.Columns];
        for (int i = 0; i < rows.Rows; i++)
        {
            Span<float> target = changed.AsSpan(i * rows.Columns, rows.Columns);
            System.Numerics.Tensors.TensorPrimitives.Subtract(rows.Row(i), offset, target);
            System.Numerics.Tensors.TensorPrimitives.Multiply(target, scale, target);
        }

        return new FeatureMatrix(changed, rows.Rows, rows.Columns);
    }
}
