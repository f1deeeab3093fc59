using System.Globalization;
using System.Security.Cryptography;
using SerLab.Core;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Tables;

/// <summary>
/// A table of features that somebody made, one row per clip: openSMILE's, another program's, or one's own. Columns stand between
/// commas, semicolons or tabs. The clip is in the column <c>file</c>, <c>filename</c>, <c>clip</c>, <c>path</c>, <c>name</c> or
/// <c>id</c>, in any case and the first of these that is there, else in the first column. All other columns are features, but for
/// those that say where in the clip the numbers are from (<c>start</c>, <c>end</c>, <c>frameTime</c>, <c>frameIndex</c>) and
/// those without a name.
/// </summary>
/// <remarks>
/// A row is of a clip where both are called the same, or one's name ends in the other's, folder by folder; case does not matter,
/// and where no name fits with its extension, neither does that.
/// </remarks>
internal sealed class ClipTable : IClipRows
{
    private const int Shown = 3;
    private const int LongestHeader = 1 << 20;

    private static readonly string[] KeyNames = [.. SoundNames.Columns, "name", "id"];
    private static readonly string[] PlaceNames = ["start", "end", "frameTime", "frameIndex"];

    private readonly string path;
    private readonly string hash;
    private readonly FeatureTable table;
    private readonly float[][] rows;
    private readonly ILookup<string, int> byStem;

    private ClipTable(string path, string hash, FeatureTable table, IReadOnlyList<string> notes)
    {
        this.path = path;
        this.hash = hash;
        this.table = table;
        Notes = notes;
        rows = [.. Enumerable.Range(0, table.ClipIds.Count).Select(row => table.Values.Row(row).ToArray())];
        byStem = Enumerable.Range(0, rows.Length)
            .ToLookup(row => NameOf(WithoutExtension(table.ClipIds[row])), StringComparer.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>What the rows call their clips, in the order of the file.</summary>
    public IReadOnlyList<string> Clips => table.ClipIds;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidInputException">
    /// It is no table, has several rows of a clip, no column of features, or cells that are no finite numbers; the message says
    /// which, and how many.
    /// </exception>
    public static ClipTable Read(string path)
    {
        CsvDocument csv = CsvDocument.Read(path, separator: SeparatorOf(path));
        int key = KeyColumn(csv.Header);
        ILookup<bool, int> columns = Enumerable.Range(0, csv.Header.Count).Where(column => column != key)
            .ToLookup(column => IsFeature(csv.Header[column]));
        int[] features = [.. columns[true]];
        if (features.Length == 0)
        {
            throw new InvalidInputException(
                $"'{path}' has no column of features beside '{csv.Header[key]}', which names the clips.");
        }

        string[] clips = [.. csv.Rows.Select(row => ClipOf(csv.Text(row, key)))];
        RequireOneRowEach(csv, clips);
        FeatureTable table = new(
            clips, [.. features.Select(column => csv.Header[column])], new FeatureMatrix(
                Numbers(csv, features), clips.Length, features.Length));
        using FileStream stream = File.OpenRead(path);
        return new ClipTable(
            path,
            Convert.ToHexStringLower(SHA256.HashData(stream)),
            table,
            [.. NotesOf(csv, key, [.. columns[false]], table)]);
    }

    /// <summary>All its columns as a feature set that is called as the file is.</summary>
    public FeatureSet ToFeatureSet() => FeatureSet.Given(
        Path.GetFileName(path),
        $"The columns of the table {Path.GetFileName(path)}.",
        table.FeatureNames,
        this,
        hash);

    /// <summary>The same clips with some of the columns, in the given order.</summary>
    /// <exception cref="InvalidInputException">
    /// A column is missing; the message says how many are, and offers the nearest.
    /// </exception>
    public ClipTable Select(IReadOnlyList<string> names)
    {
        string[] missing = [.. names.Except(table.FeatureNames)];
        return missing.Length == 0
            ? new ClipTable(path, hash, table.SelectFeatures(names), Notes)
            : throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{path}' lacks {missing.Length:N0} of the {names.Count:N0} columns that are needed, such as '{missing[0]}'"
                    + $"{(NearestName.Of(missing[0], table.FeatureNames) is { } near ? $" (it has '{near}')" : "")}."));
    }

    /// <inheritdoc/>
    public float[]? Find(string clipId)
    {
        string clip = Normal(clipId);
        int[] alike = [.. byStem[NameOf(WithoutExtension(clip))]];
        int[] found = [.. alike.Where(row => Same(Clips[row], clip))];
        found = found.Length > 0 ? found : [.. alike.Where(row => Fit(Clips[row], clip))];
        found = found.Length > 0
            ? found
            : [.. alike.Where(row => Fit(WithoutExtension(Clips[row]), WithoutExtension(clip)))];
        return found.Length > 1
            ? throw new InvalidInputException(
                $"The clip '{clipId}' may be any of {found.Length} rows of '{path}', such as '{Clips[found[0]]}' and "
                + $"'{Clips[found[1]]}'; name clips in the table with their folders.")
            : found.Length == 1 ? rows[found[0]] : null;
    }

    private static int KeyColumn(IReadOnlyList<string> header) => KeyNames
        .Select(name => header.Index().FirstOrDefault(
            column => column.Item.Equals(name, StringComparison.OrdinalIgnoreCase), (Index: -1, Item: "")).Index)
        .FirstOrDefault(column => column >= 0, 0);

    private static bool IsFeature(string column) =>
        column.Length > 0 && !PlaceNames.Contains(column, StringComparer.OrdinalIgnoreCase);

    // openSMILE writes names between single quotes.
    private static string ClipOf(string cell) =>
        Normal(cell is ['\'', .. var name, '\''] && name.Length > 0 ? name : cell);

    private static string Normal(string name) => name.Replace('\\', '/');

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string WithoutExtension(string name) =>
        SoundNames.HasExtension(name) ? name[..name.LastIndexOf('.')] : name;

    private static bool Same(string first, string second) => first.Equals(second, StringComparison.OrdinalIgnoreCase);

    // One ends in the other, at the border of a folder.
    private static bool Fit(string first, string second)
    {
        (string longer, string shorter) = first.Length >= second.Length ? (first, second) : (second, first);
        return Same(longer, shorter) || longer.EndsWith($"/{shorter}", StringComparison.OrdinalIgnoreCase);
    }

    private static void RequireOneRowEach(CsvDocument csv, string[] clips)
    {
        IGrouping<string, int>[] several =
        [
            .. Enumerable.Range(0, clips.Length).GroupBy(row => clips[row], StringComparer.OrdinalIgnoreCase)
                .Where(same => same.Count() > 1),
        ];
        if (several.Length > 0)
        {
            int[] lines = [.. several[0].Select(row => csv.Rows[row].Line)];
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{csv.Path}' has several rows for {several.Length:N0} of its clips, such as the {lines.Length:N0} of "
                    + $"'{several[0].Key}' on lines {lines[0]} and {lines[1]}{(lines.Length > 2 ? "…" : "")}; expected "
                    + $"one row per clip: remove duplicates, and average the rows of frames or windows first."));
        }
    }

    private static float[] Numbers(CsvDocument csv, int[] columns)
    {
        float[] values = new float[csv.Rows.Count * columns.Length];
        List<(CsvRow Row, int Column)> wrong = [];
        for (int i = 0; i < values.Length; i++)
        {
            (CsvRow row, int column) = (csv.Rows[i / columns.Length], columns[i % columns.Length]);
            if (CsvDocument.TryNumber(row.Fields[column], out double number) && float.IsFinite((float)number))
            {
                values[i] = (float)number;
            }
            else
            {
                wrong.Add((row, column));
            }
        }

        if (wrong.Count == 0)
        {
            return values;
        }

        (CsvRow first, int at) = wrong[0];
        string where = Listed([.. wrong.Select(cell => csv.Header[cell.Column]).Distinct()]);
        throw new InvalidInputException(string.Create(
            CultureInfo.InvariantCulture,
            $"Line {first.Line} of '{csv.Path}': column '{csv.Header[at]}' is '{first.Fields[at]}', and a finite number was "
                + $"expected; {wrong.Count:N0} such {(wrong.Count == 1 ? "cell is" : "cells are")} in {where}. Leave such "
                + $"columns or clips out, or fill them."));
    }

    private static IEnumerable<string> NotesOf(CsvDocument csv, int key, int[] leftOut, FeatureTable table)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"The column '{csv.Header[key]}' of '{csv.Path}' names its {table.ClipIds.Count:N0} clips, as '{table.ClipIds[0]}'; "
                + $"{table.FeatureNames.Count:N0} columns are features.");
        if (leftOut.Length > 0)
        {
            string[] names =
                [.. leftOut.Select(column => csv.Header[column] is { Length: > 0 } name ? name : $"column {column + 1}")];
            yield return $"Left out, for they tell a place or have no name: {Listed(names)}.";
        }

        string[] constant =
        [
            .. Enumerable.Range(0, table.FeatureNames.Count)
                .Where(column => Enumerable.Range(1, table.ClipIds.Count - 1)
                    .All(row => table.Values[row, column] == table.Values[0, column]))
                .Select(column => table.FeatureNames[column]),
        ];
        if (constant.Length > 0 && table.ClipIds.Count > 1)
        {
            yield return $"The same number throughout, of no use to a model: {Listed(constant)}.";
        }
    }

    private static string Listed(string[] names) => names.Length <= Shown
        ? string.Join(", ", names)
        : string.Create(
            CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(Shown))} and {names.Length - Shown:N0} more");

    // What the header has most of; a comma where it has none.
    private static char SeparatorOf(string path)
    {
        if (!RegularFile.HasContent(path))
        {
            return ',';
        }

        int[] counts = new int[3];
        bool quoted = false;
        using StreamReader reader = new(path);
        for (int i = 0; i < LongestHeader && reader.Read() is var c and >= 0 && (quoted || c is not ('\n' or '\r')); i++)
        {
            quoted ^= c == '"';
            int position = quoted ? -1 : c switch { ',' => 0, ';' => 1, '\t' => 2, _ => -1 };
            if (position >= 0)
            {
                counts[position]++;
            }
        }

        return new[] { ',', ';', '\t' }[Array.IndexOf(counts, counts.Max())];
    }
}
