using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SerLab.Evaluation.Runs;

namespace SerLab.Evaluation.Experiments;

/// <summary>The JSON files of a series. Undefined figures are the text "NaN".</summary>
public static class SeriesFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The text of <c>reproduction.json</c>.</summary>
    public static string ToJson(Reproduction reproduction) => JsonSerializer.Serialize(reproduction, Json) + "\n";

    /// <summary>Reads the text of <c>reproduction.json</c>.</summary>
    /// <exception cref="JsonException">The text is no reproduction.</exception>
    public static Reproduction FromJson(string text) =>
        JsonSerializer.Deserialize<Reproduction>(text, Json) ?? throw new JsonException($"{SeriesFolder.Outcome} is empty.");

    /// <summary>The text of <c>experiment.json</c>: everything that decides the figures of a series but the features.</summary>
    internal static string Identity(ExperimentPlan plan, ExperimentCorpus corpus, string commandLine) => JsonSerializer.Serialize(
        new
        {
            Version = typeof(SeriesFiles).Assembly.GetName().Version?.ToString(3),
            CommandLine = commandLine,
            CorpusHash = RunHash.Of(corpus.Corpus),
            corpus.StandsInFor,
            Plan = plan,
        },
        Json) + "\n";
}
