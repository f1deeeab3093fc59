using System.Globalization;
using SerLab.Features.Audio;

namespace SerLab.Features.FeatureSets;

/// <summary>The 74 features of the thesis's app: mean and standard deviation of Meyda's descriptors.</summary>
internal static class MeydaFeatureSet
{
    /// <summary>Defines <c>meyda74</c>.</summary>
    public static FeatureSet Create()
    {
        MeydaFrames frames = new();
        return FeatureSet.Streaming(
            "meyda74",
            "Means and standard deviations of the thesis's descriptors of loudness, spectrum, MFCC and chroma, "
                + "equal to Meyda 5.6.",
            new Dictionary<string, string>
            {
                ["algorithm"] = "1",
                ["frame_length"] = MeydaFrames.FrameLength.ToString(CultureInfo.InvariantCulture),
                ["hop_length"] = MeydaFrames.HopLength.ToString(CultureInfo.InvariantCulture),
                ["window"] = "hann symmetric",
                ["mel_bands"] = MeydaFrames.MelBands.ToString(CultureInfo.InvariantCulture),
                ["bark_bands"] = MeydaFrames.BarkBands.ToString(CultureInfo.InvariantCulture),
                ["pooling"] = "mean,std over defined frames",
                ["sample_rate"] = "native",
            },
            PooledFeatures.Names(MeydaFrames.Groups, deviations: true),
            sound => Extract(frames, sound),
            MeydaGraph.AddTo);
    }

    private static float[] Extract(MeydaFrames frames, Sound sound)
    {
        using FrameStatistics statistics = new(MeydaFrames.RowNames.Count);
        frames.Visit(sound, statistics.Add);
        return PooledFeatures.Of(MeydaFrames.Groups, deviations: true, statistics.Finish());
    }
}
