using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Experiments;

/// <summary>The JSON files of a series. Undefined figures are the text "NaN".</summary>
public static class SeriesFiles
{
    /// <summary>The text of <c>reproduction.json</c>.</summary>
    public static string ToJson(Reproduction reproduction) => RecordJson.Text(reproduction);

    /// <summary>Reads the text of <c>reproduction.json</c>.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is no reproduction.</exception>
    public static Reproduction FromJson(string text) => RecordJson.Read<Reproduction>(text);

    /// <summary>The text of <c>experiment.json</c>: everything that decides the figures of a series but the features.</summary>
    internal static string Identity(ExperimentSeries series, SeriesCorpora corpora, string commandLine) => RecordJson.Text(
        new
        {
            Version = typeof(SeriesFiles).Assembly.GetName().Version?.ToString(3),
            CommandLine = commandLine,
            CorpusHash = RunHash.Of(corpora.Corpus),
            corpora.StandsInFor,
            Series = series,
        });
}
