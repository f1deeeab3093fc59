using SerLab.Features.Dsp;

namespace SerLab.Features.FeatureSets;

/// <summary>The filters of Meyda's descriptors at one sample rate. Immutable.</summary>
internal sealed class MeydaBanks(int sampleRate)
{
    /// <summary>Powers to mel bands.</summary>
    public FilterBank Mel { get; } = MelBank.Meyda(sampleRate, MeydaFrames.FrameLength, MeydaFrames.MelBands);

    /// <summary>Magnitudes to pitch classes.</summary>
    public FilterBank Chroma { get; } = ChromaBank.Meyda(sampleRate, MeydaFrames.FrameLength);

    /// <summary>Magnitudes to sums over Bark bands.</summary>
    public FilterBank Bark { get; } =
        SumsBetween(BarkScale.BandLimits(sampleRate, MeydaFrames.FrameLength, MeydaFrames.BarkBands));

    /// <summary>Logarithmic mel bands to MFCC.</summary>
    public FilterBank Cepstrum { get; } = CosineTransform.Unscaled(MeydaFrames.MelBands, MeydaFrames.MfccCount);

    private static FilterBank SumsBetween(int[] limits)
    {
        float[][] rows = new float[limits.Length - 1][];
        for (int band = 0; band < rows.Length; band++)
        {
            rows[band] = new float[MeydaFrames.BinCount];
            rows[band].AsSpan(limits[band]..limits[band + 1]).Fill(1);
        }

        return new FilterBank(rows);
    }
}
