using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.Records;

/// <summary>
/// The one JSON form of everything a run or a series leaves, as a web page reads it: camel-case names, enumerations as text, an
/// undefined figure as the text "NaN".
/// </summary>
public static class RecordJson
{
    private static readonly JsonSerializerOptions Indented = NullFreeJson.Refusing(new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new TargetConverter() },
    });

    private static readonly JsonSerializerOptions Compact = new(Indented) { WriteIndented = false };

    /// <summary>A value over several lines, the last one ended.</summary>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Indented) + "\n";

    /// <summary>A value in one line, not ended.</summary>
    public static string Line<T>(T value) => JsonSerializer.Serialize(value, Compact);

    /// <summary>Reads what <see cref="Text"/> or <see cref="Line"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not of that form.</exception>
    public static T Read<T>(string text)
        where T : class => NullFreeJson.Read<T>(text, Compact);

    private sealed class TargetConverter : JsonConverter<Target>
    {
        public override Target Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Form form = JsonSerializer.Deserialize<Form>(ref reader, options)!;
            return form.Reconstruction ? Target.Reconstruction
                : form.Classes.Length == 0 ? Target.Rating(form.Name) : Target.Class(form.Classes, form.Name);
        }

        public override void Write(Utf8JsonWriter writer, Target value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Form(value.Name, [.. value.Classes], value.IsReconstruction), options);

        private sealed record Form(
            string Name,
            string[] Classes,
            [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Reconstruction = false);
    }
}
