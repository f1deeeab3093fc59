using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// The International Soundscape Database (Mitchell et al. 2021): what people answered in public places, with acoustic and
/// psychoacoustic measures of what they heard. Features only; its recordings are not part of it.
/// </summary>
internal static class IsdCorpus
{
    /// <summary>The name users type.</summary>
    public const string Name = "isd";

    /// <summary>The full name.</summary>
    public const string Title = "International Soundscape Database v1.0";

    /// <summary>The licence, as its authors state it.</summary>
    public const string Licence = "CC BY 4.0";

    /// <summary>How to cite it.</summary>
    public const string Citation =
        "Mitchell A., Oberman T., Aletta F., Erfanian M., Kachlicka M., Lionello M., Fang X., Kang J. (2024). "
        + "The International Soundscape Database (1.0.1-alpha.1). Zenodo. https://doi.org/10.5281/zenodo.10672568";

    /// <summary>The place, e.g. <c>CamdenTown</c>: the default group.</summary>
    public const string LocationGroup = "location";

    private const int AcousticColumns = 96;

    /// <summary>
    /// Loads the table of version 1.0. Features are its 96 acoustic columns, LZeq… to THD…; targets are <c>pleasantness</c> and
    /// <c>eventfulness</c> after ISO/TS 12913-3, within [-1, 1]. Groups: <c>location</c>, <c>session</c>, and <c>recording</c>
    /// (GroupID: the people who answered together, and whose acoustic values are therefore the same). Rows that lack a feature or
    /// an attribute are left out and counted in the notes. A clip's id is GroupID/RecordID, since RecordID alone repeats.
    /// </summary>
    /// <param name="path">The CSV file, or the folder of the one CSV file that has "ISD" in its name.</param>
    /// <exception cref="InvalidInputException">
    /// No such file, columns missing, a value that is no number, an attribute outside 1 to 5, an id twice, or no complete row.
    /// </exception>
    public static Corpus Load(string path)
    {
        CsvDocument csv = CsvDocument.Read(FindTable(path));
        int[] acoustic = AcousticColumnsOf(csv);
        int[] qualities = [.. Circumplex.Qualities.Select(csv.Column)];
        CsvRow[] answered = [.. csv.Rows.Where(row => IsComplete(row, qualities))];
        CsvRow[] complete = [.. answered.Where(row => IsComplete(row, acoustic))];
        if (complete.Length == 0)
        {
            throw new InvalidInputException($"'{csv.Path}' has no row with all measures and attributes.");
        }

        Clip[] clips = [.. ClipsOf(csv, complete, qualities)];
        int recordings = clips.Select(clip => clip.Groups[IdenticalAudio.RecordingGroup]).Distinct().Count();
        return new Corpus
        {
            Name = Name,
            Title = Title,
            Licence = Licence,
            Citation = Citation,
            Clips = clips,
            Targets = ["pleasantness", "eventfulness"],
            DefaultGroup = LocationGroup,
            DefaultFeatureSet = "isd96",
            Features = FeatureTableCsv.FromColumns(csv, acoustic, [.. clips.Select(clip => clip.Id)], complete),
            Notes =
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{csv.Rows.Count - complete.Length} of {csv.Rows.Count} rows are incomplete and left out: "
                    + $"{csv.Rows.Count - answered.Length} lack an attribute, "
                    + $"{answered.Length - complete.Length} more an acoustic measure."),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {complete.Length} answers belong to {recordings} recordings; "
                        + $"answers to one recording have the same features."),
            ],
        };
    }

    /// <summary>Whether a folder directly holds something named as the table is.</summary>
    internal static bool LooksLike(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Any(
            path => Path.GetFileName(path).StartsWith("ISD ", StringComparison.Ordinal));

    private static string FindTable(string path)
    {
        if (!Directory.Exists(path))
        {
            return path;
        }

        string[] tables =
        [
            .. FolderTree.Files(path)
                .Where(file => Path.GetFileName(file) is var name
                    && name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
                    && name.Contains("ISD", StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal),
        ];
        return tables.Length == 1
            ? tables[0]
            : throw new InvalidInputException(
                $"'{path}' should hold one CSV file with 'ISD' in its name, as in 'ISD v1.0 Data.csv', "
                    + $"and holds {tables.Length}; name the file.");
    }

    private static int[] AcousticColumnsOf(CsvDocument csv)
    {
        int first = 0;
        while (first < csv.Header.Count && !csv.Header[first].StartsWith("LZeq", StringComparison.Ordinal))
        {
            first++;
        }

        int last = csv.Header.Count - 1;
        while (last >= first && !csv.Header[last].StartsWith("THD", StringComparison.Ordinal))
        {
            last--;
        }

        int count = last - first + 1;
        return count == AcousticColumns
            ? [.. Enumerable.Range(first, count)]
            : throw new InvalidInputException(
                $"'{csv.Path}' should have {AcousticColumns} acoustic columns from LZeq… to THD…, and has {Math.Max(count, 0)}; "
                + "version 1.0 of the database was expected.");
    }

    private static bool IsComplete(CsvRow row, int[] columns) => Array.TrueForAll(columns, c => row.Fields[c].Length > 0);

    private static IEnumerable<Clip> ClipsOf(CsvDocument csv, CsvRow[] rows, int[] qualities)
    {
        int location = csv.Column("LocationID");
        int session = csv.Column("SessionID");
        int group = csv.Column("GroupID");
        int record = csv.Column("RecordID");
        HashSet<string> seen = new(StringComparer.Ordinal);
        double[] answers = new double[qualities.Length];
        foreach (CsvRow row in rows)
        {
            string id = $"{csv.Text(row, group)}/{csv.Text(row, record)}";
            if (!seen.Add(id))
            {
                throw csv.Wrong(row, record, $"gives the id {id}, which an earlier line has already");
            }

            for (int i = 0; i < qualities.Length; i++)
            {
                answers[i] = csv.Number(row, qualities[i]);
                if (answers[i] is < 1 or > 5)
                {
                    throw csv.Wrong(row, qualities[i], $"is {row.Fields[qualities[i]]}, and 1 to 5 was expected");
                }
            }

            yield return new Clip
            {
                Id = id,
                Ratings = new Dictionary<string, double>
                {
                    ["pleasantness"] = Circumplex.Pleasantness(answers),
                    ["eventfulness"] = Circumplex.Eventfulness(answers),
                }.AsReadOnly(),
                Groups = new Dictionary<string, string>
                {
                    [LocationGroup] = csv.Text(row, location),
                    ["session"] = csv.Text(row, session),
                    [IdenticalAudio.RecordingGroup] = row.Fields[group],
                }.AsReadOnly(),
            };
        }
    }
}
