using System.Globalization;

namespace SerLab.Core;

/// <summary>
/// Text as a cell of a table that somebody may open in a spreadsheet, which takes what begins with =, +, - or @ for a formula and
/// runs it. Such text (numbers excepted) is written with an apostrophe before it and read without it, so that tables keep what
/// they were given.
/// </summary>
internal static class SpreadsheetText
{
    private const char Guard = '\'';

    /// <summary>The text as it is written.</summary>
    public static string Write(string text) => IsFormula(text.AsSpan().TrimStart(Guard)) ? Guard + text : text;

    /// <summary>The text that was written so.</summary>
    public static string Read(string cell) =>
        cell.StartsWith(Guard) && IsFormula(cell.AsSpan().TrimStart(Guard)) ? cell[1..] : cell;

    private static bool IsFormula(ReadOnlySpan<char> text) =>
        text is ['=' or '@' or '\t' or '\r', ..]
        || (text is ['+' or '-', ..] && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
