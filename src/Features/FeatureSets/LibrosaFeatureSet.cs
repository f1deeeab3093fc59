using System.Globalization;
using SerLab.Features.Audio;

namespace SerLab.Features.FeatureSets;

/// <summary>Feature sets that pool librosa's descriptors over the frames of a clip.</summary>
public static class LibrosaFeatureSet
{
    /// <summary>Defines a feature set.</summary>
    /// <param name="id">Short name users type.</param>
    /// <param name="description">One sentence: what it computes.</param>
    /// <param name="options">Which descriptors, and how they are pooled.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static FeatureSet Create(string id, string description, LibrosaOptions options)
    {
        LibrosaFrames frames = new(options);
        return FeatureSet.Streaming(
            id,
            description,
            new Dictionary<string, string>
            {
                ["algorithm"] = "1",
                ["frame_length"] = Text(options.FrameLength),
                ["hop_length"] = Text(options.HopLength),
                ["window"] = "hann periodic",
                ["padding"] = "centred, zeros",
                ["mel_bands"] = Text(options.MelBands),
                ["mel_scale"] = "slaney",
                ["top_db"] = "80",
                ["chroma_tuning"] = "estimated",
                ["delta_order"] = Text(options.DeltaOrder),
                ["pooling"] = options.StandardDeviation ? "mean,std" : "mean",
                ["sample_rate"] = options.SampleRate is { } rate ? Text(rate) : "native",
            },
            PooledFeatures.Names(frames.Groups, options.StandardDeviation),
            sound => PooledFeatures.Of(
                frames.Groups,
                options.StandardDeviation,
                options.DeltaOrder == 0 ? Stream(frames, sound) : Whole(frames, sound)),
            LibrosaGraph.Supports(options)
                ? (graph, samples, sampleRate) => LibrosaGraph.AddTo(graph, samples, sampleRate, options)
                : null);
    }

    private static IReadOnlyList<FrameMoments> Stream(LibrosaFrames frames, Sound sound)
    {
        using FrameStatistics statistics = new(frames.RowNames.Count);
        frames.Visit(sound, statistics.Add);
        return statistics.Finish();
    }

    // Derivatives need the frames around every frame, so all are kept: four bytes per coefficient, class, band and frame.
    private static FrameMoments[] Whole(LibrosaFrames frames, Sound sound)
    {
        using FrameRows kept = frames.Keep(sound);
        float[] values = new float[kept.FrameCount];
        FrameMoments[] moments = new FrameMoments[frames.RowNames.Count];
        for (int row = 0; row < moments.Length; row++)
        {
            frames.Read(kept, row, values);
            moments[row] = FramePooling.Pool(values);
        }

        return moments;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
