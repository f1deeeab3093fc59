using System.Numerics.Tensors;

namespace SerLab.Features.Dsp;

/// <summary>
/// The cosine transform of decibels in bands, frame by frame: with mel bands, the mel-frequency cepstral coefficients
/// (<c>librosa.feature.mfcc</c>).
/// </summary>
internal static class Cepstrum
{
    /// <summary>The cepstrum of every frame: one row per coefficient.</summary>
    /// <param name="decibels">One row per band.</param>
    /// <param name="cosines">A <see cref="CosineTransform.Orthonormal"/> of as many inputs.</param>
    public static FrameMatrix Of(FrameMatrix decibels, FilterBank cosines)
    {
        FrameMatrix cepstrum = new(cosines.BandCount, decibels.FrameCount);
        if (decibels.FrameCount > 0)
        {
            FrameMatrix copy = decibels.Map(static (from, to) => from.CopyTo(to));
            float floor = TensorPrimitives.Min<float>(copy.Values);
            Compute(copy.Values, floor, cosines, cepstrum.Values, cepstrum.Stride);
        }

        return cepstrum;
    }

    /// <summary>The same in memory of the caller, at least one frame; overwrites the decibels.</summary>
    /// <param name="decibels">One row per band.</param>
    /// <param name="floor">The lowest of them, over all frames of the sound.</param>
    /// <param name="cosines">The cosine transform.</param>
    /// <param name="cepstrum">One row per coefficient.</param>
    /// <param name="stride">From one row to the next, of both.</param>
    public static void Compute(Span<float> decibels, float floor, FilterBank cosines, Span<float> cepstrum, int stride)
    {
        // All cosines but the first are orthogonal to a constant: without the common floor the sums are smaller and silence is
        // exactly zero.
        TensorPrimitives.Subtract(decibels, floor, decibels);
        cosines.Apply(decibels, stride, cepstrum, stride, stride);
        TensorPrimitives.Add(cepstrum[..stride], floor * MathF.Sqrt(cosines.InputCount), cepstrum[..stride]);
    }
}
