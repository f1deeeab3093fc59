using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// A corpus of one's own: a folder of sounds and a table of labels, or a table of ready features, described by a short YAML file
/// or by the header of the table alone.
/// <code>
/// name: my-corpus                       # what users type
/// title: My corpus of speech            # the rest of these four is optional
/// licence: CC BY 4.0
/// citation: Me (2025)
/// audio: clips                          # folder of sounds, relative to this file; or features: [column, ...]
/// labels: labels.csv                    # with a header; or {valence: v.csv, arousal: a.csv}: clip, number, no header
/// id: file                              # column that names the sound; default: the first column
/// targets: [valence, arousal]           # columns of numbers, and/or
/// label: emotion                        # a column of classes
/// classes: [sad, happy]                 # optional: their order
/// groups: [speaker, session]            # what clips share; the first must not cross folds
/// feature-set: librosa180               # optional: the default to compute
/// sample-rate: 16000                    # optional: extraction refuses other rates
/// </code>
/// </summary>
public static class DescribedCorpus
{
    /// <summary>The name of a description in a folder.</summary>
    public const string DescriptionFile = "corpus.yaml";

    private const string LabelsFile = "labels.csv";

    /// <summary>Loads a corpus.</summary>
    /// <param name="path">
    /// A YAML description; or a CSV file with a header such as <c>file,valence,arousal,speaker</c> beside its sounds; or a folder
    /// with a <c>corpus.yaml</c> or <c>labels.csv</c>.
    /// </param>
    /// <param name="data">Where sounds and tables of a description are looked for that are not beside it, or none.</param>
    /// <param name="targets">
    /// What to predict: names of columns of numbers, or of one column of classes. None: what the description says; of a table
    /// alone, columns with the name of a rating (valence, arousal, dominance, pleasantness, eventfulness and what other corpora
    /// use) and the one with the name of a class (emotion, label, class, mood, category), both where both are there.
    /// </param>
    /// <exception cref="InvalidInputException">
    /// The description does not fit the schema or the files: the message names file, line and the nearest valid key or column.
    /// Also a blank or malformed label, a clip twice, a sound that is missing, or a table that does not tell what to predict: the
    /// message then lists the columns to choose from.
    /// </exception>
    public static Corpus Load(string path, string? data = null, IReadOnlyList<string>? targets = null)
    {
        targets = [.. (targets ?? []).Distinct()];
        string file = FindDescription(path);
        if (Path.GetExtension(file).ToLowerInvariant() is ".csv")
        {
            CsvDocument table = CsvDocument.Read(file);
            return Build(CorpusSpecification.FromCsv(table, targets), table);
        }

        CorpusSpecification specification = CorpusSpecification.FromYaml(file, data, namesTargets: targets.Count == 0);
        CsvDocument? csv = specification.Labels is null ? null : CsvDocument.Read(specification.Labels);
        return Build(targets.Count == 0 ? specification : specification.Predicting(csv, targets), csv);
    }

    /// <summary>Whether a path is, or a folder holds, something that <see cref="Load"/> understands by its name.</summary>
    public static bool Describes(string path) => Directory.Exists(path)
        ? File.Exists(Path.Combine(path, DescriptionFile)) || File.Exists(Path.Combine(path, LabelsFile))
        : Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml" or ".csv" && File.Exists(path);

    /// <summary>
    /// What a description lacks to be a corpus, itself or the sounds and tables that it names, in a sentence; null for nothing.
    /// </summary>
    internal static string? Missing(string path, string data)
    {
        if (!Path.Exists(path))
        {
            return $"There is no corpus '{path}'.";
        }

        string file = FindDescription(path);
        return Path.GetExtension(file).ToLowerInvariant() is ".csv"
            || CorpusSpecification.FromYaml(file, data, namesTargets: false).Data.FirstOrDefault(part => !Path.Exists(part))
                is not { } missing
            ? null
            : $"The corpus of '{file}' is not there: it needs '{missing}'.";
    }

    private static string FindDescription(string path)
    {
        if (!Directory.Exists(path))
        {
            return path;
        }

        string yaml = Path.Combine(path, DescriptionFile);
        string csv = Path.Combine(path, LabelsFile);
        return File.Exists(yaml) ? yaml
            : File.Exists(csv) ? csv
            : throw new InvalidInputException(
                $"The folder '{path}' holds neither {DescriptionFile} nor {LabelsFile}, so its labels are unknown.");
    }

    private static Corpus Build(CorpusSpecification specification, CsvDocument? csv)
    {
        AudioFolder? audio = specification.Audio is null ? null : OpenAudio(specification.Audio);
        (IReadOnlyList<Clip> clips, FeatureTable? features) = csv is null
            ? (FromLabelFiles(specification, audio!), null)
            : new DescribedTable(specification, csv, audio).Read();
        string? group = specification.Groups.FirstOrDefault(kind => clips.Any(clip => clip.Groups.ContainsKey(kind)));
        HashSet<string> used = [.. clips.Select(clip => clip.Label).OfType<string>()];
        Corpus corpus = new()
        {
            Name = specification.Name,
            Title = specification.Title,
            Licence = specification.Licence,
            Citation = specification.Citation,
            Clips = clips,
            Targets = specification.Targets,
            Classes = specification.Classes.Count > 0 ? specification.Classes : [.. used.Order(StringComparer.Ordinal)],
            ClassName = specification.Label ?? Corpus.UsualClassName,
            DefaultGroup = group,
            DefaultFeatureSet = specification.FeatureSet,
            ExpectedSampleRate = specification.SampleRate,
            IsSynthetic = specification.IsSynthetic,
            Features = features,
            Notes =
            [
                .. UnusedColumns(specification), .. UnusedSounds(clips, audio), .. SeveralLabels(clips, group),
                .. Alone(clips, group),
            ],
        };
        return IdenticalAudio.Merge(corpus);
    }

    private static AudioFolder OpenAudio(string folder) => Directory.Exists(folder)
        ? new AudioFolder(folder)
        : throw new InvalidInputException($"There is no audio folder '{folder}'.");

    private static IReadOnlyList<Clip> FromLabelFiles(CorpusSpecification specification, AudioFolder audio)
    {
        LabelFile[] files = [.. specification.LabelFiles.Select(f => LabelFile.Read(f.Value))];
        HashSet<string> known = new(files[0].Clips, StringComparer.OrdinalIgnoreCase);
        foreach (LabelFile file in files)
        {
            file.RequireOnly(known, files[0].Path);
        }

        return
        [
            .. files[0].Clips.Select(id => new Clip
            {
                Id = id,
                Audio = new AudioFileSource(audio.Find(id) ?? throw MissingSound(id, files[0].Path, specification.Audio!)),
                Ratings = specification.Targets.Zip(files)
                    .ToDictionary(p => p.First, p => p.Second[id, files[0].Path]).AsReadOnly(),
            }),
        ];
    }

    /// <summary>The error for a row whose sound is not there.</summary>
    internal static InvalidInputException MissingSound(string id, string table, string folder) =>
        new($"The sound of the clip '{id}' in '{table}' was not found below '{folder}'.");

    private static IEnumerable<string> UnusedColumns(CorpusSpecification specification)
    {
        if (specification.LeftOut.Count > 0)
        {
            yield return $"Columns of numbers that are not used: {string.Join(", ", specification.LeftOut)}; "
                + "--targets would predict them.";
        }
    }

    private static IEnumerable<string> UnusedSounds(IReadOnlyList<Clip> clips, AudioFolder? audio)
    {
        int unused =
            audio is null ? 0 : audio.Files.Except(clips.Select(clip => clip.Audio!.Name), StringComparer.Ordinal).Count();
        if (unused > 0)
        {
            yield return $"{unused} sounds in the folder have no label and are left out.";
        }
    }

    private static IEnumerable<string> Alone(IReadOnlyList<Clip> clips, string? group)
    {
        int alone = group is null ? 0 : clips.Count(clip => !clip.Groups.ContainsKey(group));
        if (alone > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{alone} of {clips.Count} clips have no {group}: each is a group of its own, which is right only if they share "
                    + $"none.");
        }
    }

    private static IEnumerable<string> SeveralLabels(IReadOnlyList<Clip> clips, string? group)
    {
        if (group is null)
        {
            yield break;
        }

        Clip[][] shared =
        [
            .. clips.Where(c => c.Label is not null && c.Groups.ContainsKey(group)).GroupBy(c => c.Groups[group])
                .Select(g => g.ToArray())
                .Where(g => g.Length > 1),
        ];
        int contradictory = shared.Count(g => g.Select(c => c.Label).Distinct().Count() > 1);
        if (shared.Length > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{shared.Length} values of {group} have more than one row, {contradictory} of them with different labels; "
                    + $"they stay together.");
        }
    }
}
