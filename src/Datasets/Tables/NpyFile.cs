using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SerLab.Core;

namespace SerLab.Datasets.Tables;

/// <summary>
/// Arrays as NumPy reads them (<c>numpy.load</c>): format version 1.0, float32, little-endian, C order
/// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
/// </summary>
public static class NpyFile
{
    // The magic, the version and the length of the header.
    private const int PrefixLength = 10;

    // Values begin at a multiple of this.
    private const int Alignment = 64;

    /// <summary>Writes one example; its axes are those of the shape.</summary>
    /// <param name="values">Row-major.</param>
    /// <param name="shape">Their form; a length that it leaves open follows from the number of values.</param>
    /// <param name="path">The file; replaced only when all is written.</param>
    /// <exception cref="ArgumentException">The values do not fill the shape.</exception>
    public static void Write(ReadOnlyMemory<float> values, ExampleShape shape, string path) => AtomicFile.Write(path, stream =>
    {
        WriteHeader(stream, LengthsOf(shape.WithSize(values.Length)));
        stream.Write(MemoryMarshal.AsBytes(values.Span));
    });

    /// <summary>Writes all examples as one array; the first axis counts them, the others are those of their shape.</summary>
    /// <param name="examples">Examples of one length.</param>
    /// <param name="path">The file; replaced only when all is written.</param>
    /// <exception cref="InvalidInputException">The examples differ in length.</exception>
    public static void Write(Examples examples, string path)
    {
        if (examples.Shape.Size is null)
        {
            throw new InvalidInputException(
                $"The examples are {examples.Shape} and differ in length, so that one array cannot hold them: '{path}'.");
        }

        AtomicFile.Write(path, stream =>
        {
            WriteHeader(stream, [examples.Count, .. LengthsOf(examples.Shape)]);
            for (int i = 0; i < examples.Count; i++)
            {
                stream.Write(MemoryMarshal.AsBytes(examples[i]));
            }
        });
    }

    private static IEnumerable<int> LengthsOf(ExampleShape shape) => shape.Axes.Select(axis => axis.Length!.Value);

    private static void WriteHeader(Stream stream, IEnumerable<int> lengths)
    {
        string axes = string.Concat(lengths.Select(length => string.Create(CultureInfo.InvariantCulture, $"{length}, ")));
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({axes.TrimEnd()}), }}";
        int length = header.Length + 1;
        length += (Alignment - ((PrefixLength + length) % Alignment)) % Alignment;
        byte[] bytes = new byte[PrefixLength + length];
        ReadOnlySpan<byte> magic = [0x93, .. "NUMPY"u8, 1, 0];
        magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(PrefixLength - sizeof(ushort)), (ushort)length);
        Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n").CopyTo(bytes, PrefixLength);
        stream.Write(bytes);
    }
}
