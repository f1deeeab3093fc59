using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Onnx;

namespace SerLab.Models;

/// <summary>
/// Writes trained models as one ONNX file: raw features in (<c>features</c>, float32, [batch, features]), one output per target,
/// or <c>label</c> and <c>probabilities</c>. Or samples in (<c>samples</c>, float32, [batch, samples]), where the file shall
/// compute the features itself. The same model and description give the same bytes.
/// </summary>
public static class ModelFile
{
    /// <summary>Name of the input that takes features.</summary>
    public const string FeaturesInput = "features";

    /// <summary>
    /// Writes a file and proves it: the written file is read back, answers the given rows, and is kept only if every answer
    /// equals that of the model in .NET within <see cref="ModelOutputs.Tolerance"/>. The file appears under its name only when it
    /// is right.
    /// </summary>
    /// <param name="path">Where to write; an existing file is replaced.</param>
    /// <param name="outputs">The models.</param>
    /// <param name="description">What travels with them.</param>
    /// <param name="examples">Examples to prove the file with, all finite: the training examples.</param>
    /// <exception cref="InvalidInputException">
    /// A model has no ONNX form, or the file differs from it; nothing is left behind.
    /// </exception>
    public static void Write(string path, ModelOutputs outputs, ModelDescription description, Examples examples) =>
        Write(path, Build(outputs, description), outputs, examples);

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="ArgumentException">The description names another number of features than the models take.</exception>
    /// <exception cref="InvalidInputException">A model has no ONNX form.</exception>
    public static byte[] Build(ModelOutputs outputs, ModelDescription description)
    {
        RequireWidth(outputs, description);
        OnnxGraph graph = new(description.Name);
        OnnxValue features = graph.Input(
            FeaturesInput, OnnxElement.Float, [OnnxDimension.Batch, .. outputs.Input.Axes.Select(Dimension)],
            $"Features of '{description.Features.Id}' as they are computed, not scaled; one row per clip.");
        outputs.AddTo(graph, features);
        return Bytes(graph, outputs, description);
    }

    /// <summary>
    /// Writes a file that takes samples and computes the features itself, and proves it: the written file answers some clips, and
    /// is kept only if every answer equals, within <see cref="ModelOutputs.WaveformTolerance"/>, that of the model in .NET to the
    /// features that .NET extracts.
    /// </summary>
    /// <param name="path">Where to write; an existing file is replaced.</param>
    /// <param name="outputs">The models.</param>
    /// <param name="description">What travels with them; it must declare a sample rate.</param>
    /// <param name="set">The features that the models take.</param>
    /// <param name="proofs">
    /// Clips to prove the file with, at least one, at the declared rate: some of those it was trained on.
    /// </param>
    /// <exception cref="ArgumentException">
    /// No sample rate is declared, the features are not those described, or there is no clip.
    /// </exception>
    /// <exception cref="InvalidInputException">
    /// A model or the feature set has no ONNX form, or the file differs from .NET; nothing is left behind.
    /// </exception>
    public static void WriteWaveform(
        string path, ModelOutputs outputs, ModelDescription description, FeatureSet set, IReadOnlyList<AudioSignal> proofs)
    {
        ArgumentOutOfRangeException.ThrowIfZero(proofs.Count, nameof(proofs));
        Examples examples = Examples.Of([.. proofs.Select(set.Extract)], set.Shape);
        Write(
            path,
            BuildWaveform(outputs, description, set),
            model => outputs.Difference(
                EmotionPredictions.Join([.. proofs.Select(clip => model.Predict(clip))]),
                examples,
                ModelOutputs.WaveformTolerance),
            "The last digits of a feature decide this model's answers; export one that takes features.");
    }

    /// <summary>The bytes of a file that takes samples.</summary>
    /// <exception cref="ArgumentException">No sample rate is declared, or the features are not those described.</exception>
    /// <exception cref="InvalidInputException">A model or the feature set has no ONNX form.</exception>
    public static byte[] BuildWaveform(ModelOutputs outputs, ModelDescription description, FeatureSet set)
    {
        RequireWidth(outputs, description);
        if (description.SampleRate is not { } sampleRate || set.Key != description.Features.Key)
        {
            throw new ArgumentException(
                $"A model that takes samples declares their rate and the features that it computes, "
                + $"'{set.Key}'.", nameof(description));
        }

        OnnxGraph graph = new(description.Name);
        OnnxValue samples = WaveformFeatures.DeclareInput(graph, sampleRate);
        OnnxValue features = WaveformFeatures.AddTo(graph, samples, set, sampleRate);
        outputs.AddTo(graph, features);
        return Bytes(graph, outputs, description);
    }

    /// <summary>
    /// Rows of seeded normal numbers to prove a file with where there are no training features (an imported network).
    /// </summary>
    public static FeatureMatrix ProbeRows(int featureCount)
    {
        const int rows = 256;
        SeededRandom random = new(rows);
        float[] values = new float[rows * featureCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextGaussian();
        }

        return new FeatureMatrix(values, rows, featureCount);
    }

    internal static void Write(string path, byte[] bytes, ModelOutputs outputs, Examples examples) => Write(
        path,
        bytes,
        model => outputs.Difference(model.Predict(examples), examples),
        "Features of very different sizes do this to a network; train it on scaled features.");

    internal static string Sentence(ModelOutputs outputs, ModelDescription description) =>
        $"{(outputs.Targets.Count > 0 ? string.Join(" and ", outputs.Targets) : "One of " + string.Join(", ", outputs.Classes))} "
        + $"by {description.Learner}, trained on {description.Corpus}.";

    private static byte[] Bytes(OnnxGraph graph, ModelOutputs outputs, ModelDescription description) =>
        graph.ToBytes(description.Version, Sentence(outputs, description), ModelMetadata.Write(description, outputs));

    private static OnnxDimension Dimension(ExampleAxis axis) =>
        axis.Length is { } length ? length : new OnnxDimension(0, axis.Name);

    private static void RequireWidth(ModelOutputs outputs, ModelDescription description)
    {
        // Values that stand side by side with others have no names.
        int width = description.Features.Names.Count;
        if (width != outputs.Input.Axes[^1].Length && (width > 0 || outputs.Input.IsFeatures))
        {
            throw new ArgumentException(
                $"The description names {width} features; the models take {outputs.Input}.", nameof(description));
        }
    }

    private static void Write(string path, byte[] bytes, Func<EmotionModel, string?> difference, string advice)
    {
        if (difference(EmotionModel.Parse(bytes, path)) is { } found)
        {
            throw new InvalidInputException($"The model was not written to '{path}': {found}. {advice}");
        }

        try
        {
            AtomicFile.Write(path, stream => stream.Write(bytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"The model could not be written to '{path}': {error.Message}", error);
        }
    }
}
