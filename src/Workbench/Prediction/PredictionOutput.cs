using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using SerLab.Core;
using SerLab.Models;

namespace SerLab.Prediction;

/// <summary>
/// Writes predictions as CSV (the clip first, then where windows of it start and end) or as one JSON array.
/// </summary>
public sealed class PredictionOutput : IDisposable
{
    private readonly EmotionModel model;
    private readonly TextWriter writer;
    private readonly CsvWriter? csv;
    private readonly Utf8JsonWriter? json;
    private readonly MemoryStream jsonText = new();

    private PredictionOutput(EmotionModel model, TextWriter writer, PredictionForm form)
    {
        this.model = model;
        this.writer = writer;
        if (form.IsJson)
        {
            json = new Utf8JsonWriter(jsonText, new JsonWriterOptions { Indented = true });
            json.WriteStartArray();
            return;
        }

        csv = CsvWriter.Create(
            writer, new CsvWriterOptions { NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace }, leaveOpen: true);
        string[] times = form.HasWindows ? ["start", "end"] : [];
        IEnumerable<string> answers =
            model.Targets.Count > 0 ? model.Targets : ["label", .. model.Classes.Select(name => $"p_{name}")];
        WriteRecord(["clip", .. times, .. answers]);
    }

    /// <summary>
    /// Does work that writes predictions, to a writer or to a file, which appears under its name when it is whole.
    /// </summary>
    /// <param name="model">Names the columns.</param>
    /// <param name="path">The file; none: <paramref name="otherwise"/>.</param>
    /// <param name="otherwise">Where to write without a file.</param>
    /// <param name="form">CSV or JSON, clips or windows.</param>
    /// <param name="work">Writes the predictions.</param>
    /// <returns>What the work returns.</returns>
    public static bool Run(
        EmotionModel model, string? path, TextWriter otherwise, PredictionForm form, Func<PredictionOutput, bool> work)
    {
        if (path is null)
        {
            return RunOn(otherwise);
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
            using PredictionOutput output = new(model, writer, form);
            bool done = work(output);
            output.Finish();
            return done;
        }
    }

    /// <summary>Writes the answers of some clips, a row each.</summary>
    public void Write(IReadOnlyList<string> clips, EmotionPredictions predictions)
    {
        for (int i = 0; i < clips.Count; i++)
        {
            WriteRow(clips[i], null, predictions, i);
        }
    }

    /// <summary>Writes the answers along a clip, a row for each window.</summary>
    public void Write(string clip, WindowAnswers windows)
    {
        for (int i = 0; i < windows.Times.Count; i++)
        {
            WriteRow(clip, windows.Times[i], windows.Predictions, i);
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

    private void WriteRow(string clip, (double Start, double End)? times, EmotionPredictions predictions, int row)
    {
        if (json is not null)
        {
            WriteObject(clip, times, predictions, row);
            return;
        }

        WriteRecord(
        [
            clip,
            .. times is { } window ? [Time(window.Start), Time(window.End)] : Array.Empty<string>(),
            .. predictions.Labels is { } labels ? [labels[row]] : Array.Empty<string>(),
            .. Numbers(predictions, row).Select(number => number.Value.ToString("R", CultureInfo.InvariantCulture)),
        ]);
    }

    private void WriteRecord(IEnumerable<string> fields)
    {
        foreach (string field in fields)
        {
            csv!.WriteField(field);
        }

        csv!.EndRecord();
    }

    private void WriteObject(string clip, (double Start, double End)? times, EmotionPredictions predictions, int row)
    {
        json!.WriteStartObject();
        json.WriteString("clip", clip);
        if (times is { } window)
        {
            json.WritePropertyName("start");
            json.WriteRawValue(Time(window.Start));
            json.WritePropertyName("end");
            json.WriteRawValue(Time(window.End));
        }

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

    // To a microsecond: no sample rate needs more, and thirds of a second have an end.
    private static string Time(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);

    private IEnumerable<(string Name, float Value)> Numbers(EmotionPredictions predictions, int row) =>
        predictions.Probabilities is { } probabilities
            ? model.Classes.Select((name, k) => ($"p_{name}", probabilities[row, k]))
            : model.Targets.Select(target => (target, predictions.Values[target][row]));
}

/// <summary>What a written prediction looks like.</summary>
/// <param name="IsJson">JSON instead of CSV.</param>
/// <param name="HasWindows">Whether a row is a window of a clip, which says where it starts and ends.</param>
public sealed record PredictionForm(bool IsJson, bool HasWindows);
