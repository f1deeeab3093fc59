using System.Globalization;

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
        return new FeatureSet(
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
            signal => PooledFeatures.Pool(
                frames.Groups,
                options.StandardDeviation,
                frames.FrameCount(signal),
                frames.Stride(signal),
                (rows, stride) => frames.Compute(signal, rows, stride)),
            graph: LibrosaGraph.Supports(options)
                ? (graph, samples, sampleRate) => LibrosaGraph.AddTo(graph, samples, sampleRate, options)
                : null);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
