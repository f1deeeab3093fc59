using System.Globalization;
using System.Text;
using CsvHelper;
using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Explorer.Library;

/// <summary>
/// Where people say that an answer should have been another: <c>labels.csv</c> beside the sounds, a corpus that <c>train
/// --dataset</c> takes. A row needs every target, so what was not corrected is as the model said. Thread-safe.
/// </summary>
internal sealed class Corrections
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "labels.csv";

    private readonly Lock changing = new();
    private readonly string path;
    private readonly string[] columns;
    private readonly IReadOnlyList<string> classes;
    private readonly SortedDictionary<string, Correction> rows = new(StringComparer.Ordinal);

    /// <summary>Reads what is there.</summary>
    /// <param name="folder">The folder of the sounds.</param>
    /// <param name="targets">Ratings that are corrected; none for classes.</param>
    /// <param name="classes">Classes; none for ratings.</param>
    public Corrections(string folder, IReadOnlyList<string> targets, IReadOnlyList<string> classes)
    {
        path = Path.Combine(folder, FileName);
        columns = ["file", .. targets.Count > 0 ? targets : ["label"]];
        this.classes = classes;
        try
        {
            Read();
        }
        catch (Exception e) when (e is InvalidInputException or IOException or UnauthorizedAccessException)
        {
            // Said when something is to be saved; until then it need not trouble anybody.
        }
    }

    /// <summary>How many sounds are corrected.</summary>
    public int Count
    {
        get
        {
            lock (changing)
            {
                return rows.Count;
            }
        }
    }

    /// <summary>The correction of a sound, or none.</summary>
    public Correction? Find(string sound)
    {
        lock (changing)
        {
            return rows.GetValueOrDefault(sound);
        }
    }

    /// <summary>Corrects ratings.</summary>
    /// <param name="row">The sound.</param>
    /// <param name="values">New ratings by target, within [-1, 1].</param>
    /// <exception cref="InvalidInputException">
    /// There is no such rating, it is out of range, or the file is not one of corrections.
    /// </exception>
    public void Teach(SoundRow row, IReadOnlyDictionary<string, double> values)
    {
        string[] targets = columns[1..];
        if (values.FirstOrDefault(value => classes.Count > 0 || !targets.Contains(value.Key)).Key is { } unknown)
        {
            throw new InvalidInputException($"This model does not rate '{unknown}'.");
        }

        if (values.FirstOrDefault(value => !(Math.Abs(value.Value) <= 1)) is { Key: { } wrong })
        {
            throw new InvalidInputException($"The {wrong} is out of range: -1 to 1 was expected.");
        }

        Change(() =>
        {
            Correction? before = rows.GetValueOrDefault(row.Path);
            rows[row.Path] = new Correction(
                targets.Select((target, k) => KeyValuePair.Create(
                    target,
                    values.TryGetValue(target, out double value)
                        ? value
                        : before?.Values[target] ?? Math.Clamp(row.Answers[k], -1, 1)))
                    .ToDictionary(),
                null);
        });
    }

    /// <summary>Corrects a class.</summary>
    /// <exception cref="InvalidInputException">There is no such class, or the file is not one of corrections.</exception>
    public void Teach(SoundRow row, string label)
    {
        if (!classes.Contains(label))
        {
            throw new InvalidInputException($"This model knows no class '{label}'.");
        }

        Change(() => rows[row.Path] = new Correction(new Dictionary<string, double>(), label));
    }

    /// <summary>Takes a correction back.</summary>
    public void Forget(SoundRow row) => Change(() => rows.Remove(row.Path));

    private void Change(Action change)
    {
        lock (changing)
        {
            // Somebody else, or another explorer, may have changed or moved the file meanwhile.
            Read();
            change();
            if (rows.Count == 0)
            {
                // A corpus without clips is none, and could not be read the next time.
                File.Delete(path);
                return;
            }

            AtomicFile.Write(path, Text());
        }
    }

    private string Text()
    {
        StringBuilder text = new();
        using (StringWriter writer = new(text))
        using (CsvWriter csv = CsvRecords.WriterTo(writer))
        {
            csv.WriteCells(columns);
            foreach ((string sound, Correction correction) in rows)
            {
                csv.WriteCells([sound, .. correction.Label is { } label ? [label] : columns[1..].Select(Number)]);
                string Number(string target) => correction.Values[target].ToString("R", CultureInfo.InvariantCulture);
            }
        }

        return text.ToString();
    }

    private void Read()
    {
        rows.Clear();
        if (!File.Exists(path))
        {
            return;
        }

        CsvDocument csv = CsvDocument.Read(path);
        if (!csv.Header.SequenceEqual(columns))
        {
            throw new InvalidInputException(
                $"'{path}' has the columns {string.Join(", ", csv.Header)}, and corrections of this model have "
                + $"{string.Join(", ", columns)}: it is left as it is. Move it elsewhere to collect corrections here.");
        }

        foreach (Datasets.Tables.CsvRow row in csv.Rows)
        {
            rows[csv.Text(row, 0)] = classes.Count > 0
                ? new Correction(new Dictionary<string, double>(), csv.Text(row, 1))
                : new Correction(
                    columns.Skip(1).Select((t, k) => KeyValuePair.Create(t, csv.Number(row, k + 1))).ToDictionary(), null);
        }
    }
}

/// <summary>What an answer should have been.</summary>
/// <param name="Values">Ratings by target; none for classes.</param>
/// <param name="Label">The class; none for ratings.</param>
internal sealed record Correction(IReadOnlyDictionary<string, double> Values, string? Label);
