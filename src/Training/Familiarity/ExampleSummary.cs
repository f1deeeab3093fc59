using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Familiarity;

/// <summary>
/// Examples as rows of numbers that can be compared: features as they are; of series and images the mean and the standard
/// deviation (population) of every band.
/// </summary>
internal static class ExampleSummary
{
    /// <summary>Numbers per row; none where examples of that shape have no bands.</summary>
    public static int? WidthOf(ExampleShape shape) => shape switch
    {
        { IsFeatures: true } => shape.Size,
        { Rank: > 1 } when shape.Axes[^1].Length is { } bands => 2 * bands,
        _ => null,
    };

    /// <summary>One row per example, in float64.</summary>
    public static double[][] Of(Examples examples)
    {
        double[][] rows = new double[examples.Count][];
        int bands = examples.Shape.Axes[^1].Length!.Value;
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new double[examples.Shape.IsFeatures ? bands : examples[i].Length];
            TensorPrimitives.ConvertTruncating(examples[i], rows[i]);
            if (!examples.Shape.IsFeatures)
            {
                rows[i] = Statistics(rows[i], bands);
            }
        }

        return rows;
    }

    /// <summary>The same as operators: float64, [batch, width].</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="examples">Float32, [batch, …shape].</param>
    /// <param name="shape">The form of an example.</param>
    public static OnnxValue AddTo(OnnxGraph graph, OnnxValue examples, ExampleShape shape)
    {
        OnnxValue values = graph.Cast(examples, OnnxElement.Double);
        if (shape.IsFeatures)
        {
            return values;
        }

        OnnxAttribute axes = OnnxAttribute.Of(
            "axes", (long[])[.. Enumerable.Range(1, shape.Rank - 1).Select(axis => (long)axis)]);
        OnnxValue Mean(OnnxValue of, long keep) => graph.Apply("ReduceMean", [of], axes, OnnxAttribute.Of("keepdims", keep));
        OnnxValue centred = graph.Subtract(values, Mean(values, 1));
        OnnxValue deviation = graph.Apply("Sqrt", [Mean(graph.Multiply(centred, centred), 0)]);
        return graph.Apply("Concat", [Mean(values, 0), deviation], OnnxAttribute.Of("axis", 1L));
    }

    private static double[] Statistics(double[] values, int bands)
    {
        double[] row = new double[2 * bands];
        int frames = values.Length / bands;
        Span<double> means = row.AsSpan(0, bands);
        Span<double> deviations = row.AsSpan(bands);
        double[] centred = new double[bands];
        for (int f = 0; f < frames; f++)
        {
            TensorPrimitives.Add(means, values.AsSpan(f * bands, bands), means);
        }

        TensorPrimitives.Divide(means, frames, means);
        for (int f = 0; f < frames; f++)
        {
            TensorPrimitives.Subtract(values.AsSpan(f * bands, bands), means, centred);
            TensorPrimitives.MultiplyAdd(centred, centred, deviations, deviations);
        }

        TensorPrimitives.Divide(deviations, frames, deviations);
        TensorPrimitives.Sqrt(deviations, deviations);
        return row;
    }
}
