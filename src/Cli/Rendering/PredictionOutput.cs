using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using SerLab.Core;
using SerLab.Models;

namespace SerLab.Cli.Rendering;

/// <summary>Writes predictions as CSV (the clip first) or as one JSON array.</summary>
internal sealed class PredictionOutput : IDisposable
{
    private readonly EmotionModel model;
    private readonly TextWriter writer;
    private readonly CsvWriter? csv;
    private readonly Utf8JsonWriter? json;
    private readonly MemoryStream jsonText = new();

    private PredictionOutput(EmotionModel model, TextWriter writer, bool asJson)
    {
        this.model = model;
        this.writer = writer;
        if (asJson)
        {
            json = new Utf8JsonWriter(jsonText, new JsonWriterOptions { Indented = true });
            json.WriteStartArray();
            return;
        }

        csv = CsvWriter.Create(
            writer, new CsvWriterOptions { NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace }, leaveOpen: true);
        WriteRecord(
            ["clip", .. model.Targets.Count > 0 ? model.Targets : ["label", .. model.Classes.Select(name => $"p_{name}")]]);
    }

    /// <summary>
    /// Does work that writes predictions, to standard output or to a file, which appears under its name when it is whole.
    /// </summary>
    /// <param name="model">Names the columns.</param>
    /// <param name="path">The file; none: <paramref name="standardOutput"/>.</param>
    /// <param name="standardOutput">Where to write without a file.</param>
    /// <param name="asJson">JSON instead of CSV.</param>
    /// <param name="work">Writes the predictions.</param>
    /// <returns>What the work returns.</returns>
    public static bool Run(
        EmotionModel model, string? path, TextWriter standardOutput, bool asJson, Func<PredictionOutput, bool> work)
    {
        if (path is null)
        {
            return RunOn(standardOutput);
        }

        bool result = false;
        AtomicFile.Write(path, stream =>
        {
            using StreamWriter file = new(stream, new UTF8Encoding(false), leaveOpen: true);
            result = RunOn(file);
        });
        return result;

        bool RunOn(TextWriter writer)
        {
            using PredictionOutput output = new(model, writer, asJson);
            bool done = work(output);
            output.Finish();
            return done;
        }
    }

    /// <summary>Writes the answers of some clips.</summary>
    public void Write(IReadOnlyList<string> clips, EmotionPredictions predictions)
    {
        for (int i = 0; i < clips.Count; i++)
        {
            if (json is not null)
            {
                WriteObject(clips[i], predictions, i);
                continue;
            }

            WriteRecord(
            [
                clips[i],
                .. predictions.Labels is { } labels ? [labels[i]] : Array.Empty<string>(),
                .. Numbers(predictions, i).Select(number => number.Value.ToString("R", CultureInfo.InvariantCulture)),
            ]);
        }
    }

    /// <summary>Hands on what is written so far.</summary>
    public void Flush()
    {
        csv?.Flush();
        writer.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        csv?.Dispose();
        json?.Dispose();
    }

    private void Finish()
    {
        if (json is not null)
        {
            json.WriteEndArray();
            json.Flush();
            writer.WriteLine(Encoding.UTF8.GetString(jsonText.ToArray()));
        }

        Flush();
    }

    private void WriteRecord(IEnumerable<string> fields)
    {
        foreach (string field in fields)
        {
            csv!.WriteField(field);
        }

        csv!.EndRecord();
    }

    private void WriteObject(string clip, EmotionPredictions predictions, int row)
    {
        json!.WriteStartObject();
        json.WriteString("clip", clip);
        if (predictions.Labels is { } labels)
        {
            json.WriteString("label", labels[row]);
        }

        foreach ((string name, float value) in Numbers(predictions, row))
        {
            if (float.IsFinite(value))
            {
                json.WriteNumber(name, value);
            }
            else
            {
                json.WriteNull(name);
            }
        }

        json.WriteEndObject();
    }

    private IEnumerable<(string Name, float Value)> Numbers(EmotionPredictions predictions, int row) =>
        predictions.Probabilities is { } probabilities
            ? model.Classes.Select((name, k) => ($"p_{name}", probabilities[row, k]))
            : model.Targets.Select(target => (target, predictions.Values[target][row]));
}
