using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using SerLab.Core;
using SerLab.Datasets.Tables;
using SerLab.Models;

namespace SerLab.Prediction;

/// <summary>
/// Writes predictions as CSV (the clip first, then where windows of it start and end, last how sure the answers are) or as one
/// JSON array.
/// </summary>
public sealed class PredictionOutput : IDisposable
{
    private const char SetSeparator = '|';

    private readonly IReadOnlyList<string> targets;
    private readonly IReadOnlyList<string> classes;
    private readonly AnswerDoubts doubts;
    private readonly TextWriter writer;
    private readonly CsvWriter? csv;
    private readonly Utf8JsonWriter? json;
    private readonly MemoryStream jsonText = new();
    private bool isEmpty = true;

    private PredictionOutput(
        IReadOnlyList<string> targets,
        IReadOnlyList<string> classes,
        AnswerDoubts doubts,
        TextWriter writer,
        PredictionForm form)
    {
        this.targets = targets;
        this.classes = classes;
        this.doubts = doubts;
        this.writer = writer;
        if (form.IsJson)
        {
            json = new Utf8JsonWriter(jsonText, new JsonWriterOptions { Indented = true });
            json.WriteStartArray();
            return;
        }

        csv = CsvRecords.WriterTo(writer);
        string[] times = form.HasWindows ? ["start", "end"] : [];
        IEnumerable<string> answers =
            targets.Count > 0 ? targets : ["label", .. classes.Select(name => $"p_{name}")];
        csv!.WriteCells(
        [
            "clip",
            .. times,
            .. answers,
            .. doubts.Intervals.SelectMany(target => new[] { ModelOutputs.Low(target), ModelOutputs.High(target) }),
            .. Only(doubts.HasSets, ModelOutputs.PredictionSet),
            .. Only(doubts.HasFamiliarity, ModelOutputs.Familiarity),
        ]);
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
    /// <exception cref="InvalidInputException">Not one answer came for a file, which is left as it was.</exception>
    public static bool Run(
        EmotionModel model, string? path, TextWriter otherwise, PredictionForm form, Func<PredictionOutput, bool> work)
    {
        if (path is null)
        {
            return RunOn(otherwise).Result;
        }

        bool result = false;
        AtomicFile.Write(path, stream =>
        {
            using StreamWriter file = new(stream, new UTF8Encoding(false), leaveOpen: true);
            (result, bool isEmpty) = RunOn(file);
            if (isEmpty)
            {
                throw new InvalidInputException($"No sound has an answer, so '{path}' is left as it was.");
            }
        });
        return result;

        (bool Result, bool IsEmpty) RunOn(TextWriter writer)
        {
            using PredictionOutput output = new(model.Targets, model.Classes, model.Doubts, writer, form);
            bool done = work(output);
            output.Finish();
            return (done, output.isEmpty);
        }
    }

    /// <summary>Writes answers that are kept row by row, as CSV, digit for digit as <see cref="Run"/> does.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="targets">Ratings; none for classes.</param>
    /// <param name="classes">Classes; none for ratings.</param>
    /// <param name="rows">The answers.</param>
    /// <param name="doubts">What is said of how sure they are; none: nothing.</param>
    public static void Write(
        TextWriter writer,
        IReadOnlyList<string> targets,
        IReadOnlyList<string> classes,
        IEnumerable<PredictedRow> rows,
        AnswerDoubts? doubts = null)
    {
        using PredictionOutput output = new(
            targets, classes, doubts ?? AnswerDoubts.None, writer, new PredictionForm(IsJson: false, HasWindows: false));
        foreach (PredictedRow row in rows)
        {
            output.WriteRow(row, null);
        }

        output.Finish();
    }

    /// <summary>Writes the answers of some clips, a row each.</summary>
    public void Write(IReadOnlyList<string> clips, EmotionPredictions predictions)
    {
        for (int i = 0; i < clips.Count; i++)
        {
            WriteRow(RowOf(clips[i], predictions, i), null);
        }
    }

    /// <summary>Writes the answers along a clip, a row for each window.</summary>
    public void Write(string clip, WindowAnswers windows)
    {
        for (int i = 0; i < windows.Times.Count; i++)
        {
            WriteRow(RowOf(clip, windows.Predictions, i), windows.Times[i]);
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

    private void WriteRow(PredictedRow row, (double Start, double End)? times)
    {
        isEmpty = false;
        if (json is not null)
        {
            WriteObject(row, times);
            return;
        }

        csv!.WriteCells(
        [
            row.Clip,
            .. times is { } window ? [Time(window.Start), Time(window.End)] : Array.Empty<string>(),
            .. row.Label is { } label ? [label] : Array.Empty<string>(),
            .. row.Numbers.Concat(Ends(row)).Select(Number),
            .. Only(doubts.HasSets, string.Join(SetSeparator, row.Set ?? [])),
            .. Only(doubts.HasFamiliarity, Number(row.Familiarity ?? float.NaN)),
        ]);
    }

    private void WriteObject(PredictedRow row, (double Start, double End)? times)
    {
        json!.WriteStartObject();
        json.WriteString("clip", row.Clip);
        if (times is { } window)
        {
            json.WritePropertyName("start");
            json.WriteRawValue(Time(window.Start));
            json.WritePropertyName("end");
            json.WriteRawValue(Time(window.End));
        }

        if (row.Label is { } label)
        {
            json.WriteString("label", label);
        }

        IEnumerable<string> names = targets.Count > 0 ? targets : classes.Select(name => $"p_{name}");
        IEnumerable<string> ends =
            doubts.Intervals.SelectMany(target => new[] { ModelOutputs.Low(target), ModelOutputs.High(target) });
        foreach ((string name, float value) in names.Concat(ends).Zip(row.Numbers.Concat(Ends(row))))
        {
            WriteNumber(name, value);
        }

        if (doubts.HasSets)
        {
            json.WriteStartArray(ModelOutputs.PredictionSet);
            foreach (string name in row.Set ?? [])
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        if (doubts.HasFamiliarity)
        {
            WriteNumber(ModelOutputs.Familiarity, row.Familiarity ?? float.NaN);
        }

        json.WriteEndObject();
    }

    private void WriteNumber(string name, float value)
    {
        if (float.IsFinite(value))
        {
            json!.WriteNumber(name, value);
        }
        else
        {
            json!.WriteNull(name);
        }
    }

    private IEnumerable<float> Ends(PredictedRow row) => doubts.Intervals.SelectMany(target =>
        row.Intervals.TryGetValue(target, out RatingInterval interval)
            ? new[] { interval.Low, interval.High }
            : [float.NaN, float.NaN]);

    private static string[] Only(bool isThere, string field) => isThere ? [field] : [];

    private static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    // To a microsecond: no sample rate needs more, and thirds of a second have an end.
    private static string Time(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);

    private PredictedRow RowOf(string clip, EmotionPredictions predictions, int row) => new(
        clip,
        predictions.Labels?[row],
        predictions.Probabilities is { } probabilities
            ? probabilities.Row(row).ToArray()
            : [.. targets.Select(target => predictions.Values[target][row])])
    {
        Intervals = predictions.Intervals.ToDictionary(target => target.Key, target => target.Value[row]),
        Set = predictions.Sets?[row],
        Familiarity = predictions.Familiarity?[row],
    };
}

/// <summary>One clip's answer.</summary>
/// <param name="Clip">What the table calls the clip.</param>
/// <param name="Label">The class; none for ratings.</param>
/// <param name="Numbers">Ratings in the order of the targets; for classes, probabilities in theirs.</param>
public sealed record PredictedRow(string Clip, string? Label, IReadOnlyList<float> Numbers)
{
    /// <summary>The intervals of ratings, by name; none where the model has none.</summary>
    public IReadOnlyDictionary<string, RatingInterval> Intervals { get; init; } = new Dictionary<string, RatingInterval>();

    /// <summary>The classes that cannot be ruled out; none where the model does not say.</summary>
    public IReadOnlyList<string>? Set { get; init; }

    /// <summary>How near the sound is to what the model learnt from; none where the model does not say.</summary>
    public float? Familiarity { get; init; }
}

/// <summary>What a written prediction looks like.</summary>
/// <param name="IsJson">JSON instead of CSV.</param>
/// <param name="HasWindows">Whether a row is a window of a clip, which says where it starts and ends.</param>
public sealed record PredictionForm(bool IsJson, bool HasWindows);
