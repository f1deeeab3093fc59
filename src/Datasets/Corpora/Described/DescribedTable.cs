using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>Turns the rows of a described table into clips and, where it has them, features.</summary>
internal sealed class DescribedTable
{
    private readonly CorpusSpecification specification;
    private readonly CsvDocument csv;
    private readonly AudioFolder? audio;
    private readonly int? id;
    private readonly int? label;
    private readonly int[] targets;
    private readonly int[] groups;

    /// <summary>Finds the columns.</summary>
    /// <param name="specification">What the columns mean.</param>
    /// <param name="csv">The table.</param>
    /// <param name="audio">Its sounds, or none for a table of features.</param>
    /// <exception cref="InvalidInputException">A column is missing; the message offers the nearest.</exception>
    public DescribedTable(CorpusSpecification specification, CsvDocument csv, AudioFolder? audio)
    {
        this.specification = specification;
        this.csv = csv;
        this.audio = audio;
        id = specification.Id is { } named ? csv.Column(named) : audio is null ? null : 0;
        label = specification.Label is { } column ? csv.Column(column) : null;
        targets = [.. specification.Targets.Select(csv.Column)];
        groups = [.. specification.Groups.Select(csv.Column)];
    }

    /// <summary>All rows.</summary>
    public (IReadOnlyList<Clip> Clips, FeatureTable? Features) Read()
    {
        Dictionary<string, int> lines = new(StringComparer.OrdinalIgnoreCase);
        List<Clip> clips = [];
        foreach (CsvRow row in csv.Rows)
        {
            Clip clip = ReadRow(row);
            if (!lines.TryAdd(clip.Id, row.Line))
            {
                string advice = audio is null ? "; leave 'id' out and name the column as 'group' where rows may share it" : "";
                throw csv.Wrong(row, id!.Value, $"is '{clip.Id}', which line {lines[clip.Id]} has already{advice}");
            }

            clips.Add(clip);
        }

        int[] columns = [.. specification.Features.Select(csv.Column)];
        return columns.Length == 0
            ? (clips, null)
            : (clips, FeatureTableCsv.FromColumns(csv, columns, [.. clips.Select(clip => clip.Id)], csv.Rows));
    }

    private Clip ReadRow(CsvRow row)
    {
        string name = id is { } column
            ? csv.Text(row, column).Replace('\\', '/')
            : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(csv.Path)}:{row.Line}");
        return new Clip
        {
            Id = name,
            Audio = audio is null
                ? null
                : new AudioFileSource(
                    audio.Find(name) ?? throw DescribedCorpus.MissingSound(name, csv.Path, specification.Audio!)),
            Ratings = targets.ToDictionary(t => csv.Header[t], t => csv.Number(row, t)).AsReadOnly(),
            Label = label is { } l ? LabelOf(row, l) : null,
            Groups = groups.Where(g => !string.IsNullOrWhiteSpace(row.Fields[g]))
                .ToDictionary(g => csv.Header[g], g => csv.Text(row, g)).AsReadOnly(),
        };
    }

    private string LabelOf(CsvRow row, int column)
    {
        string text = csv.Text(row, column);
        if (specification.Classes.Count == 0 || specification.Classes.Contains(text))
        {
            return text;
        }

        string hint = NearestName.Of(text, specification.Classes) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
        throw csv.Wrong(
            row, column, $"is '{text}', which is none of the classes {string.Join(", ", specification.Classes)}{hint}");
    }
}
