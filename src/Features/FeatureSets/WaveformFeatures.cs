using SerLab.Core;
using SerLab.Features.Waveform;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Feature extraction inside a model file: clips of samples in, the features of a feature set out, as standard ONNX operators
/// (operator set 17). An app then needs no audio library, only samples at the model's rate.
/// </summary>
/// <remarks>
/// Features equal those of <see cref="FeatureSet.Extract"/> within 1e-3 relative to the larger of 1 and their absolute value, for
/// clips of any length, digital silence and clips without samples included; clips that hold NaN or an infinity, or end before the
/// part that is heard begins, have features that are NaN. Where sounds are resampled inside, a zero crossing more or less may be
/// counted in a frame. All clips of a batch have the same length. Numbers
/// are 64 bits wide inside wherever .NET's are, so execution providers without float64 (WebGPU, WebNN) leave those operators to
/// the processor.
/// </remarks>
public static class WaveformFeatures
{
    /// <summary>Name of a model's input that takes samples.</summary>
    public const string SamplesInput = "samples";

    /// <summary>
    /// Ids of the feature sets that can be computed inside a model: those with a <see cref="FeatureSet.Graph"/>.
    /// </summary>
    /// <param name="sets">The feature sets there are; <see cref="FeatureSetCatalogue.BuiltIn"/> by default.</param>
    public static IReadOnlyList<string> Exportable(Catalogue<FeatureSet>? sets = null) =>
        [.. (sets ?? FeatureSetCatalogue.BuiltIn).Entries.Where(CanExport).Select(set => set.Id)];

    /// <summary>Whether a feature set can be computed inside a model.</summary>
    public static bool CanExport(FeatureSet set) => set.Graph is not null;

    /// <summary>Declares the input that takes samples: float32, [batch, samples], both sizes dynamic.</summary>
    public static OnnxValue DeclareInput(OnnxGraph graph, int sampleRate) => graph.Input(
        SamplesInput,
        OnnxElement.Float,
        [OnnxDimension.Batch, new OnnxDimension(0, "samples")],
        $"Mono clips at {sampleRate} samples per second, from -1 to 1; one row per clip.");

    /// <summary>Adds the operators that compute a feature set.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">Float32, [batch, samples]: mono, full scale = 1, any length.</param>
    /// <param name="set">The feature set.</param>
    /// <param name="sampleRate">Samples per second (Hz) of all clips that the model will be given.</param>
    /// <returns>Float32, [batch, features], in the order of <see cref="FeatureSet.Names"/>.</returns>
    /// <exception cref="InvalidInputException">The feature set has no form as ONNX operators.</exception>
    public static OnnxValue AddTo(OnnxGraph graph, OnnxValue samples, FeatureSet set, int sampleRate) => set.Graph is { } add
        ? GuardOperators.Guard(graph, add(graph, samples, sampleRate), samples, set.Shape.Rank)
        : throw new InvalidInputException(
            $"The feature set '{set.Id}' cannot be computed inside a model; these can: {string.Join(", ", Exportable())}. "
            + "Export a model that takes features instead.");
}
