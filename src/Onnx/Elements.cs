using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Onnx;

/// <summary>
/// Element types and the conversions between them. Kernels exist for floats, doubles, 64-bit integers, truth values and text; an
/// operator on a narrower number type is computed in a wider one that holds all its values, and narrowed again.
/// </summary>
internal static class Elements
{
    /// <summary>The element type that a tensor has.</summary>
    public static OnnxElement Of(Tensor tensor) => tensor switch
    {
        Tensor<float> => OnnxElement.Float,
        Tensor<double> => OnnxElement.Double,
        Tensor<Half> => OnnxElement.Float16,
        Tensor<long> => OnnxElement.Int64,
        Tensor<int> => OnnxElement.Int32,
        Tensor<short> => OnnxElement.Int16,
        Tensor<sbyte> => OnnxElement.Int8,
        Tensor<ulong> => OnnxElement.UInt64,
        Tensor<uint> => OnnxElement.UInt32,
        Tensor<ushort> => OnnxElement.UInt16,
        Tensor<byte> => OnnxElement.UInt8,
        Tensor<bool> => OnnxElement.Bool,
        Tensor<string> => OnnxElement.String,
        _ => throw new ArgumentException($"ONNX has no tensors of {tensor.GetType()}."),
    };

    /// <summary>The type that a narrower one is computed in; the type itself where there is none.</summary>
    public static OnnxElement Wide(OnnxElement element) => element switch
    {
        OnnxElement.Float16 => OnnxElement.Float,
        OnnxElement.Int32 or OnnxElement.Int16 or OnnxElement.Int8 => OnnxElement.Int64,
        OnnxElement.UInt32 or OnnxElement.UInt16 or OnnxElement.UInt8 => OnnxElement.Int64,
        _ => element,
    };

    /// <summary>The bytes that an element takes; none where that depends on the element, or the type is not known.</summary>
    public static int? BytesOf(OnnxElement element) => element switch
    {
        OnnxElement.Bool or OnnxElement.Int8 or OnnxElement.UInt8 => 1,
        OnnxElement.Float16 or OnnxElement.Int16 or OnnxElement.UInt16 => 2,
        OnnxElement.Float or OnnxElement.Int32 or OnnxElement.UInt32 => 4,
        OnnxElement.Double or OnnxElement.Int64 or OnnxElement.UInt64 => 8,
        _ => null,
    };

    /// <summary>How an element type is written: float32, int64.</summary>
    public static string Name(OnnxElement element) => element switch
    {
        OnnxElement.Float => "float32",
        OnnxElement.Double => "float64",
        _ => Enum.IsDefined(element) ? $"{element}".ToLowerInvariant() : $"of number {(int)element}",
    };

    /// <summary>What an operator throws on element types that it has no kernel for.</summary>
    public static ArgumentException NotComputed(params IEnumerable<Tensor?> tensors)
    {
        IEnumerable<string> names = tensors.OfType<Tensor>().Select(tensor => Name(tensor.Element)).Distinct();
        return new ArgumentException($"The operator is not computed on elements of type {string.Join(" and ", names)}.");
    }

    /// <summary>The same numbers in another type: fractions are cut off, integers too large wrap around.</summary>
    /// <exception cref="ArgumentException">Text is no number.</exception>
    public static Tensor Convert(Tensor tensor, OnnxElement element, Workspace workspace) => element switch
    {
        _ when tensor.Element == element => tensor,
        OnnxElement.Float => Convert<float>(tensor, workspace),
        OnnxElement.Double => Convert<double>(tensor, workspace),
        OnnxElement.Float16 => Convert<Half>(tensor, workspace),
        OnnxElement.Int64 => Convert<long>(tensor, workspace),
        OnnxElement.Int32 => Convert<int>(tensor, workspace),
        OnnxElement.Int16 => Convert<short>(tensor, workspace),
        OnnxElement.Int8 => Convert<sbyte>(tensor, workspace),
        OnnxElement.UInt64 => Convert<ulong>(tensor, workspace),
        OnnxElement.UInt32 => Convert<uint>(tensor, workspace),
        OnnxElement.UInt16 => Convert<ushort>(tensor, workspace),
        OnnxElement.UInt8 => Convert<byte>(tensor, workspace),
        OnnxElement.Bool => Truth(Convert<double>(tensor, workspace), workspace),
        _ => throw new ArgumentException($"Numbers are not made {Name(element)}."),
    };

    /// <summary>The same numbers in another type.</summary>
    public static Tensor<TTo> Convert<TTo>(Tensor tensor, Workspace workspace)
        where TTo : INumberBase<TTo> => tensor switch
        {
            Tensor<TTo> same => same,
            Tensor<float> floats => Convert<float, TTo>(floats, workspace),
            Tensor<double> doubles => Convert<double, TTo>(doubles, workspace),
            Tensor<Half> halves => Convert<Half, TTo>(halves, workspace),
            Tensor<long> longs => Convert<long, TTo>(longs, workspace),
            Tensor<int> ints => Convert<int, TTo>(ints, workspace),
            Tensor<short> shorts => Convert<short, TTo>(shorts, workspace),
            Tensor<sbyte> bytes => Convert<sbyte, TTo>(bytes, workspace),
            Tensor<ulong> longs => Convert<ulong, TTo>(longs, workspace),
            Tensor<uint> ints => Convert<uint, TTo>(ints, workspace),
            Tensor<ushort> shorts => Convert<ushort, TTo>(shorts, workspace),
            Tensor<byte> bytes => Convert<byte, TTo>(bytes, workspace),
            Tensor<bool> truths => Numbers<TTo>(truths, workspace),
            _ => throw new ArgumentException("Text is no number."),
        };

    private static Tensor<TTo> Convert<TFrom, TTo>(Tensor<TFrom> tensor, Workspace workspace)
        where TFrom : INumberBase<TFrom>
        where TTo : INumberBase<TTo>
    {
        TTo[] converted = workspace.Rent<TTo>(tensor.Length);
        TensorPrimitives.ConvertTruncating(tensor.Values, converted.AsSpan(0, tensor.Length));
        return new Tensor<TTo>([.. tensor.Shape], converted);
    }

    private static Tensor<TTo> Numbers<TTo>(Tensor<bool> tensor, Workspace workspace)
        where TTo : INumberBase<TTo>
    {
        TTo[] numbers = workspace.Rent<TTo>(tensor.Length);
        for (int i = 0; i < tensor.Length; i++)
        {
            numbers[i] = tensor.Values[i] ? TTo.One : TTo.Zero;
        }

        return new Tensor<TTo>([.. tensor.Shape], numbers);
    }

    private static Tensor<bool> Truth(Tensor<double> tensor, Workspace workspace)
    {
        bool[] truths = workspace.Rent<bool>(tensor.Length);
        for (int i = 0; i < tensor.Length; i++)
        {
            truths[i] = tensor.Values[i] != 0;
        }

        return new Tensor<bool>([.. tensor.Shape], truths);
    }
}
