using System.Runtime.InteropServices;
using SerLab.Core;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx;

/// <summary>Reads a constant of a graph, whichever of ONNX's fields its elements are kept in.</summary>
internal static class TensorReader
{
    public static Tensor Read(TensorProto tensor)
    {
        int[] shape = [.. tensor.Dims.Select(size => checked((int)size))];
        if (shape.Any(size => size < 0))
        {
            throw new InvalidInputException($"The model's constant '{tensor.Name}' has a negative size.");
        }

        return (OnnxElement)tensor.DataType switch
        {
            OnnxElement.Float => new Tensor<float>(Elements(tensor, tensor.FloatData), shape),
            OnnxElement.Double => new Tensor<double>(Elements(tensor, tensor.DoubleData), shape),
            OnnxElement.Int64 => new Tensor<long>(Elements(tensor, tensor.Int64Data), shape),
            OnnxElement.Bool => new Tensor<bool>(
                tensor.RawData.IsEmpty
                    ? [.. tensor.Int32Data.Select(i => i != 0)]
                    : [.. tensor.RawData.Select(b => b != 0)], shape),
            OnnxElement.String => new Tensor<string>([.. tensor.StringData.Select(s => s.ToStringUtf8())], shape),
            _ => throw new InvalidInputException(
                $"The model's constant '{tensor.Name}' has element type {tensor.DataType}, which SerLab does not know."),
        };
    }

    private static T[] Elements<T>(TensorProto tensor, IEnumerable<T> field)
        where T : unmanaged =>
        tensor.RawData.IsEmpty ? [.. field] : MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray();
}
