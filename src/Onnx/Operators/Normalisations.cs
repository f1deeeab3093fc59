using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Mean 0 and deviation 1, then scale and shift: per channel, per example and channel, per group or per row.</summary>
internal static class Normalisations
{
    private const float Epsilon = 1e-5f;

    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("BatchNormalization", 7, "F,F,F,F,F->F", Batch),
        new("InstanceNormalization", 6, "F,F,F->F", node => Grouped(node, groups: 0)),
        new("GroupNormalization", 18, "F,F,F->F", node => Grouped(node, node.Int("num_groups", 0))),
        new("LayerNormalization", 17, "F,F,F?->F,float,float", Layer),
    ];

    // With the means and variances of the training: one factor and one summand per channel.
    private static Operator Batch(OperatorNode node)
    {
        float epsilon = node.Float("epsilon", Epsilon);
        node.Ignore("momentum");
        if (node.Flag("training_mode"))
        {
            throw node.Unsupported("training_mode", "1");
        }

        if (!node.Flag("spatial", true))
        {
            throw node.Unsupported("spatial", "0");
        }

        return (inputs, workspace) => [inputs[0] switch
        {
            Tensor<float> => Batch<float>(inputs, epsilon, workspace),
            Tensor<double> => Batch<double>(inputs, epsilon, workspace),
            _ => throw Elements.NotComputed(inputs[0]),
        }];
    }

    private static Tensor<T> Batch<T>(Tensor?[] inputs, float epsilon, Workspace workspace)
        where T : IFloatingPointIeee754<T>
    {
        Tensor<T> x = (Tensor<T>)inputs[0]!;
        Tensor<T>[] perChannel = [.. inputs.Skip(1).Cast<Tensor<T>>()];
        T[] results = workspace.Rent<T>(x.Length);
        int channels = x.Shape[1];
        int size = Tensor.Count([.. x.Shape.Skip(2)]);
        for (int i = 0; i < x.Shape[0] * channels; i++)
        {
            int c = i % channels;
            T factor = perChannel[0].Values[c] / T.Sqrt(perChannel[3].Values[c] + T.CreateTruncating(epsilon));
            T summand = perChannel[1].Values[c] - (perChannel[2].Values[c] * factor);
            Affine(x.Values.Slice(i * size, size), factor, summand, results.AsSpan(i * size, size));
        }

        return new Tensor<T>([.. x.Shape], results);
    }

    // Groups of channels of each example; none: every channel is a group. Scale and shift are per channel, or per group.
    private static Operator Grouped(OperatorNode node, int groups)
    {
        float epsilon = node.Float("epsilon", Epsilon);
        return (inputs, workspace) => [inputs[0] switch
        {
            Tensor<float> => Grouped<float>(inputs, groups, epsilon, workspace),
            Tensor<double> => Grouped<double>(inputs, groups, epsilon, workspace),
            _ => throw Elements.NotComputed(inputs[0]),
        }];
    }

    private static Tensor<T> Grouped<T>(Tensor?[] inputs, int groups, float epsilon, Workspace workspace)
        where T : IFloatingPointIeee754<T>
    {
        Tensor<T> x = (Tensor<T>)inputs[0]!;
        (Tensor<T> scale, Tensor<T> shift) = ((Tensor<T>)inputs[1]!, (Tensor<T>)inputs[2]!);
        int count = groups == 0 ? x.Shape[1] : groups;
        int size = count == 0 ? 0 : Tensor.Count([.. x.Shape.Skip(1)]) / count;
        T[] results = workspace.Rent<T>(x.Length);
        for (int i = 0; i < x.Shape[0] * count; i++)
        {
            ReadOnlySpan<T> values = x.Values.Slice(i * size, size);
            (T mean, T inverse) = Moments(values, epsilon);
            T factor = scale.Values[i % count] * inverse;
            Affine(values, factor, shift.Values[i % count] - (mean * factor), results.AsSpan(i * size, size));
        }

        return new Tensor<T>([.. x.Shape], results);
    }

    // Rows of all axes from one on, with a scale and a shift per element; mean and inverse deviation are outputs too.
    private static Operator Layer(OperatorNode node)
    {
        int axis = node.Int("axis", -1);
        float epsilon = node.Float("epsilon", Epsilon);
        if (node.Int("stash_type", 1) != 1)
        {
            throw node.Unsupported("stash_type", $"{node.Int("stash_type", 1)}");
        }

        return (inputs, workspace) => inputs[0] switch
        {
            Tensor<float> => Layer<float>(inputs, axis, epsilon, workspace),
            Tensor<double> => Layer<double>(inputs, axis, epsilon, workspace),
            _ => throw Elements.NotComputed(inputs[0]),
        };
    }

    private static Tensor[] Layer<T>(Tensor?[] inputs, int axis, float epsilon, Workspace workspace)
        where T : IFloatingPointIeee754<T>
    {
        Tensor<T> x = (Tensor<T>)inputs[0]!;
        int first = Axes.At(axis, x.Rank);
        int[] row = [.. x.Shape.Skip(first)];
        int width = Tensor.Count(row);
        int rows = Tensor.Count([.. x.Shape.Take(first)]);
        ReadOnlySpan<T> scale = ((Tensor<T>)Broadcasting.Expand(inputs[1]!, row, workspace)).Values;
        ReadOnlySpan<T> shift = inputs.ElementAtOrDefault(2) is { } given
            ? ((Tensor<T>)Broadcasting.Expand(given, row, workspace)).Values
            : [];
        T[] results = workspace.Rent<T>(x.Length);
        float[] means = workspace.Rent<float>(rows);
        float[] inverses = workspace.Rent<float>(rows);
        for (int i = 0; i < rows; i++)
        {
            Span<T> target = results.AsSpan(i * width, width);
            (T mean, T inverse) = Moments(x.Values.Slice(i * width, width), epsilon);
            Affine(x.Values.Slice(i * width, width), inverse, -mean * inverse, target);
            TensorPrimitives.Multiply(target, scale, target);
            if (!shift.IsEmpty)
            {
                TensorPrimitives.Add(target, shift, target);
            }

            (means[i], inverses[i]) = (float.CreateTruncating(mean), float.CreateTruncating(inverse));
        }

        int[] shape = [.. x.Shape.Select((size, d) => d < first ? size : 1)];
        return [new Tensor<T>([.. x.Shape], results), new Tensor<float>(shape, means), new Tensor<float>([.. shape], inverses)];
    }

    // Mean and 1 / deviation, in float64: the squares of values far from zero would cancel.
    private static (T Mean, T Inverse) Moments<T>(ReadOnlySpan<T> values, float epsilon)
        where T : IFloatingPointIeee754<T>
    {
        double sum = 0;
        double squares = 0;
        foreach (T value in values)
        {
            sum += double.CreateTruncating(value);
        }

        double mean = sum / values.Length;
        foreach (T value in values)
        {
            double difference = double.CreateTruncating(value) - mean;
            squares += difference * difference;
        }

        return (T.CreateTruncating(mean), T.CreateTruncating(1 / Math.Sqrt((squares / values.Length) + epsilon)));
    }

    private static void Affine<T>(ReadOnlySpan<T> values, T factor, T summand, Span<T> results)
        where T : IFloatingPointIeee754<T>
    {
        TensorPrimitives.Multiply(values, factor, results);
        TensorPrimitives.Add(results, summand, results);
    }
}
