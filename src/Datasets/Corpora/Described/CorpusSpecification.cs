using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Descriptions;
using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>What a user says of a corpus of their own: where its sounds and labels are, and what the columns mean.</summary>
internal sealed record CorpusSpecification
{
    private static readonly string[] Keys =
    [
        "name", "title", "licence", "citation", "audio", "labels", "id", "targets", "label", "classes", "groups", "group",
        "features", "feature-set", "sample-rate", "synthetic",
    ];

    private static readonly string[] GroupNames = [.. GroupKnowledge.People, .. GroupKnowledge.Recordings, "group"];

    /// <summary>The file that describes the corpus; paths in it are relative to its folder.</summary>
    public required string Path { get; init; }

    /// <summary>Short name.</summary>
    public required string Name { get; init; }

    /// <summary>Full name.</summary>
    public required string Title { get; init; }

    /// <summary>Licence.</summary>
    public string Licence { get; init; } = "not stated";

    /// <summary>How to cite.</summary>
    public string Citation { get; init; } = "not stated";

    /// <summary>The folder of sounds, or none.</summary>
    public string? Audio { get; init; }

    /// <summary>The CSV file with a header, or none where <see cref="LabelFiles"/> are given.</summary>
    public string? Labels { get; init; }

    /// <summary>One file without header per target, or none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> LabelFiles { get; init; } = [];

    /// <summary>The folder and files that must be there.</summary>
    public IEnumerable<string> Data => LabelFiles.Select(file => file.Value).Append(Audio).Append(Labels).OfType<string>();

    /// <summary>The column of clip names, or none: then rows are called after their lines.</summary>
    public string? Id { get; init; }

    /// <summary>Columns with numbers to predict.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The column of classes, or none.</summary>
    public string? Label { get; init; }

    /// <summary>The classes in their order; empty for the order of the alphabet.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Columns that say what clips share; the first is the default group.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Columns of numbers that nobody gave a meaning.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Columns with ready features; empty where they are computed from sound.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The feature set to compute when none is named.</summary>
    public string FeatureSet { get; init; } = Corpus.UsualFeatureSet;

    /// <summary>The rate all sounds should have, in Hz, or none.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Whether its sounds were generated.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>Reads a YAML description.</summary>
    /// <param name="path">The description.</param>
    /// <param name="data">Where sounds and tables are looked for that are not beside the description, or none.</param>
    /// <param name="namesTargets">Whether it must say itself what to predict.</param>
    public static CorpusSpecification FromYaml(string path, string? data, bool namesTargets)
    {
        YamlFields yaml = YamlFields.Read(path, Keys);
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        string Locate(string relative)
        {
            string beside = System.IO.Path.Combine(folder, relative);
            return data is null || File.Exists(beside) || Directory.Exists(beside)
                ? beside
                : System.IO.Path.Combine(data, relative);
        }

        IReadOnlyList<KeyValuePair<string, string>>? files = yaml.Mapping("labels");
        string name = yaml.RequiredText("name");
        string? audio = yaml.Text("audio");
        IReadOnlyList<string> features = yaml.Texts("features");
        CorpusSpecification specification = new()
        {
            Path = path,
            Name = name,
            Title = yaml.Text("title") ?? name,
            Licence = yaml.Text("licence") ?? "not stated",
            Citation = yaml.Text("citation") ?? "not stated",
            Audio = audio is null ? null : Locate(audio),
            Labels = files is null ? Locate(yaml.RequiredText("labels")) : null,
            LabelFiles = files is null ? [] : [.. files.Select(f => KeyValuePair.Create(f.Key, Locate(f.Value)))],
            Id = yaml.Text("id"),
            Targets = files is null ? yaml.Texts("targets") : [.. files.Select(f => f.Key)],
            Label = yaml.Text("label"),
            Classes = yaml.Texts("classes"),
            Groups = [.. yaml.Texts("group").Concat(yaml.Texts("groups")).Distinct(StringComparer.Ordinal)],
            Features = features,
            FeatureSet = yaml.Text("feature-set") ?? (features.Count > 0 ? "shipped" : Corpus.UsualFeatureSet),
            SampleRate = yaml.PositiveNumber("sample-rate"),
            IsSynthetic = yaml.Flag("synthetic"),
        };
        specification.Check(yaml, namesTargets);
        return specification;
    }

    /// <summary>
    /// Understands a CSV file by its header, whatever the case of names: a column <c>file</c> (or filename, clip, path) names the
    /// sound; <c>speaker</c>, <c>session</c>, <c>location</c> and the like are groups; what to predict,
    /// <see cref="TargetColumns"/> recognises. Of the others, columns of words are groups too, and columns of numbers are left
    /// out. Sounds lie in the folder of the file.
    /// </summary>
    /// <param name="csv">The file.</param>
    /// <param name="targets">What to predict; none: what is recognised.</param>
    public static CorpusSpecification FromCsv(CsvDocument csv, IReadOnlyList<string> targets)
    {
        string id = csv.Header.FirstOrDefault(column => SoundNames.Columns.Contains(column, StringComparer.OrdinalIgnoreCase))
            ?? throw new InvalidInputException(
                $"'{csv.Path}' has no column 'file' that names the sound of every row. "
                + $"Its columns are {string.Join(", ", csv.Header)}; rename one, or describe the corpus in a corpus.yaml.");
        string[] free = [.. csv.Header.Where(column => column != id && !IsGroupName(column))];
        TargetColumns chosen = targets.Count > 0 ? TargetColumns.Named(csv, targets) : TargetColumns.Recognise(csv, free);
        string[] others = [.. free.Where(column => column != chosen.Label && !chosen.Ratings.Contains(column))];
        string full = System.IO.Path.GetFullPath(csv.Path);
        string folder = System.IO.Path.GetDirectoryName(full)!;
        string name = System.IO.Path.GetFileNameWithoutExtension(full);

        // A table is called labels in every folder; the folder tells which.
        bool saysNothing = name.Equals("labels", StringComparison.OrdinalIgnoreCase);
        name = saysNothing && System.IO.Path.GetFileName(folder) is { Length: > 0 } named ? named : name;
        return new CorpusSpecification
        {
            Path = csv.Path,
            Name = name,
            Title = name,
            Audio = folder,
            Labels = csv.Path,
            Id = id,
            Targets = chosen.Ratings,
            Label = chosen.Label,
            Groups =
            [
                .. csv.Header.Where(column => IsGroupName(column) && column != chosen.Label && !chosen.Ratings.Contains(column)),
                .. others.Where(column => !TargetColumns.IsTargetName(column) && !TargetColumns.IsNumeric(csv, column)),
            ],
            LeftOut = [.. others.Where(column => TargetColumns.IsNumeric(csv, column))],
        };
    }

    /// <summary>The same corpus with other targets than it names itself.</summary>
    /// <param name="csv">Its table; none where it has one file per target.</param>
    /// <param name="targets">Columns of numbers, or one column of classes.</param>
    public CorpusSpecification Predicting(CsvDocument? csv, IReadOnlyList<string> targets)
    {
        if (csv is null)
        {
            IEnumerable<string> known = LabelFiles.Select(file => file.Key);
            return this with
            {
                Targets = targets,
                LabelFiles =
                [
                    .. targets.Select(target => LabelFiles.FirstOrDefault(file => file.Key == target) is { Key: not null } found
                        ? found
                        : throw NearestName.Unknown($"target in '{Path}' called", target, known)),
                ],
            };
        }

        TargetColumns chosen = TargetColumns.Named(csv, targets, Label);
        return this with
        {
            Targets = chosen.Ratings,
            Label = chosen.Label,
            Classes = chosen.Label == Label ? Classes : [],
        };
    }

    private static bool IsGroupName(string column) => GroupNames.Contains(column, StringComparer.OrdinalIgnoreCase);

    private void Check(YamlFields yaml, bool namesTargets)
    {
        if (Audio is null && Features.Count == 0)
        {
            throw new InvalidInputException($"'{Path}' names neither an 'audio' folder nor 'features' columns; one is needed.");
        }

        if (LabelFiles.Count > 0)
        {
            foreach (string key in new[] { "id", "targets", "label", "classes", "group", "groups", "features" })
            {
                yaml.RequireAbsent(
                    key, "needs columns with names; with one file per target ('labels: {target: file}') there are none");
            }
        }
        else if (namesTargets && Targets.Count == 0 && Label is null)
        {
            throw new InvalidInputException(
                $"'{Path}' names nothing to predict: give 'targets' (columns of numbers) or 'label' (a column of classes).");
        }

        if (Label is null)
        {
            yaml.RequireAbsent("classes", "orders the values of 'label', which is missing");
        }

        if (SampleRate is not null && Audio is null)
        {
            yaml.RequireAbsent(
                "sample-rate", string.Create(CultureInfo.InvariantCulture, $"is {SampleRate}, but there is no 'audio'"));
        }
    }
}
