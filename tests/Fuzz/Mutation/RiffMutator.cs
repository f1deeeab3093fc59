using System.Buffers.Binary;
using System.Text;
using SerLab.Core;

namespace SerLab.Fuzz.Mutation;

/// <summary>
/// Changes the chunks of a RIFF file: their sizes, names, order and number, and the fields of the format.
/// </summary>
internal sealed class RiffMutator : IMutator
{
    private const int HeaderLength = 12;
    private const int ChunkHeader = 8;

    private static readonly string[] Names = ["fmt ", "data", "LIST", "fact", "ds64", "RIFF", "JUNK", "\0\0\0\0"];
    private static readonly string[] Containers = ["RIFF", "RF64", "RIFX", "BW64"];

    private static readonly int[][] FormatFields =
    [
        [0, 1, 2, 3, 6, 7, 0x55, 0xFFFE, 0xFFFF],
        [0, 1, 2, 6, 8, 9, 255, 0xFFFF],
        [0, 1, 999, 1000, 8000, 44_100, 1_000_000, 1_000_001, -1],
        [0, 1, 0x7FFFFFFF, -1],
        [0, 1, 2, 3, 4, 6, 8, 64, 0xFFFF],
        [0, 1, 7, 8, 12, 16, 20, 24, 32, 64, 255, 0xFFFF],
    ];

    private static readonly int[] FieldPlaces = [0, 2, 4, 8, 12, 14];

    /// <inheritdoc/>
    public byte[] Mutate(byte[] bytes, byte[] donor, SeededRandom random)
    {
        List<(int Start, int Length)> chunks = Chunks(bytes);
        if (chunks.Count == 0 || random.OnceIn(4))
        {
            return ByteMutator.Instance.Mutate(bytes, donor, random);
        }

        (int start, int length) = random.Of(chunks);
        byte[] changed = [.. bytes];
        switch (random.NextInt(8))
        {
            case 0:
                return ByteMutator.Replaced(bytes, start, length, []);
            case 1:
                return ByteMutator.Replaced(bytes, random.Of(chunks).Start, 0, bytes.AsSpan(start, length));
            case 2:
                List<(int Start, int Length)> others = Chunks(donor);
                (int from, int count) = others.Count > 0 ? random.Of(others) : (0, 0);
                return ByteMutator.Replaced(bytes, start, random.OnceIn(2) ? length : 0, donor.AsSpan(from, count));
            case 3:
                Encoding.Latin1.GetBytes(random.Of(Names)).CopyTo(changed, start);
                return changed;
            case 4:
                Encoding.Latin1.GetBytes(random.Of(Containers)).CopyTo(changed, 0);
                return changed;
            case 5:
                BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(start + 4), (int)random.Border());
                return changed;
            default:
                WriteField(changed, chunks, random);
                return changed;
        }
    }

    private static void WriteField(byte[] bytes, List<(int Start, int Length)> chunks, SeededRandom random)
    {
        (int Start, int Length)[] formats =
            [.. chunks.Where(chunk => bytes.AsSpan(chunk.Start, 4).SequenceEqual("fmt "u8) && chunk.Length >= ChunkHeader + 16)];
        if (formats.Length == 0)
        {
            return;
        }

        int field = random.NextInt(FieldPlaces.Length);
        int value = random.Of(FormatFields[field]);
        Span<byte> place = bytes.AsSpan(random.Of(formats).Start + ChunkHeader + FieldPlaces[field]);
        if (field is 2 or 3)
        {
            BinaryPrimitives.WriteInt32LittleEndian(place, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)value);
        }
    }

    private static List<(int Start, int Length)> Chunks(byte[] bytes)
    {
        List<(int, int)> chunks = [];
        for (int start = HeaderLength; start + ChunkHeader <= bytes.Length;)
        {
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(start + 4));
            int length = (int)Math.Min(ChunkHeader + (long)size + (size & 1), bytes.Length - start);
            chunks.Add((start, length));
            start += length;
        }

        return chunks;
    }
}
