using System.Globalization;
using CsvHelper;
using SerLab.Core;

namespace SerLab.Datasets.Tables;

/// <summary>
/// Feature tables as CSV: first column <c>clip</c>, then the features by name; UTF-8, invariant numbers with as many digits as
/// give the same float32 back.
/// </summary>
public static class FeatureTableCsv
{
    /// <summary>The name of the first column.</summary>
    public const string ClipColumn = "clip";

    /// <summary>Writes a file, replacing an old one only when all is written.</summary>
    public static void Write(FeatureTable table, string path) => AtomicFile.Write(path, stream =>
    {
        using StreamWriter writer = new(stream, leaveOpen: true);
        Write(table, writer);
    });

    /// <summary>Writes to a text writer, e.g. standard output.</summary>
    public static void Write(FeatureTable table, TextWriter writer)
    {
        using CsvWriter csv = CsvRecords.WriterTo(writer);
        csv.WriteCells([ClipColumn, .. table.FeatureNames]);
        for (int row = 0; row < table.ClipIds.Count; row++)
        {
            csv.WriteField(SpreadsheetText.Write(table.ClipIds[row]));
            foreach (float value in table.Values.Row(row))
            {
                csv.WriteField(value.ToString("R", CultureInfo.InvariantCulture));
            }

            csv.EndRecord();
        }
    }

    /// <summary>
    /// Reads what <see cref="Write(FeatureTable, string)"/> wrote; values must be finite and clips all different.
    /// </summary>
    /// <exception cref="InvalidInputException">The file is not such a table; the message names file, line and column.</exception>
    public static FeatureTable Read(string path)
    {
        CsvDocument csv = CsvDocument.Read(path);
        if (csv.Header[0] != ClipColumn || csv.Header.Count < 2)
        {
            throw new InvalidInputException(
                $"'{path}' is not a feature table: its first column should be '{ClipColumn}', followed by at least one feature.");
        }

        int[] columns = [.. Enumerable.Range(1, csv.Header.Count - 1)];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (CsvRow row in csv.Rows)
        {
            string clip = csv.Text(row, 0);
            if (!seen.Add(clip))
            {
                throw csv.Wrong(row, 0, $"is '{clip}', a clip that an earlier line has already");
            }
        }

        return FromColumns(csv, columns, [.. csv.Rows.Select(row => row.Fields[0])], csv.Rows);
    }

    /// <summary>The numeric columns of some rows as a feature table.</summary>
    internal static FeatureTable FromColumns(
        CsvDocument csv, IReadOnlyList<int> columns, IReadOnlyList<string> clipIds, IReadOnlyList<CsvRow> rows)
    {
        float[] values = new float[rows.Count * columns.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < columns.Count; j++)
            {
                float value = (float)csv.Number(rows[i], columns[j]);
                values[(i * columns.Count) + j] = float.IsFinite(value)
                    ? value
                    : throw csv.Wrong(rows[i], columns[j], $"is '{rows[i].Fields[columns[j]]}', beyond the range of float32");
            }
        }

        return new FeatureTable(
            clipIds, [.. columns.Select(c => csv.Header[c])], new FeatureMatrix(values, rows.Count, columns.Count));
    }
}
