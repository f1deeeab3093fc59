using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SerLab.Features.Audio;

/// <summary>
/// Turns encoded samples into floats: integers of b bits divided by 2^(b-1), as libsndfile does, which is exact up to 24 bits;
/// doubles rounded to float. Assumes a little-endian machine, as are all that .NET supports except s390x.
/// </summary>
internal static class SampleConversion
{
    /// <summary>Bytes of one sample of one channel.</summary>
    public static int BytesPerSample(SampleEncoding encoding) => encoding switch
    {
        SampleEncoding.Unsigned8 => 1,
        SampleEncoding.Signed16 => 2,
        SampleEncoding.Signed24 => 3,
        SampleEncoding.Signed32 or SampleEncoding.Float32 => 4,
        SampleEncoding.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
    };

    /// <summary>Whether samples of this encoding can be NaN or infinite as floats.</summary>
    public static bool MayBeNonFinite(SampleEncoding encoding) => encoding is SampleEncoding.Float32 or SampleEncoding.Float64;

    /// <summary>Converts <c>target.Length</c> samples.</summary>
    /// <param name="source">Exactly <c>target.Length</c> encoded samples.</param>
    /// <param name="encoding">How they are encoded.</param>
    /// <param name="target">Receives them, full scale [-1, 1).</param>
    public static void ToFloat(ReadOnlySpan<byte> source, SampleEncoding encoding, Span<float> target)
    {
        switch (encoding)
        {
            case SampleEncoding.Unsigned8:
                FromUnsigned8(source, target);
                break;
            case SampleEncoding.Signed16:
                FromSigned16(MemoryMarshal.Cast<byte, short>(source), target);
                break;
            case SampleEncoding.Signed24:
                FromSigned24(source, target);
                break;
            case SampleEncoding.Signed32:
                FromSigned32(MemoryMarshal.Cast<byte, int>(source), target);
                break;
            case SampleEncoding.Float32:
                MemoryMarshal.Cast<byte, float>(source).CopyTo(target);
                break;
            case SampleEncoding.Float64:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(source), target);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(encoding));
        }
    }

    private static void FromUnsigned8(ReadOnlySpan<byte> source, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (source[i] - 128) * (1f / 128);
        }
    }

    private static void FromSigned16(ReadOnlySpan<short> source, Span<float> target)
    {
        const float scale = 1f / 32768;
        int i = 0;
        for (; i <= target.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(source[i..]), out Vector<int> low, out Vector<int> high);
            (Vector.ConvertToSingle(low) * scale).CopyTo(target[i..]);
            (Vector.ConvertToSingle(high) * scale).CopyTo(target[(i + Vector<int>.Count)..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = source[i] * scale;
        }
    }

    private static void FromSigned24(ReadOnlySpan<byte> source, Span<float> target)
    {
        // Four samples per step: each gets a zero byte below (index 255 selects nothing), so that it fills the top of an int.
        const float scale = 1f / 2147483648;
        Vector128<byte> order = Vector128.Create((byte)255, 0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11);
        int i = 0;
        for (; (3 * i) + Vector128<byte>.Count <= source.Length; i += 4)
        {
            Vector128<int> samples = Vector128.Shuffle(Vector128.Create(source[(3 * i)..]), order).AsInt32();
            (Vector128.ConvertToSingle(samples) * scale).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            int sample = (source[3 * i] << 8) | (source[(3 * i) + 1] << 16) | (source[(3 * i) + 2] << 24);
            target[i] = sample * scale;
        }
    }

    private static void FromSigned32(ReadOnlySpan<int> source, Span<float> target)
    {
        const float scale = 1f / 2147483648;
        int i = 0;
        for (; i <= target.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            (Vector.ConvertToSingle(new Vector<int>(source[i..])) * scale).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = source[i] * scale;
        }
    }
}
