using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// A CSV file of two columns without header, a clip and a number, as corpora with one file per target have them.
/// </summary>
internal sealed class LabelFile
{
    private readonly Dictionary<string, (double Value, int Line)> entries;

    private LabelFile(string path, IReadOnlyList<string> clips, Dictionary<string, (double Value, int Line)> entries)
    {
        Path = path;
        Clips = clips;
        this.entries = entries;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The clips in the order of the file.</summary>
    public IReadOnlyList<string> Clips { get; }

    /// <summary>Reads a file; names of clips are compared without regard to case.</summary>
    /// <exception cref="InvalidInputException">A row is not a clip and a finite number, or a clip comes twice.</exception>
    public static LabelFile Read(string path)
    {
        CsvDocument csv = CsvDocument.Read(path, hasHeader: false);
        if (csv.Rows[0].Fields.Length != 2)
        {
            throw new InvalidInputException(
                $"'{path}' has {csv.Rows[0].Fields.Length} columns, and two were expected: the clip and its rating, "
                    + "without header.");
        }

        List<string> clips = [];
        Dictionary<string, (double Value, int Line)> entries = new(StringComparer.OrdinalIgnoreCase);
        foreach (CsvRow row in csv.Rows)
        {
            string clip = csv.Text(row, 0);
            if (entries.TryGetValue(clip, out (double Value, int Line) earlier))
            {
                throw csv.Wrong(row, 0, $"is '{clip}', which line {earlier.Line} has already; every clip must appear once");
            }

            entries.Add(clip, (csv.Number(row, 1), row.Line));
            clips.Add(clip);
        }

        return new LabelFile(path, clips, entries);
    }

    /// <summary>The number of a clip.</summary>
    /// <exception cref="InvalidInputException">The file has none; the message names the clip and where it was met.</exception>
    public double this[string clip, string metIn] => entries.TryGetValue(clip, out (double Value, int Line) entry)
        ? entry.Value
        : throw new InvalidInputException($"The clip '{clip}' is in '{metIn}' but has no row in '{Path}'.");

    /// <summary>Fails if the file has a clip that is not among those given.</summary>
    public void RequireOnly(IReadOnlySet<string> known, string where)
    {
        if (Clips.FirstOrDefault(clip => !known.Contains(clip)) is { } stray)
        {
            throw new InvalidInputException(
                $"The clip '{stray}' is on line {entries[stray].Line} of '{Path}' but not in '{where}'.");
        }
    }

    /// <summary>
    /// The same file as ratings within [-1, 1]. Whole numbers of which one exceeds 1 are ranks: the k-th lowest of n becomes 2k/n
    /// - 1.
    /// </summary>
    /// <exception cref="InvalidInputException">A number is neither such a rating nor a rank from 1 to n.</exception>
    public LabelFile AsRatings()
    {
        bool ranks = entries.Values.Any(e => e.Value > 1) && entries.Values.All(e => e.Value == Math.Floor(e.Value));
        int n = Clips.Count;
        Dictionary<string, (double Value, int Line)> ratings = new(StringComparer.OrdinalIgnoreCase);
        foreach (string clip in Clips)
        {
            (double value, int line) = entries[clip];
            if (ranks ? value < 1 || value > n : Math.Abs(value) > 1)
            {
                string expected =
                    ranks ? $"a rank from 1 to {n} (the number of its rows)" : "a rating from -1 to 1, or ranks throughout,";
                throw new InvalidInputException(FormattableString.Invariant(
                    $"Line {line} of '{Path}': {expected} was expected for '{clip}', and it has {value}."));
            }

            ratings.Add(clip, (ranks ? (2 * value / n) - 1 : value, line));
        }

        return new LabelFile(Path, Clips, ratings);
    }
}
