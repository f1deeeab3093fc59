using System.Globalization;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;
using SerLab.Features.Waveform;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// What feature sets of frames × bands have in common: sounds resampled to one rate, frames of one length and hop, and values
/// that are all finite.
/// </summary>
internal sealed class SeriesRecipe(int sampleRate = 22_050, int frameLength = 2048, int hopLength = 512)
{
    /// <summary>The spectra of centred frames.</summary>
    public ShortTimeFourierTransform Transform { get; } = new(frameLength, hopLength);

    /// <summary>Names such as <c>mel_1, mel_2 ...</c>, the lowest band first.</summary>
    public static string[] Numbered(string name, int count, int first = 1) =>
        [.. Enumerable.Range(first, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}_{i}"))];

    /// <summary>Defines a feature set.</summary>
    /// <param name="id">Short name users type.</param>
    /// <param name="description">One sentence: what it computes and what it equals.</param>
    /// <param name="names">The bands.</param>
    /// <param name="parameters">What changes the numbers beyond rate and frames.</param>
    /// <param name="compute">One row per band, of a signal at the rate. What it leaves undefined (not finite) becomes 0.</param>
    /// <param name="graph">
    /// The same as operators: from samples at the rate (float32, [batch, samples]) to float32, [batch, frames, bands], one frame
    /// or more. None: then no model file can compute the set.
    /// </param>
    public FeatureSet Create(
        string id,
        string description,
        IReadOnlyList<string> names,
        IReadOnlyDictionary<string, string> parameters,
        Func<AudioSignal, FrameMatrix> compute,
        Func<OnnxGraph, OnnxValue, OnnxValue>? graph = null)
    {
        Dictionary<string, string> all = new(parameters)
        {
            ["algorithm"] = "1",
            ["frame_length"] = frameLength.ToString(CultureInfo.InvariantCulture),
            ["hop_length"] = hopLength.ToString(CultureInfo.InvariantCulture),
        };
        all.TryAdd("window", "hann periodic");
        all.TryAdd("padding", "centred, zeros");
        FeatureSet set = new(
            id,
            description,
            all,
            names,
            signal => Finite(compute(signal).ToSeries()),
            ExampleShape.Series(null, names.Count),
            graph is null || !SpectrumOperators.Supports(frameLength, hopLength) ? null : AddTo);
        return FixedRateFeatureSet.At(set, sampleRate);

        // There are no more frames than samples, and none where there are none.
        OnnxValue AddTo(OnnxGraph whole, OnnxValue samples, int rate) => whole.Slice(
            graph(whole, samples), 1, whole.Integers([0L], 1), whole.Size(samples, 1));
    }

    /// <summary>The powers of the spectra of <see cref="Transform"/> as operators: float32, [batch, frames, bins].</summary>
    public OnnxValue Powers(OnnxGraph graph, OnnxValue samples) =>
        SpectrumOperators.Powers(graph, samples, frameLength, hopLength);

    private static float[] Finite(float[] values)
    {
        foreach (ref float value in values.AsSpan())
        {
            value = float.IsFinite(value) ? value : 0;
        }

        return values;
    }
}
