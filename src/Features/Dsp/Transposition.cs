using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SerLab.Features.Dsp;

/// <summary>Turns rows into columns, in blocks of four by four where the processor has vectors for them.</summary>
internal static class Transposition
{
    /// <summary>How many rows a block has.</summary>
    public const int Block = 4;

    /// <summary>Writes value m of row j to m x rows + j.</summary>
    /// <param name="from">The rows, one after the other.</param>
    /// <param name="rows">How many: a multiple of <see cref="Block"/>.</param>
    /// <param name="to">As many values.</param>
    public static void Write(ReadOnlySpan<float> from, int rows, Span<float> to)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows % Block, 0, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, from.Length, nameof(to));
        int width = from.Length / rows;
        int whole = Vector256.IsHardwareAccelerated ? width - (width % Block) : 0;
        ref float source = ref MemoryMarshal.GetReference(from);
        ref float target = ref MemoryMarshal.GetReference(to);
        for (int j = 0; j < rows; j += Block)
        {
            ref float row = ref Unsafe.Add(ref source, j * width);
            for (int m = 0; m < whole; m += Block)
            {
                WriteBlock(ref Unsafe.Add(ref row, m), width, ref Unsafe.Add(ref target, (m * rows) + j), rows);
            }
        }

        for (int j = 0; j < rows; j++)
        {
            for (int m = whole; m < width; m++)
            {
                to[(m * rows) + j] = from[(j * width) + m];
            }
        }
    }

    // Rows a, b, c, d: values of a and b in turn, and of c and d, then pairs of both in turn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteBlock(ref float from, int width, ref float to, int rows)
    {
        Vector256<double> ab = InTurn(ref from, ref Unsafe.Add(ref from, width));
        Vector256<double> cd = InTurn(ref Unsafe.Add(ref from, 2 * width), ref Unsafe.Add(ref from, 3 * width));
        Vector256<float> low = PairsInTurn(ab.GetLower(), cd.GetLower());
        Vector256<float> high = PairsInTurn(ab.GetUpper(), cd.GetUpper());
        low.GetLower().StoreUnsafe(ref to);
        low.GetUpper().StoreUnsafe(ref to, (nuint)rows);
        high.GetLower().StoreUnsafe(ref to, 2 * (nuint)rows);
        high.GetUpper().StoreUnsafe(ref to, 3 * (nuint)rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> InTurn(ref float first, ref float second) => Vector256.Shuffle(
        Vector256.Create(Vector128.LoadUnsafe(ref first), Vector128.LoadUnsafe(ref second)),
        Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PairsInTurn(Vector128<double> first, Vector128<double> second) =>
        Vector256.Shuffle(Vector256.Create(first, second), Vector256.Create(0L, 2, 1, 3)).AsSingle();
}
