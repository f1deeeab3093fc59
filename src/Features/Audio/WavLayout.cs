using System.Buffers.Binary;
using System.Text;

namespace SerLab.Features.Audio;

/// <summary>Where the samples of a WAV file lie and how they are stored, found by walking over its chunks.</summary>
/// <param name="Format">From the <c>fmt </c> chunk.</param>
/// <param name="DataStart">Offset of the first sample.</param>
/// <param name="DataLength">Bytes of samples that are really there, whatever the header says.</param>
internal sealed record WavLayout(WavFormat Format, long DataStart, long DataLength)
{
    private const int ChunkHeaderLength = 8;
    private const uint Unknown = 0xFFFFFFFF;

    /// <summary>
    /// Walks the chunks in whatever order they come, until format and samples are found. Lenient where writers are sloppy: a data
    /// chunk of size 0 or 0xFFFFFFFF (a writer that could not go back) or beyond the end goes to the end of the file, and the
    /// padding byte after an odd chunk may be missing if a well-known chunk begins in its place.
    /// </summary>
    /// <param name="stream">A file that begins with RIFF, RF64 or BW64.</param>
    /// <param name="name">The file, for messages.</param>
    public static WavLayout Find(Stream stream, string name)
    {
        RequireWave(stream, name);
        WavFormat? format = null;
        (long Start, long Length)? data = null;
        long dataLength64 = -1;
        Span<byte> header = stackalloc byte[ChunkHeaderLength];
        Span<byte> content = stackalloc byte[WavFormat.ExtensibleLength];

        long position = 12;
        while ((format is null || data is null) && ReadAt(stream, position, header) == ChunkHeaderLength)
        {
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            long start = position + ChunkHeaderLength;
            long length = Math.Min(size, stream.Length - start);
            if (header.StartsWith("fmt "u8))
            {
                Span<byte> read = content[..(int)Math.Min(length, content.Length)];
                format = WavFormat.Parse(read[..ReadAt(stream, start, read)], name);
            }
            else if (header.StartsWith("ds64"u8) && length >= 16 && ReadAt(stream, start, content[..16]) == 16)
            {
                dataLength64 = BinaryPrimitives.ReadInt64LittleEndian(content[8..]);
            }
            else if (header.StartsWith("data"u8) && data is null)
            {
                if (size == Unknown && dataLength64 >= 0)
                {
                    length = Math.Min(dataLength64, stream.Length - start);
                }

                if (size == 0 && !IsWellKnown(stream, start))
                {
                    length = stream.Length - start;
                }

                data = (start, length);
            }

            position = After(stream, start, length);
        }

        if (format is null)
        {
            throw UnreadableAudio.Because(name, "it has no 'fmt ' chunk, so that nobody knows what its samples are");
        }

        if (data is null)
        {
            throw UnreadableAudio.Because(name, "it has no 'data' chunk, that is, no samples");
        }

        return new WavLayout(format, data.Value.Start, data.Value.Length);
    }

    private static void RequireWave(Stream stream, string name)
    {
        Span<byte> header = stackalloc byte[12];
        if (ReadAt(stream, 0, header) < header.Length)
        {
            throw UnreadableAudio.Because(name, "it ends within the RIFF header");
        }

        if (!header[8..].SequenceEqual("WAVE"u8))
        {
            string type = Encoding.Latin1.GetString(header[8..]);
            throw UnreadableAudio.Because(name, $"it is a RIFF file of type '{Printable(type)}', and type 'WAVE' was expected");
        }
    }

    private static string Printable(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));

    // Chunks start at even offsets; where the padding byte should be, a sloppy writer may have begun the next chunk.
    private static long After(Stream stream, long start, long length)
    {
        long end = start + length;
        return length % 2 == 1 && !IsWellKnown(stream, end) ? end + 1 : end;
    }

    private static bool IsWellKnown(Stream stream, long position)
    {
        Span<byte> id = stackalloc byte[4];
        return ReadAt(stream, position, id) == id.Length
            && Encoding.Latin1.GetString(id) is "fmt " or "data" or "fact" or "LIST" or "bext" or "cue " or "smpl" or "inst"
                or "PEAK" or "JUNK" or "junk" or "PAD " or "FLLR" or "id3 " or "ID3 " or "iXML" or "_PMX" or "axml" or "chna"
                or "cart" or "acid" or "DISP";
    }

    private static int ReadAt(Stream stream, long position, Span<byte> target)
    {
        if (position >= stream.Length)
        {
            return 0;
        }

        stream.Position = position;
        return stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
    }
}
