using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Models;

/// <summary>A <see cref="ModelDescription"/> as the metadata of an ONNX file: texts by key, lists and maps in JSON.</summary>
internal static class ModelMetadata
{
    /// <summary>The key that tells SerLab's files from others.</summary>
    public const string FormatKey = "serlab_format";

    private const string Format = "1";

    private static readonly JsonSerializerOptions Json = NullFreeJson.Refusing(new(JsonSerializerDefaults.Web)
    {
        // Only what JSON itself requires is escaped: names stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    });

    /// <summary>The metadata, always in the same order.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Write(ModelDescription description, ModelOutputs outputs) =>
    [
        new(FormatKey, Format),
        new("name", description.Name),
        new("learner", description.Learner),
        new("feature_set", description.Features.Id),
        new("feature_set_key", description.Features.Key),
        new("feature_parameters", ToJson(new SortedDictionary<string, string>(
            description.Features.Parameters.ToDictionary(p => p.Key, p => p.Value), StringComparer.Ordinal))),
        new("feature_names", ToJson(description.Features.Names)),
        .. description.Features.Runtime is { } runtime ? [new("feature_runtime", runtime)]
            : Array.Empty<KeyValuePair<string, string>>(),
        new("sample_rate", description.SampleRate?.ToString(CultureInfo.InvariantCulture) ?? ""),
        new("targets", ToJson(outputs.Targets)),
        new("classes", ToJson(outputs.Classes)),
        new("corpus", description.Corpus),
        new("corpus_licence", description.CorpusLicence),
        new("training_clips", description.TrainingClips.ToString(CultureInfo.InvariantCulture)),
        new("protocol", description.Protocol),
        new("scores", ToJson(description.Scores)),
        new("leaks", ToJson(description.Leaks)),
        new("limits", ToJson(description.Limits)),
        new("layers", ToJson(description.Layers)),
        new("serlab_version", description.Version),
    ];

    /// <summary>Reads the metadata of a file.</summary>
    /// <exception cref="InvalidInputException">The file is not one of SerLab's, or its metadata are damaged.</exception>
    public static (ModelDescription Description, IReadOnlyList<string> Targets, IReadOnlyList<string> Classes) Read(
        IReadOnlyDictionary<string, string> metadata, string file)
    {
        if (!metadata.TryGetValue(FormatKey, out string? format))
        {
            throw new InvalidInputException(
                $"'{file}' is an ONNX model but not one of SerLab's: it does not say which features it takes (no metadata "
                + $"'{FormatKey}'). Use a model.onnx that SerLab wrote.");
        }

        if (format != Format)
        {
            throw new InvalidInputException(
                $"'{file}' has format {format}; this SerLab reads format {Format}. Use the version of SerLab that wrote it.");
        }

        string Text(string key) => metadata.TryGetValue(key, out string? text) ? text : throw Damaged(file, key);
        T Parsed<T>(string key)
            where T : class
        {
            try
            {
                return NullFreeJson.Read<T>(Text(key), Json);
            }
            catch (JsonException)
            {
                throw Damaged(file, key);
            }
        }

        string[] Names(string key) => Parsed<string[]>(key) is var names && names.Distinct().Count() == names.Length
            ? names
            : throw Damaged(file, key);

        int? Number(string key) => Text(key) switch
        {
            "" => null,
            string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => number,
            _ => throw Damaged(file, key),
        };

        ModelDescription description = new()
        {
            Name = Text("name"),
            Learner = Text("learner"),
            Features = new FeatureRecipe(
                Text("feature_set"),
                Text("feature_set_key"),
                Parsed<Dictionary<string, string>>("feature_parameters"),
                Parsed<string[]>("feature_names"),
                metadata.GetValueOrDefault("feature_runtime")),
            SampleRate = Number("sample_rate"),
            Corpus = Text("corpus"),
            CorpusLicence = Text("corpus_licence"),
            TrainingClips = Number("training_clips") ?? 0,
            Protocol = Text("protocol"),
            Scores = Parsed<ModelScore[]>("scores"),
            Leaks = Parsed<string[]>("leaks"),
            Limits = metadata.ContainsKey("limits") ? Parsed<string[]>("limits") : [],
            Layers = metadata.ContainsKey("layers") ? Parsed<Dictionary<string, IReadOnlyList<ModelLayer>>>("layers") : [],
            Version = Text("serlab_version"),
        };
        return (description, Names("targets"), Names("classes"));
    }

    private static string ToJson<T>(T value) => JsonSerializer.Serialize(value, Json);

    private static InvalidInputException Damaged(string file, string key) =>
        new($"The metadata '{key}' of '{file}' are missing or damaged; export the model again.");
}
