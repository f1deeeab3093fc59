using System.Buffers.Binary;
using System.Text;
using SerLab.Core;

namespace SerLab.Fuzz.Mutation;

/// <summary>Changes the records of a zip archive: what they say of sizes, places, counts and names.</summary>
internal sealed class ZipMutator : IMutator
{
    private static readonly (uint Signature, (int Offset, int Width)[] Fields, int Header, int NameLength)[] Records =
    [
        (0x04034B50, [(4, 2), (6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)], 30, 26),
        (0x02014B50, [(8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (34, 2), (42, 4)], 46, 28),
        (0x06054B50, [(4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)], 22, -1),
    ];

    private static readonly string[] Names =
    [
        "../../../../evil", "/absolute/evil/file", "a/../../../evil/x", "C:\\evil\\x\\y\\z", "a\0b/c\0d", "a//b///c////d",
        "././././.", "con/aux/nul",
    ];

    /// <inheritdoc/>
    public byte[] Mutate(byte[] bytes, byte[] donor, SeededRandom random)
    {
        List<(int Place, int Kind)> found = Find(bytes);
        if (found.Count == 0 || random.OnceIn(4))
        {
            return ByteMutator.Instance.Mutate(bytes, donor, random);
        }

        (int place, int kind) = random.Of(found);
        (_, (int Offset, int Width)[] fields, int header, int nameLength) = Records[kind];
        byte[] changed = [.. bytes];
        if (nameLength >= 0 && random.OnceIn(3))
        {
            Rename(changed.AsSpan(place), header, nameLength, random);
            return changed;
        }

        (int offset, int width) = random.Of(fields);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, random.Border());
        number[..width].CopyTo(changed.AsSpan(place + offset));
        return changed;
    }

    private static void Rename(Span<byte> record, int header, int nameLength, SeededRandom random)
    {
        int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(record[nameLength..]), record.Length - header);
        byte[] name = Encoding.Latin1.GetBytes(random.Of(Names));
        name.AsSpan(0, Math.Min(length, name.Length)).CopyTo(record[header..]);
    }

    private static List<(int Place, int Kind)> Find(byte[] bytes)
    {
        List<(int, int)> found = [];
        for (int place = 0; place + sizeof(uint) <= bytes.Length; place++)
        {
            uint signature = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(place));
            int kind = Array.FindIndex(Records, record => record.Signature == signature && place + record.Header <= bytes.Length);
            if (kind >= 0)
            {
                found.Add((place, kind));
            }
        }

        return found;
    }
}
