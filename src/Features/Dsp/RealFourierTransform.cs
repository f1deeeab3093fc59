using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SerLab.Features.Dsp;

/// <summary>
/// The discrete Fourier transform of real sequences, X[k] = sum over n of x[n] exp(-2 pi i k n / N) for k = 0 ... N/2, unscaled.
/// A plan is immutable: threads may share it, each with buffers of its own.
/// </summary>
/// <remarks>
/// <para>
/// Several frames are transformed at once, interleaved so that sample n of all frames (lanes) is contiguous. Every butterfly is
/// then the same arithmetic on whole vectors: no shuffles, and a lane's result does not depend on the other lanes.
/// </para>
/// <para>
/// The N reals are taken as N/2 complex numbers x[2j] + i x[2j+1], transformed by Stockham's self-sorting radix-4 algorithm (a
/// last radix-2 pass where log2(N/2) is odd; passes go in pairs through the first-level cache), and split by
/// X[k] = E[k] + exp(-2 pi i k / N) O[k], where E and O, the spectra of the even and odd samples, are the conjugate-even and
/// conjugate-odd parts (Press et al., Numerical Recipes, section 12.3). The lanes are nothing but an initial stride of Stockham's
/// recursion.
/// </para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class RealFourierTransform<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The shortest sequence that can be transformed.</summary>
    public const int MinLength = 8;

    private readonly int half;
    private readonly Step[] steps;
    private readonly T[] splitTwiddles;

    /// <summary>Plans transforms of one length.</summary>
    /// <param name="length">N, a power of two of at least <see cref="MinLength"/>.</param>
    /// <exception cref="ArgumentException">The length is not such a power of two.</exception>
    public RealFourierTransform(int length)
    {
        if (length < MinLength || !BitOperations.IsPow2(length))
        {
            throw new ArgumentException(
                $"The length must be a power of two of at least {MinLength}, not {length}.", nameof(length));
        }

        Length = length;
        half = length / 2;
        steps = [.. PlanSteps([.. PlanPasses(half)])];
        splitTwiddles = [.. Enumerable.Range(0, half / 2 + 1).SelectMany(k => Twiddle(k, length))];
    }

    private sealed record Pass(int Radix, int Stride, int Count, T[] Twiddles);

    // What is done between reading all values once and writing them once: one pass, or two of radix 4.
    private sealed record Step(Pass First, Pass? Second);

    /// <summary>N, the number of real samples.</summary>
    public int Length { get; }

    /// <summary>N/2 + 1, the number of frequencies from 0 to half the sample rate.</summary>
    public int BinCount => half + 1;

    /// <summary>Transforms one sequence.</summary>
    /// <param name="samples">N samples.</param>
    /// <param name="real">Receives the real parts of the <see cref="BinCount"/> bins.</param>
    /// <param name="imaginary">Receives the imaginary parts.</param>
    public void Transform(ReadOnlySpan<T> samples, Span<T> real, Span<T> imaginary)
    {
        Require(samples.Length, Length, nameof(samples));
        int lanes = Vector<T>.Count;
        int plane = BinCount * lanes;
        T[] buffer = ArrayPool<T>.Shared.Rent(2 * Length * lanes + 2 * plane);
        Span<T> frames = buffer.AsSpan(0, Length * lanes);
        frames.Clear();
        for (int n = 0; n < Length; n++)
        {
            frames[n * lanes] = samples[n];
        }

        Span<T> scratch = buffer.AsSpan(Length * lanes, Length * lanes);
        Span<T> spectrum = buffer.AsSpan(2 * Length * lanes, 2 * plane);
        Transform(frames, spectrum[..plane], spectrum[plane..], scratch, lanes);
        for (int k = 0; k < BinCount; k++)
        {
            real[k] = spectrum[k * lanes];
            imaginary[k] = spectrum[plane + k * lanes];
        }

        ArrayPool<T>.Shared.Return(buffer);
    }

    /// <summary>Transforms as many interleaved sequences as there are lanes; allocates nothing.</summary>
    /// <param name="frames">Sample n of lane l at n x lanes + l; <see cref="Length"/> x lanes values.</param>
    /// <param name="real">
    /// Receives the real part of bin k of lane l at k x lanes + l; <see cref="BinCount"/> x lanes values.
    /// </param>
    /// <param name="imaginary">Receives the imaginary parts, likewise.</param>
    /// <param name="scratch">Working memory of <see cref="Length"/> x lanes values, overlapping nothing else.</param>
    /// <param name="lanes">How many sequences: a multiple of <c>Vector&lt;T&gt;.Count</c>.</param>
    /// <exception cref="ArgumentException">The lanes are not such a multiple or a buffer is too short.</exception>
    public void Transform(ReadOnlySpan<T> frames, Span<T> real, Span<T> imaginary, Span<T> scratch, int lanes)
    {
        Pack(frames, real, imaginary, scratch, lanes);
        Split<Complex>(ref MemoryMarshal.GetReference(real), ref MemoryMarshal.GetReference(imaginary), lanes);
    }

    /// <summary>The powers |X[k]|² of as many interleaved sequences; allocates nothing.</summary>
    /// <param name="frames">As for <see cref="Transform(ReadOnlySpan{T}, Span{T}, Span{T}, Span{T}, int)"/>.</param>
    /// <param name="powers">Receives the power of bin k of lane l at k x lanes + l.</param>
    /// <param name="imaginary">Working memory of as many values.</param>
    /// <param name="scratch">As there.</param>
    /// <param name="lanes">As there.</param>
    /// <exception cref="ArgumentException">The lanes are not such a multiple or a buffer is too short.</exception>
    public void Powers(ReadOnlySpan<T> frames, Span<T> powers, Span<T> imaginary, Span<T> scratch, int lanes)
    {
        Pack(frames, powers, imaginary, scratch, lanes);
        Split<Power>(ref MemoryMarshal.GetReference(powers), ref MemoryMarshal.GetReference(imaginary), lanes);
    }

    // The spectrum of the packed numbers.
    private void Pack(ReadOnlySpan<T> frames, Span<T> real, Span<T> imaginary, Span<T> scratch, int lanes)
    {
        if (lanes <= 0 || lanes % Vector<T>.Count != 0)
        {
            throw new ArgumentException($"Lanes come in multiples of {Vector<T>.Count}, not {lanes}.", nameof(lanes));
        }

        Require(frames.Length, Length * lanes, nameof(frames));
        Require(real.Length, BinCount * lanes, nameof(real));
        Require(imaginary.Length, BinCount * lanes, nameof(imaginary));
        Require(scratch.Length, Length * lanes, nameof(scratch));

        ref T sourceReal = ref MemoryMarshal.GetReference(frames);
        ref T sourceImaginary = ref Unsafe.Add(ref sourceReal, lanes);
        nint sourceStride = 2 * lanes;
        for (int i = 0; i < steps.Length; i++)
        {
            // The steps alternate between scratch and output such that the last one ends in the output.
            bool intoOutput = (steps.Length - i) % 2 == 1;
            ref T targetReal = ref MemoryMarshal.GetReference(intoOutput ? real : scratch);
            ref T targetImaginary = ref MemoryMarshal.GetReference(intoOutput ? imaginary : scratch[(half * lanes)..]);
            (Pass first, Pass? second) = steps[i];
            int width = first.Stride * lanes;
            nint stride = i == 0 ? sourceStride : width;
            if (second is not null)
            {
                Radix16(
                    ref sourceReal, ref sourceImaginary, stride,
                    ref targetReal, ref targetImaginary, width, first, second, lanes);
            }
            else if (first.Radix == 4)
            {
                Radix4(ref sourceReal, ref sourceImaginary, stride, ref targetReal, ref targetImaginary, width, first);
            }
            else
            {
                Radix2(ref sourceReal, ref sourceImaginary, ref targetReal, ref targetImaginary, width);
            }

            sourceReal = ref targetReal;
            sourceImaginary = ref targetImaginary;
        }
    }

    private static IEnumerable<Step> PlanSteps(Pass[] passes)
    {
        for (int i = 0; i < passes.Length; i++)
        {
            bool isPair = i + 1 < passes.Length && passes[i].Radix == 4 && passes[i + 1].Radix == 4;
            yield return new Step(passes[i], isPair ? passes[++i] : null);
        }
    }

    private static IEnumerable<Pass> PlanPasses(int points)
    {
        int stride = 1;
        while (points >= 4)
        {
            int quarter = points / 4;
            int n = points;
            T[] twiddles =
            [
                .. Enumerable.Range(0, quarter)
                    .SelectMany(p => new[] { Twiddle(p, n), Twiddle(2 * p, n), Twiddle(3 * p, n) }).SelectMany(w => w),
            ];
            yield return new Pass(4, stride, quarter, twiddles);
            points = quarter;
            stride *= 4;
        }

        if (points == 2)
        {
            yield return new Pass(2, stride, 1, []);
        }
    }

    private static T[] Twiddle(int k, int n)
    {
        (double sine, double cosine) = Math.SinCos(-2 * Math.PI * k / n);
        return [T.CreateTruncating(cosine), T.CreateTruncating(sine)];
    }

    private static void Require(int actual, int expected, string name)
    {
        if (actual < expected)
        {
            throw new ArgumentException($"Needs {expected} values, has {actual}.", name);
        }
    }

    // y[4p + i] = w^(ip) (x[p] + (-j)^i x[p + m] + (-1)^i x[p + 2m] + j^i x[p + 3m]), each x and y a run of `width` values.
    private static void Radix4(ref T xr, ref T xi, nint stride, ref T yr, ref T yi, int width, Pass pass)
    {
        nint quarter = pass.Count * stride;
        for (int p = 0; p < pass.Count; p++)
        {
            ref T w = ref pass.Twiddles[6 * p];
            for (int q = 0; q < width; q += Vector<T>.Count)
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
    private static void Radix16(
        ref T xr, ref T xi, nint stride, ref T yr, ref T yi, int width, Pass first, Pass second, int lanes)
    {
        int chunk = lanes % (2 * Vector<T>.Count) == 0 ? 2 * Vector<T>.Count : Vector<T>.Count;
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
                    for (int v = 0; v < chunk; v += Vector<T>.Count)
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
                    for (int v = 0; v < chunk; v += Vector<T>.Count)
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
        Vector<T> ar = Load(ref xr, 0), ai = Load(ref xi, 0);
        Vector<T> br = Load(ref xr, quarter), bi = Load(ref xi, quarter);
        Vector<T> cr = Load(ref xr, 2 * quarter), ci = Load(ref xi, 2 * quarter);
        Vector<T> dr = Load(ref xr, 3 * quarter), di = Load(ref xi, 3 * quarter);
        Vector<T> sumAcR = ar + cr, sumAcI = ai + ci, differenceAcR = ar - cr, differenceAcI = ai - ci;
        Vector<T> sumBdR = br + dr, sumBdI = bi + di, differenceBdR = br - dr, differenceBdI = bi - di;
        Store(sumAcR + sumBdR, ref yr, 0);
        Store(sumAcI + sumBdI, ref yi, 0);
        Vector<T> oneR = differenceAcR + differenceBdI, oneI = differenceAcI - differenceBdR;
        Vector<T> twoR = sumAcR - sumBdR, twoI = sumAcI - sumBdI;
        Vector<T> threeR = differenceAcR - differenceBdI, threeI = differenceAcI + differenceBdR;
        if (areOnes)
        {
            Store(oneR, ref yr, apart);
            Store(oneI, ref yi, apart);
            Store(twoR, ref yr, 2 * apart);
            Store(twoI, ref yi, 2 * apart);
            Store(threeR, ref yr, 3 * apart);
            Store(threeI, ref yi, 3 * apart);
        }
        else
        {
            StoreProduct(oneR, oneI, ref w, ref yr, ref yi, apart);
            StoreProduct(twoR, twoI, ref Unsafe.Add(ref w, 2), ref yr, ref yi, 2 * apart);
            StoreProduct(threeR, threeI, ref Unsafe.Add(ref w, 4), ref yr, ref yi, 3 * apart);
        }
    }

    private static void Radix2(ref T xr, ref T xi, ref T yr, ref T yi, int width)
    {
        for (nint q = 0; q < width; q += Vector<T>.Count)
        {
            Vector<T> ar = Load(ref xr, q), ai = Load(ref xi, q), br = Load(ref xr, q + width), bi = Load(ref xi, q + width);
            Store(ar + br, ref yr, q);
            Store(ai + bi, ref yi, q);
            Store(ar - br, ref yr, q + width);
            Store(ai - bi, ref yi, q + width);
        }
    }

    // In place: with Z the spectrum of the packed numbers and Y[k] = conj(Z[N/2 - k]), E = (Z + Y) / 2 and O = (Z - Y) / 2i.
    private void Split<TForm>(ref T real, ref T imaginary, int lanes)
        where TForm : struct, IForm
    {
        Vector<T> oneHalf = new(T.CreateTruncating(0.5));
        for (int q = 0; q < lanes; q += Vector<T>.Count)
        {
            Vector<T> r = Load(ref real, q), i = Load(ref imaginary, q);
            TForm.Keep(r + i, Vector<T>.Zero, ref real, ref imaginary, q);
            TForm.Keep(r - i, Vector<T>.Zero, ref real, ref imaginary, ((nint)half * lanes) + q);
        }

        for (int k = 1; k <= half / 2; k++)
        {
            Vector<T> wr = new(splitTwiddles[2 * k]), wi = new(splitTwiddles[2 * k + 1]);
            for (int q = 0; q < lanes; q += Vector<T>.Count)
            {
                nint low = (nint)k * lanes + q, high = (nint)(half - k) * lanes + q;
                Vector<T> zr = Load(ref real, low), zi = Load(ref imaginary, low);
                Vector<T> yr = Load(ref real, high), yi = Load(ref imaginary, high);
                Vector<T> evenR = (zr + yr) * oneHalf, evenI = (zi - yi) * oneHalf;
                Vector<T> oddR = (zi + yi) * oneHalf, oddI = (yr - zr) * oneHalf;
                Vector<T> turnedR = wr * oddR - wi * oddI, turnedI = wr * oddI + wi * oddR;
                TForm.Keep(evenR + turnedR, evenI + turnedI, ref real, ref imaginary, low);
                TForm.Keep(evenR - turnedR, turnedI - evenI, ref real, ref imaginary, high);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Load(ref T origin, nint offset) => Vector.LoadUnsafe(ref origin, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<T> value, ref T origin, nint offset) => value.StoreUnsafe(ref origin, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreProduct(Vector<T> r, Vector<T> i, ref T w, ref T targetReal, ref T targetImaginary, nint offset)
    {
        Vector<T> wr = new(w), wi = new(Unsafe.Add(ref w, 1));
        Store((r * wr) - (i * wi), ref targetReal, offset);
        Store((r * wi) + (i * wr), ref targetImaginary, offset);
    }

    // What is kept of a bin.
    private interface IForm
    {
        static abstract void Keep(Vector<T> r, Vector<T> i, ref T real, ref T imaginary, nint offset);
    }

    private readonly struct Complex : IForm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Keep(Vector<T> r, Vector<T> i, ref T real, ref T imaginary, nint offset)
        {
            Store(r, ref real, offset);
            Store(i, ref imaginary, offset);
        }
    }

    // Its square, in place of the real part.
    private readonly struct Power : IForm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Keep(Vector<T> r, Vector<T> i, ref T real, ref T imaginary, nint offset) =>
            Store((r * r) + (i * i), ref real, offset);
    }
}
