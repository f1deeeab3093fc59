using System.Text.Json;
using SerLab.Features.Dsp;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

public class MeydaGoldenTests
{
    private static readonly (string Theirs, string Ours, double Scale)[] Scalars =
    [
        ("rms", "rms", 1), ("zcr", "zerocross", 1), ("spectralRolloff", "rolloff", 1), ("spectralCentroid", "centroid", 1),
        ("spectralSpread", "spread", 1), ("spectralSkewness", "skewness", 1), ("spectralKurtosis", "kurtosis", 1),
        ("spectralFlatness", "flatness", 1), ("loudness", "loudness", 24), ("energy", "energy", 1),
        ("perceptualSharpness", "perceptual_sharp", 1), ("spectralSlope", "spectral_slope", 1),
    ];

    public static TheoryData<string> Clips => Golden.Names;

    [SkippableTheory]
    [Trait("Data", "real")]
    [MemberData(nameof(Clips))]
    public void Every_descriptor_of_every_frame_equals_Meyda(string clip)
    {
        FrameMatrix frames = new MeydaFrames().Compute(Golden.ClipDecodedByNodeWav(clip));
        JsonElement expected = Golden.Read("meyda", clip + ".json.gz").GetProperty("features");

        foreach ((string theirs, string ours, double scale) in Scalars)
        {
            double[] values = [.. expected.GetProperty(theirs).EnumerateArray().Select(Golden.Number)];
            Golden.AssertRow(theirs, values, frames.Row(Row(ours)), scale);
        }

        AssertVector(expected.GetProperty("mfcc"), "mfcc", 13, frames);
        AssertVector(expected.GetProperty("chroma"), "chromagram", 12, frames);
    }

    private static void AssertVector(JsonElement expected, string name, int count, FrameMatrix frames)
    {
        for (int i = 0; i < count; i++)
        {
            double[] values = [.. expected.EnumerateArray().Select(frame => Golden.Number(frame[i]))];
            Golden.AssertRow($"{name} {i + 1}", values, frames.Row(Row($"{name}_{i + 1}")));
        }
    }

    private static int Row(string name) => Array.IndexOf([.. MeydaFrames.RowNames], name);
}
