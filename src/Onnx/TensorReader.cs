using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SerLab.Core;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx;

/// <summary>Reads a tensor of a file, whichever of ONNX's fields its elements are kept in.</summary>
internal static class TensorReader
{
    /// <summary>The tensor that a message holds.</summary>
    /// <exception cref="InvalidInputException">
    /// It lies in another file, is of an unknown element type, or its shape and elements do not fit.
    /// </exception>
    public static Tensor Read(TensorProto tensor)
    {
        RequireInside(tensor);
        if (tensor.Dims.Any(size => size is < 0 or > int.MaxValue))
        {
            throw new InvalidInputException($"The model's constant '{tensor.Name}' has a negative or far too large size.");
        }

        int[] shape = [.. tensor.Dims.Select(size => (int)size)];
        return (OnnxElement)tensor.DataType switch
        {
            OnnxElement.Float => Make(tensor, shape, tensor.FloatData),
            OnnxElement.Double => Make(tensor, shape, tensor.DoubleData),
            OnnxElement.Float16 => Make(
                tensor, shape, tensor.Int32Data.Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))),
            OnnxElement.Int64 => Make(tensor, shape, tensor.Int64Data),
            OnnxElement.Int32 => Make(tensor, shape, tensor.Int32Data),
            OnnxElement.Int16 => Make(tensor, shape, tensor.Int32Data.Select(i => (short)i)),
            OnnxElement.Int8 => Make(tensor, shape, tensor.Int32Data.Select(i => (sbyte)i)),
            OnnxElement.UInt64 => Make(tensor, shape, tensor.Uint64Data),
            OnnxElement.UInt32 => Make(tensor, shape, tensor.Uint64Data.Select(i => (uint)i)),
            OnnxElement.UInt16 => Make(tensor, shape, tensor.Int32Data.Select(i => (ushort)i)),
            OnnxElement.UInt8 => Make(tensor, shape, tensor.Int32Data.Select(i => (byte)i)),
            OnnxElement.Bool => new Tensor<bool>(
                tensor.RawData.IsEmpty
                    ? [.. tensor.Int32Data.Select(i => i != 0)]
                    : [.. tensor.RawData.Select(b => b != 0)], shape),
            OnnxElement.String => new Tensor<string>([.. tensor.StringData.Select(s => s.ToStringUtf8())], shape),
            OnnxElement other => throw new OnnxRefusedException(
                $"constant '{tensor.Name}'", $"has element type {Elements.Name(other)}, which SerLab does not know"),
        };
    }

    /// <summary>
    /// Refuses a model of which a part lies in another file: such a part may name any file of the machine it is opened on.
    /// </summary>
    /// <exception cref="InvalidInputException">A constant lies in another file.</exception>
    public static void RequireInside(ModelProto model)
    {
        RequireInside(model.Graph);
        foreach (FunctionProto function in model.Functions)
        {
            RequireInside(function.Node);
        }
    }

    private static void RequireInside(GraphProto graph)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            RequireInside(tensor);
        }

        RequireInside(graph.Node);
    }

    private static void RequireInside(IEnumerable<NodeProto> nodes)
    {
        foreach (AttributeProto attribute in nodes.SelectMany(node => node.Attribute))
        {
            if (attribute.T is { } tensor)
            {
                RequireInside(tensor);
            }

            if (attribute.G is { } graph)
            {
                RequireInside(graph);
            }
        }
    }

    private static void RequireInside(TensorProto tensor)
    {
        if (tensor.DataLocation != TensorProto.Types.DataLocation.Default)
        {
            throw new InvalidInputException(
                $"The model's constant '{tensor.Name}' lies in another file, which SerLab does not read; save the model with its "
                + "weights inside (in Python: onnx.save(onnx.load(path), other)).");
        }
    }

    private static Tensor<T> Make<T>(TensorProto tensor, int[] shape, IEnumerable<T> field)
        where T : unmanaged
    {
        T[] listed = tensor.RawData.IsEmpty ? [.. field] : [];
        ReadOnlySpan<T> given = tensor.RawData.IsEmpty ? listed : MemoryMarshal.Cast<byte, T>(tensor.RawData.Span);
        int length = Tensor.Count(shape);
        if (given.Length != length || tensor.RawData.Length % Unsafe.SizeOf<T>() != 0)
        {
            throw new InvalidInputException(
                $"The model's constant '{tensor.Name}' has {given.Length} elements for the shape [{string.Join(", ", shape)}].");
        }

        T[] buffer = new T[length + Workspace.Slack];
        given.CopyTo(buffer);
        return new Tensor<T>(shape, buffer);
    }
}
