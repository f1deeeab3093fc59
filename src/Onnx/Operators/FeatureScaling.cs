using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Rows of features put together and scaled (domain ai.onnx.ml), as other tools write them.</summary>
internal static class FeatureScaling
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("ai.onnx.ml.FeatureVectorizer", 1, "float,float*->float", Vectorizer) { Until = 5 },
        new("ai.onnx.ml.Scaler", 1, "float->float", Scaler) { Until = 5 },
    ];

    /// <summary>The rows of several tensors side by side, each of a width that is told.</summary>
    private static Operator Vectorizer(OperatorNode node)
    {
        int[] widths = node.Ints("inputdimensions");
        return (inputs, workspace) => inputs.Length == widths.Length
            ? [Concatenation.Join([.. inputs.Zip(widths, (Tensor (tensor, width) => Rows.Check(tensor, width)))], 1, workspace)]
            : throw new ArgumentException($"There are {inputs.Length} tensors, but {widths.Length} widths.");
    }

    /// <summary>(x − offset) · scale, with one offset and scale for all columns or for each.</summary>
    private static Operator Scaler(OperatorNode node)
    {
        float[] offset = node.Floats("offset");
        float[] scale = node.Floats("scale");
        return (inputs, workspace) =>
        {
            Tensor<float> rows = Rows.CheckAtLeast(inputs[0], 1);
            int width = rows.Shape[1];
            float[] offsets = Spread(offset, width);
            float[] scales = Spread(scale, width);
            float[] results = workspace.Rent<float>(rows.Length);
            for (int start = 0; start < rows.Length; start += width)
            {
                Span<float> row = results.AsSpan(start, width);
                TensorPrimitives.Subtract(rows.Values.Slice(start, width), offsets, row);
                TensorPrimitives.Multiply<float>(row, scales, row);
            }

            return [new Tensor<float>([.. rows.Shape], results)];
        };
    }

    private static float[] Spread(float[] values, int width) =>
        values.Length == width ? values
        : values.Length == 1 ? [.. Enumerable.Repeat(values[0], width)]
        : throw new ArgumentException($"There are {values.Length} offsets or scales for {width} columns.");
}
