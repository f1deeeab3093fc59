using System.Globalization;
using CsvHelper;
using SerLab.Core;

namespace SerLab.Datasets.Tables;

/// <summary>
/// A CSV file in memory that remembers its lines, so that every complaint about a value can say where it is. Comma-separated
/// unless said otherwise, UTF-8 with or without byte order mark, line ends CR, LF or CRLF, invariant numbers.
/// </summary>
internal sealed class CsvDocument
{
    private CsvDocument(string path, string[] header, IReadOnlyList<CsvRow> rows)
    {
        Path = path;
        Header = header;
        Rows = rows;
    }

    /// <summary>The file, as the caller named it.</summary>
    public string Path { get; }

    /// <summary>The names of the columns; empty for a file without header.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The rows after the header, blank lines left out, all of the same width.</summary>
    public IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasHeader">Whether the first row names the columns.</param>
    /// <param name="separator">What stands between columns.</param>
    /// <exception cref="InvalidInputException">
    /// No such file, no rows, unequal widths, bad quoting, or a column name used twice.
    /// </exception>
    public static CsvDocument Read(string path, bool hasHeader = true, char separator = ',')
    {
        List<CsvRow> rows = File.Exists(path) && !RegularFile.HasContent(path) ? [] : ReadRows(path, separator);
        if (rows.Count <= (hasHeader ? 1 : 0))
        {
            throw new InvalidInputException($"The CSV file '{path}' has no rows of data.");
        }

        int width = rows[0].Fields.Length;
        foreach (CsvRow row in rows)
        {
            if (row.Fields.Length != width)
            {
                throw new InvalidInputException(
                    $"Line {row.Line} of '{path}' has {row.Fields.Length} columns, "
                        + $"and {width} were expected as in its first line.");
            }
        }

        string[] header = hasHeader ? rows[0].Fields : [];
        if (header.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } repeated)
        {
            throw new InvalidInputException($"The header of '{path}' names the column '{repeated.Key}' more than once.");
        }

        return new CsvDocument(path, header, hasHeader ? rows[1..] : rows);
    }

    /// <summary>The position of a column.</summary>
    /// <exception cref="InvalidInputException">There is none of that name; the message offers the nearest.</exception>
    public int Column(string name)
    {
        for (int i = 0; i < Header.Count; i++)
        {
            if (Header[i] == name)
            {
                return i;
            }
        }

        // A file that does not fit is bad input, not a mistyped argument, for which UnknownNameException stands.
        throw new InvalidInputException(NearestName.Unknown($"column in '{Path}' called", name, Header).Message);
    }

    /// <summary>A value that must not be blank.</summary>
    public string Text(CsvRow row, int column) =>
        row.Fields[column].Length > 0 ? row.Fields[column] : throw Wrong(row, column, "is blank, and a value was expected");

    /// <summary>A value that must be a finite number.</summary>
    public double Number(CsvRow row, int column)
    {
        string text = Text(row, column);
        return TryNumber(text, out double number)
            ? number
            : throw Wrong(row, column, $"is '{text}', and a finite number was expected");
    }

    /// <summary>The error for a value: file, line and column, then what is wrong with it.</summary>
    public InvalidInputException Wrong(CsvRow row, int column, string problem)
    {
        string name = Header.Count > 0 ? $"'{Header[column]}'" : $"{column + 1}";
        return new InvalidInputException($"Line {row.Line} of '{Path}': column {name} {problem}.");
    }

    /// <summary>Whether a text is a finite number in invariant notation.</summary>
    public static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static List<CsvRow> ReadRows(string path, char separator)
    {
        CsvReaderOptions options = new()
        {
            Separator = separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        try
        {
            using CsvReader reader = CsvReader.FromFile(path, options);
            List<CsvRow> rows = [];
            while (reader.Read())
            {
                string[] fields =
                    [.. Enumerable.Range(0, reader.FieldCount).Select(i => SpreadsheetText.Read(reader.GetString(i)))];
                if (fields.Length > 1 || fields[0].Length > 0)
                {
                    rows.Add(new CsvRow((int)reader.LineNumber, fields));
                }
            }

            return rows;
        }
        catch (CsvFormatException e)
        {
            throw new InvalidInputException(
                $"Line {e.LineNumber} of '{path}' has a quotation mark in the wrong place; "
                    + "quote whole fields and double the marks inside.",
                e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidInputException($"There is no CSV file '{path}'.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"The CSV file '{path}' cannot be read: {e.Message}", e);
        }
    }
}

/// <summary>One row of a CSV file: the line it starts on, counted from 1, and its trimmed fields.</summary>
internal readonly record struct CsvRow(int Line, string[] Fields);
