using System.Buffers.Binary;
using SerLab.Core;

namespace SerLab.Fuzz.Mutation;

/// <summary>
/// Changes bytes that have no known structure: bits, numbers at the borders of their types, pieces that are cut, repeated, moved
/// or taken from another file.
/// </summary>
internal sealed class ByteMutator : IMutator
{
    /// <summary>No file grows beyond this.</summary>
    public const int LargestFile = 1 << 16;

    /// <summary>The one instance.</summary>
    public static ByteMutator Instance { get; } = new();

    /// <inheritdoc/>
    public byte[] Mutate(byte[] bytes, byte[] donor, SeededRandom random)
    {
        if (bytes.Length == 0)
        {
            return donor[..random.Length(donor.Length)];
        }

        int place = random.NextInt(bytes.Length);
        switch (random.NextInt(8))
        {
            case 0:
                return bytes[..place];
            case 1:
                return Replaced(bytes, place, random.Length(bytes.Length - place), []);
            case 2:
                return Replaced(bytes, place, 0, PieceOf(bytes, random));
            case 3:
                byte[] piece = PieceOf(donor, random);
                return Replaced(bytes, place, Math.Min(piece.Length, bytes.Length - place), piece);
            case 4:
                byte[] flipped = [.. bytes];
                flipped[place] ^= (byte)(1 << random.NextInt(8));
                return flipped;
            case 5:
                byte[] set = [.. bytes];
                set.AsSpan(place, Math.Min(random.Length(64), bytes.Length - place)).Fill((byte)random.NextInt(256));
                return set;
            default:
                return WithNumber(bytes, place, random);
        }
    }

    /// <summary>The file with some bytes in place of others.</summary>
    public static byte[] Replaced(byte[] bytes, int start, int length, ReadOnlySpan<byte> others)
    {
        int room = Math.Max(0, LargestFile - bytes.Length + length);
        return [.. bytes.AsSpan(0, start), .. others[..Math.Min(others.Length, room)], .. bytes.AsSpan(start + length)];
    }

    /// <summary>The file with a number at the border of its type, of one to eight bytes, mostly at an aligned place.</summary>
    private static byte[] WithNumber(byte[] bytes, int place, SeededRandom random)
    {
        int width = 1 << random.NextInt(4);
        place = random.OnceIn(4) ? place : place / width * width;
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, random.Border());
        number = number[..Math.Min(width, bytes.Length - place)];
        if (random.OnceIn(3))
        {
            number.Reverse();
        }

        byte[] changed = [.. bytes];
        number.CopyTo(changed.AsSpan(place));
        return changed;
    }

    private static byte[] PieceOf(byte[] bytes, SeededRandom random)
    {
        int start = random.NextInt(bytes.Length + 1);
        return bytes[start..(start + random.Length(bytes.Length - start))];
    }
}
