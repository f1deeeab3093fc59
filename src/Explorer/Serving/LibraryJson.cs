using System.Buffers;
using System.Text.Json;
using SerLab.Explorer.Library;
using SerLab.Models;
using SerLab.Prediction;
using SerLab.Training.Familiarity;

namespace SerLab.Explorer.Serving;

/// <summary>What the page is told, as JSON: columns rather than rows, since a hundred thousand are half as long.</summary>
internal static class LibraryJson
{
    /// <summary>What a page that is sent says of how often it changed.</summary>
    public const int StaticRevision = 1;

    private const int WindowSeconds = 6;

    /// <summary>What the library is, and how far it is.</summary>
    /// <param name="library">The library.</param>
    /// <param name="restart">The command that serves it; none: nobody answers, and what needs a server cannot be done.</param>
    public static byte[] State(SoundLibrary library, string? restart) => Write(json =>
    {
        bool isStatic = restart is null;
        LibraryFacts facts = library.Facts;
        json.WriteStartObject();
        json.WriteString("title", facts.Title);

        // A page that is sent tells nobody where its maker keeps sounds.
        json.WriteString("root", isStatic ? "" : facts.Root);
        json.WriteString("kind", facts.Kind);
        json.WriteString("restart", restart);
        json.WriteString("tablePrefix", library.TablePrefix);
        Strings(json, "notes", facts.Notes);
        Strings(json, "remarks", facts.Remarks);
        json.WriteStartObject("model");
        json.WriteString("name", facts.ModelName);
        json.WriteStartArray("targets");
        foreach (string target in facts.Targets)
        {
            json.WriteStartObject();
            json.WriteString("name", target);
            json.WriteNumber("low", -1);
            json.WriteNumber("high", 1);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Strings(json, "classes", facts.Classes);
        json.WriteStartObject("doubts");
        Strings(json, "intervals", facts.Doubts.Intervals);
        json.WriteBoolean("sets", facts.Doubts.HasSets);
        json.WriteBoolean("familiarity", facts.Doubts.HasFamiliarity);
        json.WriteNumber("unfamiliar", FamiliarityModel.Unfamiliar);
        json.WriteEndObject();
        json.WriteNumber("windowSeconds", WindowSeconds);
        if (facts.SampleRate is { } rate)
        {
            json.WriteNumber("sampleRate", rate);
        }

        json.WriteEndObject();
        json.WriteStartArray("choices");
        foreach (LibraryChoice choice in isStatic ? [] : library.Choices.Where(choice => choice.Options.Count > 1))
        {
            json.WriteStartObject();
            json.WriteString("name", choice.Name);
            json.WriteString("chosen", choice.Chosen);
            Strings(json, "options", choice.Options);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("abilities");
        json.WriteBoolean("upload", !isStatic && library.Desk is not null);
        json.WriteBoolean("teach", !isStatic && library.Corrections is not null);
        json.WriteBoolean("similar", library.Similarity is not null);
        json.WriteBoolean("windows", !isStatic && library.Desk is not null);
        json.WriteBoolean("zip", !isStatic);
        json.WriteEndObject();
        json.WritePropertyName("progress");
        Progress(json, library, withRevision: false);
        json.WriteNumber("revision", isStatic ? StaticRevision : library.Rows.Revision);
        json.WriteEndObject();
    });

    /// <summary>How far the library is.</summary>
    public static byte[] Progress(SoundLibrary library) => Write(json => Progress(json, library, withRevision: true));

    /// <summary>Rows as columns.</summary>
    public static byte[] Columns(SoundLibrary library, RowChanges changes) => Write(json =>
    {
        LibraryFacts facts = library.Facts;
        IReadOnlyList<SoundRow> rows = changes.Rows;
        json.WriteStartObject();
        json.WriteNumber("revision", changes.Revision);
        Column(json, "id", rows, row => json.WriteNumberValue(row.Id));
        Column(json, "path", rows, row => json.WriteStringValue(row.Path));
        Column(json, "seconds", rows, row => Number(json, row.Seconds));
        Column(json, "loudness", rows, row => Number(json, row.Loudness));
        Column(json, "brightness", rows, row => Number(json, row.Brightness));
        Table(json, "values", facts.Targets, rows, (row, k) => Number(json, row.Answers[k]));
        if (facts.Classes.Count > 0)
        {
            Column(json, "label", rows, row => json.WriteStringValue(row.Label));
            if (rows.All(row => row.Answers.Length == facts.Classes.Count))
            {
                Table(json, "probabilities", facts.Classes, rows, (row, k) => Number(json, row.Answers[k]));
            }
        }

        if (rows.Any(row => row.Low.Length > 0))
        {
            Table(json, "low", facts.Targets, rows, (row, k) => Number(json, row.Low[k]));
            Table(json, "high", facts.Targets, rows, (row, k) => Number(json, row.High[k]));
        }

        if (rows.Any(row => row.MayBe.Length > 0))
        {
            Column(json, "mayBe", rows, row => Strings(json, row.MayBe));
        }

        if (rows.Any(row => float.IsFinite(row.Familiarity)))
        {
            Column(json, "familiarity", rows, row => Number(json, row.Familiarity));
        }

        if (facts.Kind == "run")
        {
            Table(json, "truth", facts.Targets, rows, (row, k) => Number(json, row.Truth!.Values[k]));
            if (facts.Classes.Count > 0)
            {
                Column(json, "trueLabel", rows, row => json.WriteStringValue(row.Truth!.Label));
            }

            Column(json, "group", rows, row => json.WriteStringValue(row.Truth!.Group));
            Column(json, "fold", rows, row => json.WriteNumberValue(row.Truth!.Fold));
        }

        Taught(json, library, rows);
        Column(json, "brought", [.. rows.Where(row => row.IsBrought)], row => json.WriteNumberValue(row.Id));
        json.WriteStartArray("failed");
        foreach ((string path, string error) in changes.Failed)
        {
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteString("error", error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("gone");
        foreach (int id in changes.Gone)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The outline of a sound.</summary>
    public static byte[] Waveform(SoundRow row) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("peaks");
        foreach (sbyte value in row.Outline)
        {
            json.WriteNumberValue(Math.Round(value / 127.0, 3));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Sounds like another.</summary>
    public static byte[] Similar(IReadOnlyList<(int Id, double Distance)> nearest) => Write(json =>
    {
        json.WriteStartObject();
        Column(json, "id", nearest, near => json.WriteNumberValue(near.Id));
        Column(json, "distance", nearest, near => json.WriteNumberValue((float)near.Distance));
        json.WriteEndObject();
    });

    /// <summary>Answers along a recording.</summary>
    public static byte[] Windows(LibraryFacts facts, double seconds, IReadOnlyList<WindowAnswers> answers) => Write(json =>
    {
        (WindowAnswers Part, int Row)[] windows =
            [.. answers.SelectMany(part => Enumerable.Range(0, part.Times.Count).Select(row => (part, row)))];
        json.WriteStartObject();
        Column(json, "start", windows, window => json.WriteNumberValue(Math.Round(window.Part.Times[window.Row].Start, 6)));
        json.WriteNumber("seconds", seconds);
        json.WriteStartObject("values");
        foreach (string target in facts.Targets)
        {
            Column(json, target, windows, window => Number(json, window.Part.Predictions.Values[target][window.Row]));
        }

        json.WriteEndObject();
        Table(json, "low", facts.Doubts.Intervals, windows, (window, k) => Number(json, IntervalOf(window, k).Low));
        Table(json, "high", facts.Doubts.Intervals, windows, (window, k) => Number(json, IntervalOf(window, k).High));
        if (facts.Classes.Count > 0)
        {
            Column(json, "label", windows, window => json.WriteStringValue(window.Part.Predictions.Labels![window.Row]));
            Table(json, "probabilities", facts.Classes, windows, (window, k) =>
                Number(json, window.Part.Predictions.Probabilities![window.Row, k]));
        }

        json.WriteEndObject();

        RatingInterval IntervalOf((WindowAnswers Part, int Row) window, int k) =>
            window.Part.Predictions.Intervals[facts.Doubts.Intervals[k]][window.Row];
    });

    /// <summary>A short answer.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        write(json);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Progress(Utf8JsonWriter json, SoundLibrary library, bool withRevision)
    {
        LibraryProgress progress = library.Progress;
        json.WriteStartObject();
        json.WriteNumber("done", progress.Done);
        json.WriteNumber("total", progress.Total);
        json.WriteNumber("failed", library.Rows.Failed);
        if (progress.SecondsLeft is { } left)
        {
            json.WriteNumber("secondsLeft", Math.Round(left, 1));
        }
        else
        {
            json.WriteNull("secondsLeft");
        }

        json.WriteBoolean("working", progress.Working);
        json.WriteString("shown", string.Join(", ", library.Choices.Select(choice => choice.Chosen)));
        if (withRevision)
        {
            json.WriteNumber("revision", library.Rows.Revision);
        }

        json.WriteEndObject();
    }

    private static void Taught(Utf8JsonWriter json, SoundLibrary library, IReadOnlyList<SoundRow> rows)
    {
        json.WriteStartObject("taught");
        foreach (SoundRow row in library.Corrections is { Count: > 0 } ? rows : [])
        {
            if (!row.IsBrought && library.Corrections!.Find(row.Path) is { } correction)
            {
                json.WriteStartObject(row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
                json.WriteStartObject("values");
                foreach ((string target, double value) in correction.Values)
                {
                    json.WriteNumber(target, value);
                }

                json.WriteEndObject();
                json.WriteString("label", correction.Label);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private static void Table<T>(
        Utf8JsonWriter json, string name, IReadOnlyList<string> columns, IReadOnlyList<T> rows, Action<T, int> write)
    {
        json.WriteStartObject(name);
        for (int k = 0; k < columns.Count; k++)
        {
            int column = k;
            Column(json, columns[k], rows, row => write(row, column));
        }

        json.WriteEndObject();
    }

    private static void Column<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> rows, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T row in rows)
        {
            write(row);
        }

        json.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IReadOnlyList<string> texts) =>
        Column(json, name, texts, json.WriteStringValue);

    private static void Strings(Utf8JsonWriter json, IReadOnlyList<string> texts)
    {
        json.WriteStartArray();
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void Number(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
