using System.Globalization;
using CsvHelper;
using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Evaluation.Records;

/// <summary>CSV as the run folder has it, with numbers that read back to the same bits.</summary>
internal static class CsvText
{
    public static string Write(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        using (CsvWriter csv = CsvRecords.WriterTo(text))
        {
            foreach (IEnumerable<string> row in rows.Prepend(header))
            {
                csv.WriteCells(row);
            }
        }

        return text.ToString();
    }

    /// <summary>All rows with the header first, each with the number of its line.</summary>
    public static IEnumerable<(int Line, string[] Fields)> Read(string text)
    {
        CsvReaderOptions options = new() { Separator = ',', HasHeader = false, TrackLineNumbers = true };
        using CsvReader csv = CsvReader.FromText(text, options);
        while (csv.Read())
        {
            yield return (
                (int)csv.LineNumber,
                [.. Enumerable.Range(0, csv.FieldCount).Select(i => SpreadsheetText.Read(csv.GetString(i)))]);
        }
    }

    /// <summary>The shortest text that reads back to the same bits.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static int ParseIndex(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    public static double ParseNumber(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
