using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Operators that move elements without changing them.</summary>
internal static class Shapes
{
    /// <summary>An axis as a position from the front; negative ones count from the back.</summary>
    public static int Axis(int axis, int rank)
    {
        int position = axis < 0 ? axis + rank : axis;
        return position >= 0 && position < rank ? position : throw new ArgumentException($"There is no axis {axis}.");
    }

    /// <summary>The elements of an integer tensor, each within 32 bits.</summary>
    public static IEnumerable<int> Ints(Tensor tensor) =>
        ((Tensor<long>)tensor).Values.ToArray().Select(value => (int)Math.Clamp(value, int.MinValue, int.MaxValue));

    public static Operator Cast(OperatorNode node)
    {
        OnnxElement element = (OnnxElement)node.Int("to", 0);
        return inputs => inputs[0] switch
        {
            Tensor<float> tensor => [Cast(node, tensor, element)],
            Tensor<double> tensor => [Cast(node, tensor, element)],
            Tensor<long> tensor => [Cast(node, tensor, element)],
            Tensor<bool> tensor => [Cast(node, Numbers(tensor), element)],
            _ => throw new ArgumentException("Text is not cast."),
        };
    }

    public static Operator Concat(OperatorNode node)
    {
        int given = node.Int("axis", 0);
        return inputs => inputs[0] switch
        {
            Tensor<float> => [Join<float>(inputs, given)],
            Tensor<double> => [Join<double>(inputs, given)],
            Tensor<long> => [Join<long>(inputs, given)],
            _ => throw new ArgumentException("The operator does not take these element types."),
        };
    }

    public static Tensor[] ZerosOfShape(Tensor?[] inputs)
    {
        int[] shape = [.. Ints(inputs[0]!)];
        return [new Tensor<float>(new float[Tensor.Count(shape)], shape)];
    }

    public static Tensor[] Expand(Tensor?[] inputs)
    {
        Tensor tensor = inputs[0]!;
        int[] shape = Broadcasting.Shape(tensor.Shape, [.. Ints(inputs[1]!)]);
        return [tensor.Select(Broadcasting.Positions(tensor.Shape, shape), shape)];
    }

    public static Operator Gather(OperatorNode node)
    {
        int given = node.Int("axis", 0);
        return inputs =>
        {
            Tensor tensor = inputs[0]!;
            int axis = Axis(given, tensor.Rank);
            int size = tensor.Shape[axis];
            int[] indices = [.. Ints(inputs[1]!).Select(i => i < 0 ? i + size : i)];
            int inner = Tensor.Count([.. tensor.Shape.Skip(axis + 1)]);
            int outer = Tensor.Count([.. tensor.Shape.Take(axis)]);
            int[] positions = new int[Tensor.Count([outer, indices.Length, inner])];
            for (int o = 0, at = 0; o < outer; o++)
            {
                foreach (int index in indices)
                {
                    int first = ((o * size) + index) * inner;
                    for (int i = 0; i < inner; i++)
                    {
                        positions[at++] = first + i;
                    }
                }
            }

            return [tensor.Select(positions, [.. tensor.Shape.Take(axis), .. inputs[1]!.Shape, .. tensor.Shape.Skip(axis + 1)])];
        };
    }

    /// <summary>Zeros before and after along each axis; the second input names first all counts before, then all after.</summary>
    public static Operator Pad(OperatorNode node)
    {
        string mode = node.Text("mode", "constant");
        return mode != "constant" ? throw node.Unsupported("mode", mode) : inputs =>
        {
            Tensor<float> tensor = (Tensor<float>)inputs[0]!;
            int[] pads = [.. Ints(inputs[1]!)];
            int rank = tensor.Rank;
            if (inputs.Length > 2 || pads.Length != 2 * rank
                || pads.Where((p, i) => p < 0 || (p > 0 && i % rank != rank - 1)).Any())
            {
                throw new ArgumentException("Zeros are added along the last axis alone.");
            }

            int from = tensor.Shape[^1];
            int to = checked(from + pads[rank - 1] + pads[^1]);
            int[] shape = [.. tensor.Shape.SkipLast(1), to];
            float[] results = new float[Tensor.Count(shape)];
            for (int row = 0; row * to < results.Length; row++)
            {
                tensor.Values.Slice(row * from, from).CopyTo(results.AsSpan((row * to) + pads[rank - 1]));
            }

            return [new Tensor<float>(results, shape)];
        };
    }

    public static Tensor[] Range(Tensor?[] inputs)
    {
        long start = ((Tensor<long>)inputs[0]!).Values[0];
        long limit = ((Tensor<long>)inputs[1]!).Values[0];
        long step = ((Tensor<long>)inputs[2]!).Values[0];
        int count = (int)Math.Max(0, Math.Ceiling((limit - start) / (double)step));
        return [new Tensor<long>([.. Enumerable.Range(0, count).Select(i => start + (i * step))], count)];
    }

    public static Tensor[] Reshape(Tensor?[] inputs)
    {
        Tensor tensor = inputs[0]!;
        int[] shape = [.. Ints(inputs[1]!)];
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = shape[i] == 0 ? tensor.Shape[i] : shape[i];
        }

        int free = Array.IndexOf(shape, -1);
        if (free >= 0)
        {
            shape[free] = tensor.Length / Math.Max(1, -Tensor.Count(shape));
        }

        return [tensor.Reshape(shape)];
    }

    public static Operator ShapeOf(OperatorNode node)
    {
        int start = node.Int("start", 0);
        int end = node.Int("end", int.MaxValue);
        return inputs =>
        {
            int rank = inputs[0]!.Rank;
            int from = start < 0 ? start + rank : start;
            int to = Math.Min(end < 0 ? end + rank : end, rank);
            long[] sizes = [.. inputs[0]!.Shape.Skip(from).Take(to - from).Select(size => (long)size)];
            return [new Tensor<long>(sizes, sizes.Length)];
        };
    }

    /// <summary>Elements from start to end in steps along axes (operator set 10 and later: all given as inputs).</summary>
    public static Tensor[] Slice(Tensor?[] inputs)
    {
        Tensor tensor = inputs[0]!;
        int[] starts = [.. Ints(inputs[1]!)];
        int[] ends = [.. Ints(inputs[2]!)];
        int[] axes = inputs.Length > 3 && inputs[3] is { } a ? [.. Ints(a)] : [.. Enumerable.Range(0, starts.Length)];
        int[] steps = inputs.Length > 4 && inputs[4] is { } s ? [.. Ints(s)] : [.. starts.Select(_ => 1)];
        for (int i = 0; i < axes.Length; i++)
        {
            tensor = SliceAxis(tensor, Axis(axes[i], tensor.Rank), starts[i], ends[i], steps[i]);
        }

        return [tensor];
    }

    public static Tensor[] Squeeze(Tensor?[] inputs)
    {
        Tensor tensor = inputs[0]!;
        HashSet<int> axes = inputs.Length > 1 && inputs[1] is { } given
            ? [.. Ints(given).Select(axis => Axis(axis, tensor.Rank))]
            : [.. Enumerable.Range(0, tensor.Rank).Where(d => tensor.Shape[d] == 1)];
        return [tensor.Reshape([.. tensor.Shape.Where((_, d) => !axes.Contains(d))])];
    }

    public static Tensor[] Unsqueeze(Tensor?[] inputs)
    {
        Tensor tensor = inputs[0]!;
        int rank = tensor.Rank + inputs[1]!.Length;
        HashSet<int> axes = [.. Ints(inputs[1]!).Select(axis => Axis(axis, rank))];
        Queue<int> sizes = new(tensor.Shape);
        return [tensor.Reshape([.. Enumerable.Range(0, rank).Select(d => axes.Contains(d) ? 1 : sizes.Dequeue())])];
    }

    public static Operator Transpose(OperatorNode node)
    {
        int[] order = node.Ints("perm");
        return inputs => inputs[0] switch
        {
            Tensor<float> tensor => [Permute(tensor, OrReversed(order, tensor.Rank))],
            Tensor<double> tensor => [Permute(tensor, OrReversed(order, tensor.Rank))],
            _ => throw new ArgumentException("The operator does not take these element types."),
        };
    }

    public static Tensor<float> TransposeIf(bool transposed, Tensor<float> matrix) =>
        transposed ? Permute(matrix, [1, 0]) : matrix;

    /// <summary>Reorders the axes: axis i of the result is axis order[i] of the tensor.</summary>
    public static Tensor<T> Permute<T>(Tensor<T> tensor, int[] order)
    {
        if (order.Select((axis, i) => axis == i).All(same => same))
        {
            return tensor;
        }

        int[] strides = new int[tensor.Rank];
        for (int d = tensor.Rank - 1, stride = 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= tensor.Shape[d];
        }

        int[] shape = [.. order.Select(axis => tensor.Shape[axis])];
        T[] results = new T[tensor.Length];
        int[] index = new int[shape.Length];
        ReadOnlySpan<T> values = tensor.Values;
        for (int i = 0, position = 0; i < results.Length; i++)
        {
            results[i] = values[position];
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                position += strides[order[d]];
                if (++index[d] < shape[d])
                {
                    break;
                }

                position -= strides[order[d]] * shape[d];
                index[d] = 0;
            }
        }

        return new Tensor<T>(results, shape);
    }

    private static Tensor<long> Numbers(Tensor<bool> tensor) =>
        new(Array.ConvertAll(tensor.Values.ToArray(), value => value ? 1L : 0), [.. tensor.Shape]);

    private static int[] OrReversed(int[] order, int rank) => order.Length > 0 ? order : [.. Enumerable.Range(0, rank).Reverse()];

    private static Tensor Cast<T>(OperatorNode node, Tensor<T> tensor, OnnxElement element)
        where T : INumber<T>
    {
        int[] shape = [.. tensor.Shape];
        switch (element)
        {
            case OnnxElement.Float:
                return new Tensor<float>(Convert<T, float>(tensor.Values), shape);
            case OnnxElement.Double:
                return new Tensor<double>(Convert<T, double>(tensor.Values), shape);
            case OnnxElement.Int64:
                return new Tensor<long>(Convert<T, long>(tensor.Values), shape);
            case OnnxElement.Bool:
                return new Tensor<bool>(Array.ConvertAll(tensor.Values.ToArray(), value => value != T.Zero), shape);
            default:
                throw node.Unsupported("to", $"{element}");
        }
    }

    private static TTo[] Convert<TFrom, TTo>(ReadOnlySpan<TFrom> values)
        where TFrom : INumber<TFrom>
        where TTo : INumber<TTo>
    {
        TTo[] converted = new TTo[values.Length];
        TensorPrimitives.ConvertTruncating(values, converted);
        return converted;
    }

    private static Tensor SliceAxis(Tensor tensor, int axis, int start, int end, int step)
    {
        int size = tensor.Shape[axis];
        if (step <= 0)
        {
            throw new ArgumentException("Slices go forwards.");
        }

        int from = Math.Clamp(start < 0 ? start + size : start, 0, size);
        int to = Math.Clamp(end < 0 ? end + size : end, 0, size);
        int taken = Math.Max(0, (to - from + step - 1) / step);
        int inner = Tensor.Count([.. tensor.Shape.Skip(axis + 1)]);
        int outer = Tensor.Count([.. tensor.Shape.Take(axis)]);
        int[] positions = new int[outer * taken * inner];
        for (int o = 0, at = 0; o < outer; o++)
        {
            for (int t = 0; t < taken; t++)
            {
                int first = ((o * size) + from + (t * step)) * inner;
                for (int i = 0; i < inner; i++)
                {
                    positions[at++] = first + i;
                }
            }
        }

        return tensor.Select(positions, [.. tensor.Shape.Take(axis), taken, .. tensor.Shape.Skip(axis + 1)]);
    }

    private static Tensor<T> Join<T>(Tensor?[] inputs, int given)
    {
        Tensor<T>[] tensors = [.. inputs.Cast<Tensor<T>>()];
        int axis = Axis(given, tensors[0].Rank);
        int outer = Tensor.Count([.. tensors[0].Shape.Take(axis)]);
        List<T> joined = [];
        for (int o = 0; o < outer; o++)
        {
            foreach (Tensor<T> tensor in tensors)
            {
                int size = tensor.Length / outer;
                joined.AddRange(tensor.Values.Slice(o * size, size));
            }
        }

        int[] shape = [.. tensors[0].Shape];
        shape[axis] = tensors.Sum(tensor => tensor.Shape[axis]);
        return new Tensor<T>([.. joined], shape);
    }
}
