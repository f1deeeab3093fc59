using System.Globalization;
using SerLab.Core;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// The words of one layer as a user writes it, e.g. <c>conv 16 3x3 stride 2x2 valid</c>: taken one after the other.
/// </summary>
internal sealed class LayerArguments
{
    private readonly string text;
    private readonly List<string> words;

    /// <summary>Splits a layer into words; the first is its name.</summary>
    public LayerArguments(string text)
    {
        this.text = text;
        words = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        Name = Next("a name");
    }

    /// <summary>The name of the layer.</summary>
    public string Name { get; }

    /// <summary>The next word, a whole number.</summary>
    public int Number(string what) => int.TryParse(Next(what), CultureInfo.InvariantCulture, out int number)
        ? number
        : throw Wrong($"{what} is a whole number");

    /// <summary>The next word, a number; a standard where there is none.</summary>
    public double Share(string what, double? standard = null) => words.Count == 0 && standard is { } given
        ? given
        : double.TryParse(Next(what), CultureInfo.InvariantCulture, out double number)
            ? number
            : throw Wrong($"{what} is a number");

    /// <summary>The next word, rows x columns or the length along a series.</summary>
    public Extent Extent(string what) => OptionalExtent() ?? throw Wrong($"{what} is rows x columns, or a length along a series");

    /// <summary>The same, if the next word is such.</summary>
    public Extent? OptionalExtent()
    {
        int[] lengths = words.Count == 0
            ? []
            : [.. words[0].Split('x').Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out int n) ? n : -1)];
        if (lengths.Length is not (1 or 2) || lengths.Contains(-1))
        {
            return null;
        }

        words.RemoveAt(0);
        return lengths.Length == 1 ? Layers.Extent.Series(lengths[0]) : new Extent(lengths[0], lengths[1]);
    }

    /// <summary>The next word, rows x columns x channels.</summary>
    public GridShape Grid(string what)
    {
        int[] lengths =
            [.. Next(what).Split('x').Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out int n) ? n : 0)];
        return lengths is [> 0 and var rows, > 0 and var columns, > 0 and var channels]
            ? new GridShape(rows, columns, channels)
            : throw Wrong($"{what} is rows x columns x channels");
    }

    /// <summary>An extent that follows a word anywhere; a standard without that word.</summary>
    public Extent After(string word, Extent standard)
    {
        int at = words.IndexOf(word);
        if (at < 0)
        {
            return standard;
        }

        List<string> before = words[..at];
        words.RemoveRange(0, at + 1);
        Extent extent = Extent(word);
        words.InsertRange(0, before);
        return extent;
    }

    /// <summary>Whether a word is there; it is taken.</summary>
    public bool Has(string word) => words.Remove(word);

    /// <summary>Refuses what nobody took.</summary>
    public void End()
    {
        if (words.Count > 0)
        {
            throw Wrong($"'{words[0]}' is not known there");
        }
    }

    private string Next(string what)
    {
        if (words.Count == 0)
        {
            throw Wrong($"{what} is missing");
        }

        string word = words[0];
        words.RemoveAt(0);
        return word;
    }

    private InvalidInputException Wrong(string what) => new($"Layer '{text}': {what}.");
}
