using System.Buffers.Binary;
using System.Text;

namespace SerLab.Features.Tests.Audio;

/// <summary>Builds WAV files in memory, chunk by chunk, right or wrong as a test wants them.</summary>
internal static class WavBytes
{
    public const int Pcm = 1;
    public const int Float = 3;
    public const int Extensible = 0xFFFE;

    private static readonly byte[] SubFormatTail =
        [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    /// <summary>A file of the given chunks, each as <see cref="Chunk"/> makes them.</summary>
    public static byte[] File(params byte[][] chunks) => Container("RIFF", chunks);

    public static byte[] Container(string riff, params byte[][] chunks)
    {
        byte[] body = [.. "WAVE"u8, .. chunks.SelectMany(c => c)];
        return [.. Encoding.ASCII.GetBytes(riff), .. UInt32((uint)body.Length), .. body];
    }

    /// <summary>A chunk, padded to an even length unless told otherwise; <paramref name="size"/> lets the header lie.</summary>
    public static byte[] Chunk(string id, byte[] content, uint? size = null, bool pad = true)
    {
        byte[] padding = pad && content.Length % 2 == 1 ? [0] : [];
        return [.. Encoding.ASCII.GetBytes(id), .. UInt32(size ?? (uint)content.Length), .. content, .. padding];
    }

    public static byte[] Data(byte[] content, uint? size = null) => Chunk("data", content, size);

    public static byte[] Fmt(int tag, int channels, int rate, int bits, int? container = null)
    {
        int bytes = container ?? (bits + 7) / 8;
        return Chunk("fmt ", FmtContent(tag, channels, rate, bits, bytes * channels));
    }

    public static byte[] FmtContent(int tag, int channels, int rate, int bits, int blockAlign) =>
    [
        .. UInt16(tag), .. UInt16(channels), .. UInt32((uint)rate), .. UInt32((uint)(rate * blockAlign)), .. UInt16(blockAlign),
        .. UInt16(bits),
    ];

    public static byte[] FmtExtensible(int subTag, int channels, int rate, int bits, int validBits, byte[]? tail = null) => Chunk(
        "fmt ",
        [
            .. FmtContent(Extensible, channels, rate, bits, bits / 8 * channels), .. UInt16(22), .. UInt16(validBits),
            .. UInt32((1u << channels) - 1), .. UInt16(subTag), .. tail ?? SubFormatTail,
        ]);

    /// <summary>Encodes samples by the definition of each format; integers given as they are stored.</summary>
    public static byte[] Encode(int tag, int bytes, IEnumerable<double> samples) =>
        [.. samples.SelectMany(sample => (tag, bytes) switch
    {
        (Pcm, 1) => [(byte)(sample + 128)],
        (Pcm, _) => BitConverter.GetBytes((long)sample)[..bytes],
        (Float, 4) => BitConverter.GetBytes((float)sample),
        (Float, 8) => BitConverter.GetBytes(sample),
        _ => throw new ArgumentOutOfRangeException(nameof(bytes)),
    })];

    public static byte[] UInt16(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] UInt32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
