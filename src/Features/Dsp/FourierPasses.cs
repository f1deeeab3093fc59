using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SerLab.Core.Kernels;

namespace SerLab.Features.Dsp;

/// <summary>One pass of Stockham's algorithm.</summary>
/// <param name="Radix">2 or 4.</param>
/// <param name="Stride">How many transforms go side by side.</param>
/// <param name="Count">How many butterflies each has.</param>
/// <param name="Twiddles">The factors of every butterfly but its first value's, real and imaginary parts in turn.</param>
internal sealed record FourierPass<T>(int Radix, int Stride, int Count, T[] Twiddles);

/// <summary>
/// The arithmetic of <see cref="RealFourierTransform{T}"/>, on vectors of any width. Values are real parts and imaginary parts
/// in two places; callers answer for their lengths.
/// </summary>
/// <typeparam name="T">The precision.</typeparam>
/// <typeparam name="TLanes">The vectors.</typeparam>
internal static class FourierPasses<T, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLanes : struct, ILanes<TLanes, T>
{
    // y[4p + i] = w^(ip) (x[p] + (-j)^i x[p + m] + (-1)^i x[p + 2m] + j^i x[p + 3m]), each x and y a run of `width` values.
    public static void Radix4(ref T xr, ref T xi, nint stride, ref T yr, ref T yi, int width, FourierPass<T> pass)
    {
        nint quarter = pass.Count * stride;
        for (int p = 0; p < pass.Count; p++)
        {
            ref T w = ref pass.Twiddles[6 * p];
            for (int q = 0; q < width; q += TLanes.Count)
            {
                nint from = (p * stride) + q;
                nint to = ((nint)4 * p * width) + q;
                Butterfly(
                    ref Unsafe.Add(ref xr, from), ref Unsafe.Add(ref xi, from), quarter,
                    p == 0, ref w, ref Unsafe.Add(ref yr, to), ref Unsafe.Add(ref yi, to), width);
            }
        }
    }

    // Two passes of radix 4 over the sixteen values that they have in common, through a few lines of memory that stay in the
    // first-level cache: values p + j m of the first give, as its result i, the input j of the second for run i.
    public static void Radix16(
        ref T xr, ref T xi, nint stride, ref T yr, ref T yi, int width, FourierPass<T> first, FourierPass<T> second, int lanes)
    {
        int chunk = lanes % (2 * TLanes.Count) == 0 ? 2 * TLanes.Count : TLanes.Count;
        Span<T> between = stackalloc T[32 * chunk];
        ref T br = ref MemoryMarshal.GetReference(between);
        ref T bi = ref Unsafe.Add(ref br, 16 * chunk);
        nint quarter = first.Count * stride;
        nint run = 4 * (nint)width;
        for (int p = 0; p < second.Count; p++)
        {
            ref T w = ref second.Twiddles[6 * p];
            for (int q = 0; q < width; q += chunk)
            {
                for (int j = 0; j < 4; j++)
                {
                    int at = p + (j * second.Count);
                    nint from = (at * stride) + q;
                    for (int v = 0; v < chunk; v += TLanes.Count)
                    {
                        nint to = (j * chunk) + v;
                        Butterfly(
                            ref Unsafe.Add(ref xr, from + v), ref Unsafe.Add(ref xi, from + v), quarter, at == 0,
                            ref first.Twiddles[6 * at], ref Unsafe.Add(ref br, to), ref Unsafe.Add(ref bi, to), 4 * chunk);
                    }
                }

                for (int i = 0; i < 4; i++)
                {
                    nint to = (4 * p * run) + ((nint)i * width) + q;
                    for (int v = 0; v < chunk; v += TLanes.Count)
                    {
                        nint from = (4 * i * chunk) + v;
                        Butterfly(
                            ref Unsafe.Add(ref br, from), ref Unsafe.Add(ref bi, from), chunk, p == 0,
                            ref w, ref Unsafe.Add(ref yr, to + v), ref Unsafe.Add(ref yi, to + v), run);
                    }
                }
            }
        }
    }

    // Four values a quarter apart give four that are `apart` apart. All factors of p = 0 are 1; a last pass has no others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly(
        ref T xr, ref T xi, nint quarter, bool areOnes, ref T w, ref T yr, ref T yi, nint apart)
    {
        TLanes ar = TLanes.Load(ref xr, 0), ai = TLanes.Load(ref xi, 0);
        TLanes br = TLanes.Load(ref xr, quarter), bi = TLanes.Load(ref xi, quarter);
        TLanes cr = TLanes.Load(ref xr, 2 * quarter), ci = TLanes.Load(ref xi, 2 * quarter);
        TLanes dr = TLanes.Load(ref xr, 3 * quarter), di = TLanes.Load(ref xi, 3 * quarter);
        TLanes sumAcR = ar + cr, sumAcI = ai + ci, differenceAcR = ar - cr, differenceAcI = ai - ci;
        TLanes sumBdR = br + dr, sumBdI = bi + di, differenceBdR = br - dr, differenceBdI = bi - di;
        (sumAcR + sumBdR).Store(ref yr, 0);
        (sumAcI + sumBdI).Store(ref yi, 0);
        TLanes oneR = differenceAcR + differenceBdI, oneI = differenceAcI - differenceBdR;
        TLanes twoR = sumAcR - sumBdR, twoI = sumAcI - sumBdI;
        TLanes threeR = differenceAcR - differenceBdI, threeI = differenceAcI + differenceBdR;
        if (areOnes)
        {
            oneR.Store(ref yr, apart);
            oneI.Store(ref yi, apart);
            twoR.Store(ref yr, 2 * apart);
            twoI.Store(ref yi, 2 * apart);
            threeR.Store(ref yr, 3 * apart);
            threeI.Store(ref yi, 3 * apart);
        }
        else
        {
            StoreProduct(oneR, oneI, ref w, ref yr, ref yi, apart);
            StoreProduct(twoR, twoI, ref Unsafe.Add(ref w, 2), ref yr, ref yi, 2 * apart);
            StoreProduct(threeR, threeI, ref Unsafe.Add(ref w, 4), ref yr, ref yi, 3 * apart);
        }
    }

    public static void Radix2(ref T xr, ref T xi, ref T yr, ref T yi, int width)
    {
        for (nint q = 0; q < width; q += TLanes.Count)
        {
            TLanes ar = TLanes.Load(ref xr, q), ai = TLanes.Load(ref xi, q);
            TLanes br = TLanes.Load(ref xr, q + width), bi = TLanes.Load(ref xi, q + width);
            (ar + br).Store(ref yr, q);
            (ai + bi).Store(ref yi, q);
            (ar - br).Store(ref yr, q + width);
            (ai - bi).Store(ref yi, q + width);
        }
    }

    // In place: with Z the spectrum of the packed numbers and Y[k] = conj(Z[N/2 - k]), E = (Z + Y) / 2 and O = (Z - Y) / 2i.
    public static void Split<TForm>(ref T real, ref T imaginary, T[] twiddles, int half, int lanes)
        where TForm : struct, IFourierForm
    {
        TLanes oneHalf = TLanes.Of(T.CreateTruncating(0.5));
        for (int q = 0; q < lanes; q += TLanes.Count)
        {
            TLanes r = TLanes.Load(ref real, q), i = TLanes.Load(ref imaginary, q);
            TForm.Keep<T, TLanes>(r + i, default, ref real, ref imaginary, q);
            TForm.Keep<T, TLanes>(r - i, default, ref real, ref imaginary, ((nint)half * lanes) + q);
        }

        for (int k = 1; k <= half / 2; k++)
        {
            TLanes wr = TLanes.Of(twiddles[2 * k]), wi = TLanes.Of(twiddles[2 * k + 1]);
            for (int q = 0; q < lanes; q += TLanes.Count)
            {
                nint low = (nint)k * lanes + q, high = (nint)(half - k) * lanes + q;
                TLanes zr = TLanes.Load(ref real, low), zi = TLanes.Load(ref imaginary, low);
                TLanes yr = TLanes.Load(ref real, high), yi = TLanes.Load(ref imaginary, high);
                TLanes evenR = (zr + yr) * oneHalf, evenI = (zi - yi) * oneHalf;
                TLanes oddR = (zi + yi) * oneHalf, oddI = (yr - zr) * oneHalf;
                TLanes turnedR = wr * oddR - wi * oddI, turnedI = wr * oddI + wi * oddR;
                TForm.Keep<T, TLanes>(evenR + turnedR, evenI + turnedI, ref real, ref imaginary, low);
                TForm.Keep<T, TLanes>(evenR - turnedR, turnedI - evenI, ref real, ref imaginary, high);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreProduct(TLanes r, TLanes i, ref T w, ref T targetReal, ref T targetImaginary, nint offset)
    {
        TLanes wr = TLanes.Of(w), wi = TLanes.Of(Unsafe.Add(ref w, 1));
        ((r * wr) - (i * wi)).Store(ref targetReal, offset);
        ((r * wi) + (i * wr)).Store(ref targetImaginary, offset);
    }
}

/// <summary>What is kept of a bin.</summary>
internal interface IFourierForm
{
    /// <summary>Writes it.</summary>
    static abstract void Keep<T, TLanes>(TLanes r, TLanes i, ref T real, ref T imaginary, nint offset)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>;
}

/// <summary>Both parts.</summary>
internal readonly struct FourierComplex : IFourierForm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Keep<T, TLanes>(TLanes r, TLanes i, ref T real, ref T imaginary, nint offset)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>
    {
        r.Store(ref real, offset);
        i.Store(ref imaginary, offset);
    }
}

/// <summary>The square of the magnitude, in place of the real part.</summary>
internal readonly struct FourierPower : IFourierForm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Keep<T, TLanes>(TLanes r, TLanes i, ref T real, ref T imaginary, nint offset)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T> => ((r * r) + (i * i)).Store(ref real, offset);
}
