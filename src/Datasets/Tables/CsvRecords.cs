using CsvHelper;
using SerLab.Core;

namespace SerLab.Datasets.Tables;

/// <summary>
/// How CSV is written: RFC 4180 quoting, also of cells that begin or end with blanks, line feeds, and no cell that a spreadsheet
/// would run.
/// </summary>
internal static class CsvRecords
{
    /// <summary>A writer that leaves the text open.</summary>
    public static CsvWriter WriterTo(TextWriter text)
    {
        CsvWriterOptions options = new() { NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace };
        return CsvWriter.Create(text, options, leaveOpen: true);
    }

    /// <summary>Writes cells as one record.</summary>
    public static void WriteCells(this CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (string cell in cells)
        {
            csv.WriteField(SpreadsheetText.Write(cell));
        }

        csv.EndRecord();
    }
}
