using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Features.Dsp;

/// <summary>The logarithmic measure of power.</summary>
public static class Decibels
{
    /// <summary>Lower powers are raised to this one: 1e-10, that is -100 dB.</summary>
    public const float SmallestPower = 1e-10f;

    /// <summary>How far below the loudest value decibels reach down, in dB; librosa's <c>top_db</c>.</summary>
    internal const float DefaultRange = 80;

    /// <summary>
    /// Replaces powers by 10 log10(max(power, <see cref="SmallestPower"/>)) and raises what lies more than
    /// <paramref name="range"/> below the loudest value to that floor. Equal to <c>librosa.power_to_db(S, ref=1.0)</c>, of which
    /// <paramref name="range"/> is <c>top_db</c>.
    /// </summary>
    /// <param name="powers">Powers in, decibels out; the loudest is that of all of them.</param>
    /// <param name="range">In dB; librosa's default is 80.</param>
    public static void FromPower(Span<float> powers, float range = DefaultRange)
    {
        if (!powers.IsEmpty)
        {
            Unlimited(powers);
            TensorPrimitives.Max(powers, TensorPrimitives.Max<float>(powers) - range, powers);
        }
    }

    /// <summary>The same without the floor below the loudest value, in place.</summary>
    internal static void Unlimited(Span<float> powers)
    {
        TensorPrimitives.Max(powers, SmallestPower, powers);
        TensorPrimitives.Log10(powers, powers);
        TensorPrimitives.Multiply(powers, 10, powers);
    }

    /// <summary>The same of one power, to the last bit as among others.</summary>
    internal static float Unlimited(float power)
    {
        // What vectors hold is not computed by the same function as single values.
        Span<float> vector = stackalloc float[Vector<float>.Count];
        vector.Fill(power);
        Unlimited(vector);
        return vector[0];
    }

    /// <summary>The decibels of a whole matrix; as <see cref="FromPower(Span{float}, float)"/>.</summary>
    /// <param name="powers">Stay as they are.</param>
    /// <param name="range">In dB.</param>
    public static FrameMatrix FromPower(FrameMatrix powers, float range = DefaultRange)
    {
        FrameMatrix decibels = powers.Map(static (from, to) => from.CopyTo(to));
        for (int row = 0; row < decibels.RowCount; row++)
        {
            // Beyond the last frame there may be louder ones than within.
            decibels.Values[((row * decibels.Stride) + decibels.FrameCount)..((row + 1) * decibels.Stride)].Clear();
        }

        FromPower(decibels.Values, range);
        return decibels;
    }

    /// <summary>
    /// Decibels below the loudest value, from -<paramref name="range"/> to 0. Equal to <c>librosa.power_to_db(S, ref=np.max)</c>;
    /// all values of digital silence are 0.
    /// </summary>
    /// <param name="powers">Stay as they are.</param>
    /// <param name="range">In dB.</param>
    public static FrameMatrix RelativeToLoudest(FrameMatrix powers, float range = DefaultRange)
    {
        FrameMatrix decibels = FromPower(powers, range);
        if (decibels.FrameCount > 0)
        {
            TensorPrimitives.Subtract(decibels.Values, TensorPrimitives.Max<float>(decibels.Values), decibels.Values);
        }

        return decibels;
    }

    /// <summary>As <see cref="RelativeToLoudest"/>, of magnitudes: <c>librosa.amplitude_to_db(S, ref=np.max)</c>.</summary>
    internal static FrameMatrix OfMagnitudes(FrameMatrix magnitudes) =>
        RelativeToLoudest(magnitudes.Map(static (from, to) => TensorPrimitives.Multiply(from, from, to)));
}
