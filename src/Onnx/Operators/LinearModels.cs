using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Linear models (domain ai.onnx.ml), as other tools write them.</summary>
internal static class LinearModels
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("ai.onnx.ml.LinearRegressor", 1, "float->float", Regressor) { Until = 5 },
        new("ai.onnx.ml.LinearClassifier", 1, "float->int64,float", Classifier) { Until = 5 },
    ];

    /// <summary>One number per row and target: the dot product of row and coefficients, and the intercept.</summary>
    private static Operator Regressor(OperatorNode node)
    {
        Func<Tensor?, Workspace, Tensor<float>> scores = Scores(node, node.Int("targets", 1));
        return node.Text("post_transform", "NONE") is "NONE"
            ? (inputs, workspace) => [scores(inputs[0], workspace)]
            : throw node.Unsupported("post_transform", node.Text("post_transform", "NONE"));
    }

    /// <summary>The class number of the highest score, and the scores: as they are, or as probabilities by softmax.</summary>
    private static Operator Classifier(OperatorNode node)
    {
        int[] labels = node.Ints("classlabels_ints");
        Func<Tensor?, Workspace, Tensor<float>> scores = Scores(node, labels.Length);
        node.Ignore("multi_class");
        bool softmax = node.Text("post_transform", "NONE") switch
        {
            "NONE" => false,
            "SOFTMAX" => true,
            string other => throw node.Unsupported("post_transform", other),
        };
        return (inputs, workspace) =>
        {
            Tensor<float> result = scores(inputs[0], workspace);
            long[] best = new long[result.Shape[0]];
            for (int i = 0; i < best.Length; i++)
            {
                best[i] = labels[TensorPrimitives.IndexOfMax(result.Values.Slice(i * labels.Length, labels.Length))];
            }

            return [new Tensor<long>(best, best.Length), softmax ? Softmaxes.OfRows(result, workspace) : result];
        };
    }

    private static Func<Tensor?, Workspace, Tensor<float>> Scores(OperatorNode node, int outputs)
    {
        float[] coefficients = node.Floats("coefficients");
        float[] given = node.Floats("intercepts");
        if (outputs < 1 || coefficients.Length == 0 || coefficients.Length % outputs != 0
            || (given.Length > 0 && given.Length != outputs))
        {
            throw node.Unsupported("coefficients", $"{coefficients.Length} of them for {outputs} outputs");
        }

        float[] intercepts = given.Length > 0 ? given : new float[outputs];
        int width = coefficients.Length / outputs;
        return (tensor, workspace) =>
        {
            Tensor<float> rows = Rows.Check(tensor, width);
            int[] shape = [rows.Shape[0], outputs];
            workspace.CountMultiplyAdds(rows.Shape[0], outputs, width);
            int count = Tensor.Count(shape);
            float[] results = workspace.Rent<float>(count);
            for (int i = 0; i < count; i++)
            {
                (int row, int output) = Math.DivRem(i, outputs);
                results[i] = intercepts[output] + TensorPrimitives.Dot(
                    rows.Values.Slice(row * width, width), coefficients.AsSpan(output * width, width));
            }

            return new Tensor<float>(shape, results);
        };
    }
}
