using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// A corpus of one's own: a folder of sounds and a table of labels, or a table of ready features, described by a short YAML file or by
/// the header of the table alone.
/// <code>
/// name: my-corpus                       # what users type
/// title: My corpus of speech            # the rest of these four is optional
/// licence: CC BY 4.0
/// citation: Me (2025)
/// audio: clips                          # folder of sounds, relative to this file; or features: [column, ...]
/// labels: labels.csv                    # with a header; or {valence: valence.csv, arousal: arousal.csv}: clip, number, no header
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
    /// A YAML description; or a CSV file with a header such as <c>file,valence,arousal,speaker</c> beside its sounds; or a folder with a
    /// <c>corpus.yaml</c> or <c>labels.csv</c>.
    /// </param>
    /// <param name="data">Where sounds and tables of a description are looked for that are not beside it, or none.</param>
    /// <exception cref="InvalidInputException">
    /// The description does not fit the schema or the files: the message names file, line and the nearest valid key or column. Also a blank
    /// or malformed label, a clip twice, or a sound that is missing.
    /// </exception>
    public static Corpus Load(string path, string? data = null)
    {
        string file = FindDescription(path);
        if (Path.GetExtension(file).ToLowerInvariant() is not ".csv") return Build(CorpusDescription.FromYaml(file, data), null);
        CsvDocument csv = CsvDocument.Read(file);
        return Build(CorpusDescription.FromCsv(csv), csv);
    }

    /// <summary>Whether a path is, or a folder holds, something that <see cref="Load"/> understands by its name.</summary>
    public static bool Describes(string path) => Directory.Exists(path)
        ? File.Exists(Path.Combine(path, DescriptionFile)) || File.Exists(Path.Combine(path, LabelsFile))
        : Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml" or ".csv" && File.Exists(path);

    private static string FindDescription(string path)
    {
        if (!Directory.Exists(path)) return path;
        string yaml = Path.Combine(path, DescriptionFile);
        string csv = Path.Combine(path, LabelsFile);
        if (File.Exists(yaml)) return yaml;
        return File.Exists(csv)
            ? csv
            : throw new InvalidInputException($"The folder '{path}' holds neither {DescriptionFile} nor {LabelsFile}, so its labels are unknown.");
    }

    private static Corpus Build(CorpusDescription description, CsvDocument? csv)
    {
        AudioFolder? audio = description.Audio is null ? null : OpenAudio(description.Audio);
        (IReadOnlyList<Clip> clips, FeatureTable? features) = description.Labels is null
            ? (FromLabelFiles(description, audio!), null)
            : new DescribedTable(description, csv ?? CsvDocument.Read(description.Labels), audio).Read();
        string? group = description.Groups.Count > 0 ? description.Groups[0] : null;
        HashSet<string> used = [.. clips.Select(clip => clip.Label).OfType<string>()];
        Corpus corpus = new()
        {
            Name = description.Name,
            Title = description.Title,
            Licence = description.Licence,
            Citation = description.Citation,
            Clips = clips,
            Targets = description.Targets,
            Classes = description.Classes.Count > 0 ? description.Classes : [.. used.Order(StringComparer.Ordinal)],
            DefaultGroup = group,
            DefaultFeatureSet = description.FeatureSet,
            ExpectedSampleRate = description.SampleRate,
            Features = features,
            Notes = [.. UnusedSounds(clips, audio), .. SeveralLabels(clips, group)],
        };
        return IdenticalAudio.Merge(corpus);
    }

    private static AudioFolder OpenAudio(string folder) => Directory.Exists(folder)
        ? new AudioFolder(folder)
        : throw new InvalidInputException($"There is no audio folder '{folder}'.");

    private static IReadOnlyList<Clip> FromLabelFiles(CorpusDescription description, AudioFolder audio)
    {
        LabelFile[] files = [.. description.LabelFiles.Select(f => LabelFile.Read(f.Value))];
        HashSet<string> known = new(files[0].Clips, StringComparer.OrdinalIgnoreCase);
        foreach (LabelFile file in files) file.RequireOnly(known, files[0].Path);
        return
        [
            .. files[0].Clips.Select(id => new Clip
            {
                Id = id,
                Audio = new AudioFileSource(audio.Find(id) ?? throw MissingSound(id, files[0].Path, description.Audio!)),
                Ratings = description.Targets.Zip(files)
                    .ToDictionary(p => p.First, p => p.Second[id, files[0].Path]).AsReadOnly(),
            }),
        ];
    }

    /// <summary>The error for a row whose sound is not there.</summary>
    internal static InvalidInputException MissingSound(string id, string table, string folder) =>
        new($"The sound of the clip '{id}' in '{table}' was not found below '{folder}'.");

    private static IEnumerable<string> UnusedSounds(IReadOnlyList<Clip> clips, AudioFolder? audio)
    {
        int unused = audio is null ? 0 : audio.Files.Except(clips.Select(clip => clip.Audio!.Name), StringComparer.Ordinal).Count();
        if (unused > 0) yield return $"{unused} sounds in the folder have no label and are left out.";
    }

    private static IEnumerable<string> SeveralLabels(IReadOnlyList<Clip> clips, string? group)
    {
        if (group is null) yield break;
        Clip[][] shared = [.. clips.Where(c => c.Label is not null).GroupBy(c => c.Groups[group]).Select(g => g.ToArray()).Where(g => g.Length > 1)];
        int contradictory = shared.Count(g => g.Select(c => c.Label).Distinct().Count() > 1);
        if (shared.Length > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{shared.Length} values of {group} have more than one row, {contradictory} of them with different labels; they stay together.");
        }
    }
}
