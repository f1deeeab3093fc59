using CsvHelper;

namespace SerLab.Datasets.Catalogue;

/// <summary>
/// Checks the table of the International Soundscape Database: rows, columns, and the columns that ratings and groups need.
/// </summary>
internal static class IsdStructure
{
    public const string FileName = "ISD v1.0 Data.csv";
    private const int Rows = 3589;
    private const int Columns = 142;

    private static readonly string[] Needed =
    [
        "LocationID", "SessionID", "GroupID",
        "pleasant", "chaotic", "vibrant", "uneventful", "calm", "annoying", "eventful", "monotonous",
    ];

    public static IEnumerable<CheckFinding> Check(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            yield return new CheckFinding("table", CheckOutcome.Failed, $"{FileName} is not in {folder}");
            yield break;
        }

        (string[] header, int rows, int ragged) = Measure(path);
        yield return CheckFinding.Of("answers", rows == Rows, $"{rows:N0} of {Rows:N0} rows");
        yield return CheckFinding.Of(
            "columns",
            header.Length == Columns && ragged == 0,
            $"{header.Length} of {Columns}; {ragged} rows have another number of values");

        string[] missing = [.. Needed.Except(header, StringComparer.Ordinal)];
        yield return CheckFinding.Of(
            "ratings and groups",
            missing.Length == 0,
            $"{Needed.Length - missing.Length} of {Needed.Length} needed columns{NameList.Some(missing)}");
    }

    private static (string[] Header, int Rows, int Ragged) Measure(string path)
    {
        // The reader's default is to recover from bad quoting: it shows as a wrong number of values, which is a finding.
        using CsvReader csv = CsvReader.FromFile(path);
        string[] header = [.. csv.Headers];
        int rows = 0;
        int ragged = 0;
        while (csv.Read())
        {
            rows++;
            ragged += csv.FieldCount == header.Length ? 0 : 1;
        }

        return (header, rows, ragged);
    }
}
