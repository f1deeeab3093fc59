using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;

namespace SerLab.Models;

/// <summary>
/// A model file of SerLab's, opened: what it says of itself, and its predictions in managed code, without a native runtime.
/// Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Bad input has the same answer here and in every ONNX runtime: a row with a feature that is NaN or infinite is answered with
/// NaN (and the empty class), other rows of its batch as ever; no rows give no answers; rows of another width are refused. Where
/// the file takes samples, digital silence and a clip without samples have the features, and so the answer, that .NET gives them,
/// and a clip with a sample that is NaN or infinite is answered with NaN.
/// </remarks>
public sealed class EmotionModel
{
    // Enough rows to spread the cost of a call, few enough that the kernels of thousands of support vectors stay in cache.
    private const int BatchRows = 64;

    private readonly string file;

    private EmotionModel(OnnxModel graph, string file)
    {
        Graph = graph;
        this.file = file;
        (Description, Targets, Classes) = ModelMetadata.Read(graph.Metadata, file);
        if (graph.Inputs is not [{ Name: ModelFile.FeaturesInput or WaveformFeatures.SamplesInput }])
        {
            throw new InvalidInputException(
                $"'{file}' is damaged: its one input should be '{ModelFile.FeaturesInput}' or '{WaveformFeatures.SamplesInput}'. "
                + "Export the model again.");
        }

        HashSet<string> outputs = [.. graph.Outputs.Select(port => port.Name)];
        if (Targets.Concat(Classes.Count > 0 ? [ModelOutputs.Label, ModelOutputs.Probabilities] : [])
            .Concat(Targets.Where(target => outputs.Contains(ModelOutputs.Low(target))).Select(ModelOutputs.High))
            .FirstOrDefault(output => !outputs.Contains(output)) is { } missing)
        {
            throw new InvalidInputException($"'{file}' is damaged: it has no output '{missing}'. Export the model again.");
        }

        Doubts = new AnswerDoubts(
            [.. Targets.Where(target => outputs.Contains(ModelOutputs.Low(target)))],
            outputs.Contains(ModelOutputs.PredictionSet),
            outputs.Contains(ModelOutputs.Familiarity));
    }

    /// <summary>What the file says of itself.</summary>
    public ModelDescription Description { get; }

    /// <summary>The numbers that are predicted, by name; none for a classification.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>The classes, by name; none for a regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>What the file says of how sure an answer is.</summary>
    public AnswerDoubts Doubts { get; }

    /// <summary>The graph: inputs, outputs, operators, all metadata.</summary>
    public OnnxModel Graph { get; }

    /// <summary>Whether the file takes features; else it computes them itself from samples.</summary>
    public bool TakesFeatures => Graph.Inputs is [{ Name: ModelFile.FeaturesInput }];

    /// <summary>
    /// Number of features that the file takes, or of bands where it takes series; of samples, whose number is open, 0.
    /// </summary>
    public int Width => (int)Graph.Inputs[0].Shape[^1].Size;

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidInputException">
    /// The file is missing, damaged, not an ONNX model, not one of SerLab's or of a newer format; the sentence says which.
    /// </exception>
    public static EmotionModel Load(string path) => new(OnnxModel.Load(path), path);

    /// <summary>Opens the bytes of a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidInputException">As for <see cref="Load"/>.</exception>
    public static EmotionModel Parse(byte[] bytes, string name) => new(OnnxModel.Parse(bytes, name), name);

    /// <summary>Refuses a feature set that is not exactly the one that the model was trained on.</summary>
    /// <exception cref="InvalidInputException">Id, parameters or names differ.</exception>
    public void RequireFeatures(FeatureSet set)
    {
        if (set.Id != Description.Features.Id)
        {
            throw new InvalidInputException(
                $"The model '{file}' takes features of '{Description.Features.Id}', not of '{set.Id}'.");
        }

        if (set.Key != Description.Features.Key)
        {
            throw new InvalidInputException(
                $"The model '{file}' was trained on another version of '{set.Id}' ({Description.Features.Key}; this SerLab "
                + $"computes {set.Key}). Use the version of SerLab that wrote it ({Description.Version}), or train it again.");
        }
    }

    /// <summary>The feature set that the model takes, exactly as it was trained on it.</summary>
    /// <param name="known">Where to look; none: what SerLab brings.</param>
    /// <exception cref="InvalidInputException">There is no such set, or only another version of it.</exception>
    public FeatureSet FeatureSetIn(Catalogue<FeatureSet>? known = null)
    {
        Catalogue<FeatureSet> sets = known ?? FeatureSetCatalogue.BuiltIn;
        FeatureSet set = sets.FindSet(Description.Features.Id) ?? throw new InvalidInputException(
            $"The model '{file}' takes the features '{Description.Features.Id}', which SerLab cannot compute from sound; give "
            + $"them as a table: predict {file} --table FILE.");
        RequireFeatures(set);
        return set;
    }

    /// <summary>Refuses sound of a sample rate that the model was not trained on.</summary>
    /// <exception cref="InvalidInputException">The model declares another sample rate.</exception>
    public void RequireSampleRate(int sampleRate, string clip)
    {
        if (Description.SampleRate is { } declared && declared != sampleRate)
        {
            throw new InvalidInputException(
                $"'{clip}' has {sampleRate} Hz; the model '{file}' was trained on sound of {declared} Hz. Resample the clip.");
        }
    }

    /// <summary>Predicts rows of features, as they are computed, not scaled.</summary>
    /// <exception cref="InvalidInputException">
    /// The rows have another width, or the file takes samples instead of features.
    /// </exception>
    public EmotionPredictions Predict(Examples examples)
    {
        if (!TakesFeatures)
        {
            throw new InvalidInputException($"The model '{file}' takes samples, not features: it computes them itself.");
        }

        if (examples.Shape.Axes[^1].Length != Width)
        {
            throw new InvalidInputException(
                $"The rows have {examples.Shape}; the model '{file}' takes the {Width} of '{Description.Features.Id}'.");
        }

        List<EmotionPredictions> parts = [];
        if (examples is FeatureMatrix rows)
        {
            for (int start = 0; start == 0 || start < rows.Rows; start += BatchRows)
            {
                int count = Math.Min(BatchRows, rows.Rows - start);
                parts.Add(Answer(rows.Values.Slice(start * rows.Columns, count * rows.Columns).ToArray(), count, rows.Columns));
            }
        }
        else
        {
            // Examples of other shapes may differ in length, so each is asked about by itself.
            for (int i = 0; i < examples.Count; i++)
            {
                parts.Add(Answer(examples[i].ToArray(), 1, LengthsOf(examples.Shape, examples[i].Length)));
            }
        }

        return EmotionPredictions.Join(parts);
    }

    /// <summary>Predicts a clip from its samples, whether the file computes the features itself or SerLab does.</summary>
    /// <param name="clip">Mono, at the rate that the file declares; of any length.</param>
    /// <param name="name">What errors call the clip.</param>
    /// <returns>One answer.</returns>
    /// <exception cref="InvalidInputException">
    /// The clip has another sample rate, or the model takes features that SerLab cannot compute from sound.
    /// </exception>
    public EmotionPredictions Predict(AudioSignal clip, string name = "the clip")
    {
        RequireSampleRate(clip.SampleRate, name);
        return TakesFeatures ? Predict(Extracted(clip)) : Answer(clip.Samples.ToArray(), 1, clip.Samples.Length);
    }

    /// <summary>Predicts the emotion of a sound file.</summary>
    /// <param name="path">A file that <see cref="AudioFile"/> reads.</param>
    /// <exception cref="InvalidInputException">The file cannot be read, or does not fit the model.</exception>
    public Emotion Predict(string path) => Emotion.First(Predict(AudioFile.Read(path), path), Classes);

    private Examples Extracted(AudioSignal clip)
    {
        FeatureSet set = FeatureSetIn();
        float[] values = set.Extract(clip);
        return set.Shape.Rank == 1 ? new FeatureMatrix(values, 1, values.Length) : new ExampleArrays([values], set.Shape);
    }

    private static int[] LengthsOf(ExampleShape shape, int size)
    {
        int known = shape.Axes.Aggregate(1, (product, axis) => product * (axis.Length ?? 1));
        return [.. shape.Axes.Select(axis => axis.Length ?? size / known)];
    }

    private EmotionPredictions Answer(float[] values, int rows, params int[] shape)
    {
        IReadOnlyDictionary<string, Tensor> outputs =
            Graph.Run(new Dictionary<string, Tensor> { [Graph.Inputs[0].Name] = new Tensor<float>(values, [rows, .. shape]) });
        Dictionary<string, float[]> ratings =
            Targets.ToDictionary(target => target, target => Output<float>(outputs, target, rows).Values.ToArray());
        EmotionPredictions answers = Classes.Count == 0
            ? new EmotionPredictions(ratings, null, null)
            : new EmotionPredictions(
                ratings,
                Output<string>(outputs, ModelOutputs.Label, rows).Values.ToArray(),
                new FeatureMatrix(
                    Output<float>(outputs, ModelOutputs.Probabilities, rows * Classes.Count).Values.ToArray(),
                    rows,
                    Classes.Count));
        return answers with
        {
            Intervals = Doubts.Intervals.ToDictionary(target => target, target => IntervalsOf(outputs, target, rows)),
            Sets = Doubts.HasSets ? SetsOf(outputs, rows) : null,
            Familiarity = Doubts.HasFamiliarity
                ? Output<float>(outputs, ModelOutputs.Familiarity, rows).Values.ToArray()
                : null,
        };
    }

    private RatingInterval[] IntervalsOf(IReadOnlyDictionary<string, Tensor> outputs, string target, int rows)
    {
        float[] low = Output<float>(outputs, ModelOutputs.Low(target), rows).Values.ToArray();
        float[] high = Output<float>(outputs, ModelOutputs.High(target), rows).Values.ToArray();
        return [.. low.Zip(high, (from, to) => new RatingInterval(from, to))];
    }

    private string[][] SetsOf(IReadOnlyDictionary<string, Tensor> outputs, int rows)
    {
        bool[] isIn = Output<bool>(outputs, ModelOutputs.PredictionSet, rows * Classes.Count).Values.ToArray();
        return
        [
            .. Enumerable.Range(0, rows)
                .Select(row => Classes.Where((_, c) => isIn[(row * Classes.Count) + c]).ToArray()),
        ];
    }

    private Tensor<T> Output<T>(IReadOnlyDictionary<string, Tensor> outputs, string name, int length) =>
        outputs[name] is Tensor<T> tensor && tensor.Length == length
            ? tensor
            : throw new InvalidInputException($"'{file}' is damaged: its output '{name}' is not one answer per row.");
}
