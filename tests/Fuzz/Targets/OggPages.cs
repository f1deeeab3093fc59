using System.Buffers.Binary;

namespace SerLab.Fuzz.Targets;

/// <summary>The checksums of an Ogg file (RFC 3533): a decoder passes over a page whose own is wrong.</summary>
internal static class OggPages
{
    private const int HeaderLength = 27;
    private const int SerialPlace = 14;
    private const int ChecksumPlace = 22;
    private const uint Polynomial = 0x04C11DB7;

    /// <summary>The file with right checksums, and one serial number, which libsndfile draws by the clock.</summary>
    public static byte[] Seal(byte[] bytes)
    {
        byte[] copy = [.. bytes];
        Span<byte> pages = copy;
        for (int start; (start = pages.IndexOf("OggS"u8)) >= 0 && pages.Length >= start + HeaderLength;)
        {
            pages = pages[start..];
            int segments = Math.Min(pages[HeaderLength - 1], pages.Length - HeaderLength);
            int length = HeaderLength + segments;
            foreach (byte lacing in pages.Slice(HeaderLength, segments))
            {
                length += lacing;
            }

            Span<byte> page = pages[..Math.Min(length, pages.Length)];
            BinaryPrimitives.WriteInt32LittleEndian(page[SerialPlace..], 1);
            page.Slice(ChecksumPlace, sizeof(uint)).Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(page[ChecksumPlace..], Checksum(page));
            pages = pages[page.Length..];
        }

        return copy;
    }

    private static uint Checksum(ReadOnlySpan<byte> page)
    {
        uint remainder = 0;
        foreach (byte value in page)
        {
            remainder ^= (uint)value << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder << 1) ^ ((remainder >> 31) * Polynomial);
            }
        }

        return remainder;
    }
}
