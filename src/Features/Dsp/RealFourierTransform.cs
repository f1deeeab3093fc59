using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SerLab.Core.Kernels;

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

    // What is done between reading all values once and writing them once: one pass, or two of radix 4.
    private sealed record Step(FourierPass<T> First, FourierPass<T>? Second);

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
        Require(frames, real, imaginary, scratch, lanes);
        if (AreWide(lanes))
        {
            Transform<WideLanes<T>, FourierComplex>(frames, real, imaginary, scratch, lanes);
        }
        else
        {
            Transform<UsualLanes<T>, FourierComplex>(frames, real, imaginary, scratch, lanes);
        }
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
        Require(frames, powers, imaginary, scratch, lanes);
        if (AreWide(lanes))
        {
            Transform<WideLanes<T>, FourierPower>(frames, powers, imaginary, scratch, lanes);
        }
        else
        {
            Transform<UsualLanes<T>, FourierPower>(frames, powers, imaginary, scratch, lanes);
        }
    }

    private static bool AreWide(int lanes) => Vector512.IsHardwareAccelerated && lanes % Vector512<T>.Count == 0;

    private void Require(
        ReadOnlySpan<T> frames, ReadOnlySpan<T> real, ReadOnlySpan<T> imaginary, ReadOnlySpan<T> scratch, int lanes)
    {
        if (lanes <= 0 || lanes % Vector<T>.Count != 0)
        {
            throw new ArgumentException($"Lanes come in multiples of {Vector<T>.Count}, not {lanes}.", nameof(lanes));
        }

        Require(frames.Length, Length * lanes, nameof(frames));
        Require(real.Length, BinCount * lanes, nameof(real));
        Require(imaginary.Length, BinCount * lanes, nameof(imaginary));
        Require(scratch.Length, Length * lanes, nameof(scratch));
    }

    // The spectrum of the packed numbers, then that of the frames.
    private void Transform<TLanes, TForm>(
        ReadOnlySpan<T> frames, Span<T> real, Span<T> imaginary, Span<T> scratch, int lanes)
        where TLanes : struct, ILanes<TLanes, T>
        where TForm : struct, IFourierForm
    {
        ref T sourceReal = ref MemoryMarshal.GetReference(frames);
        ref T sourceImaginary = ref Unsafe.Add(ref sourceReal, lanes);
        nint sourceStride = 2 * lanes;
        for (int i = 0; i < steps.Length; i++)
        {
            // The steps alternate between scratch and output such that the last one ends in the output.
            bool intoOutput = (steps.Length - i) % 2 == 1;
            ref T targetReal = ref MemoryMarshal.GetReference(intoOutput ? real : scratch);
            ref T targetImaginary = ref MemoryMarshal.GetReference(intoOutput ? imaginary : scratch[(half * lanes)..]);
            (FourierPass<T> first, FourierPass<T>? second) = steps[i];
            int width = first.Stride * lanes;
            nint stride = i == 0 ? sourceStride : width;
            if (second is not null)
            {
                FourierPasses<T, TLanes>.Radix16(
                    ref sourceReal, ref sourceImaginary, stride,
                    ref targetReal, ref targetImaginary, width, first, second, lanes);
            }
            else if (first.Radix == 4)
            {
                FourierPasses<T, TLanes>.Radix4(
                    ref sourceReal, ref sourceImaginary, stride, ref targetReal, ref targetImaginary, width, first);
            }
            else
            {
                FourierPasses<T, TLanes>.Radix2(ref sourceReal, ref sourceImaginary, ref targetReal, ref targetImaginary, width);
            }

            sourceReal = ref targetReal;
            sourceImaginary = ref targetImaginary;
        }

        FourierPasses<T, TLanes>.Split<TForm>(
            ref MemoryMarshal.GetReference(real), ref MemoryMarshal.GetReference(imaginary), splitTwiddles, half, lanes);
    }

    private static IEnumerable<Step> PlanSteps(FourierPass<T>[] passes)
    {
        for (int i = 0; i < passes.Length; i++)
        {
            bool isPair = i + 1 < passes.Length && passes[i].Radix == 4 && passes[i + 1].Radix == 4;
            yield return new Step(passes[i], isPair ? passes[++i] : null);
        }
    }

    private static IEnumerable<FourierPass<T>> PlanPasses(int points)
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
            yield return new FourierPass<T>(4, stride, quarter, twiddles);
            points = quarter;
            stride *= 4;
        }

        if (points == 2)
        {
            yield return new FourierPass<T>(2, stride, 1, []);
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
}
