using System.Numerics.Tensors;

namespace SerLab.Features.Dsp;

/// <summary>The logarithmic measure of power.</summary>
public static class Decibels
{
    /// <summary>Lower powers are raised to this one: 1e-10, that is -100 dB.</summary>
    public const float SmallestPower = 1e-10f;

    /// <summary>
    /// Replaces powers by 10 log10(max(power, <see cref="SmallestPower"/>)) and raises what lies more than
    /// <paramref name="range"/> below the loudest value to that floor. Equal to <c>librosa.power_to_db(S, ref=1.0)</c>, of which
    /// <paramref name="range"/> is <c>top_db</c>.
    /// </summary>
    /// <param name="powers">Powers in, decibels out; the loudest is that of all of them.</param>
    /// <param name="range">In dB; librosa's default is 80.</param>
    public static void FromPower(Span<float> powers, float range = 80)
    {
        if (powers.IsEmpty)
        {
            return;
        }

        TensorPrimitives.Max(powers, SmallestPower, powers);
        TensorPrimitives.Log10(powers, powers);
        TensorPrimitives.Multiply(powers, 10, powers);
        TensorPrimitives.Max(powers, TensorPrimitives.Max<float>(powers) - range, powers);
    }
}
