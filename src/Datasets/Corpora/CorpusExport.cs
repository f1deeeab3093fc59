using System.Globalization;
using CsvHelper;
using SerLab.Core;
using SerLab.Datasets.Tables;
using SerLab.Features.Audio;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// Writes a corpus as a folder of one's own kind: a WAV file per clip, <c>labels.csv</c>, and a <c>corpus.yaml</c> that says what
/// its columns mean.
/// </summary>
public static class CorpusExport
{
    /// <summary>The table.</summary>
    public const string Labels = "labels.csv";

    /// <summary>The description.</summary>
    public const string Description = "corpus.yaml";

    private const string IdColumn = "file";
    private const string LabelColumn = "label";

    /// <summary>Writes the corpus; samples are rounded to 16 bits.</summary>
    /// <param name="corpus">Clips with sounds.</param>
    /// <param name="folder">A folder that is empty or not there, or in which the same was stopped half-way.</param>
    /// <param name="progress">Reported after every clip.</param>
    /// <param name="cancellationToken">Stops before the next clip; the description, which comes last, is then missing.</param>
    /// <exception cref="InvalidInputException">
    /// The folder holds something or cannot be written, or a clip has no sound.
    /// </exception>
    public static void Write(
        Corpus corpus,
        string folder,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && !IsUnfinished(folder, corpus)))
        {
            throw new InvalidInputException($"'{folder}' is not empty; name a folder that is, or one that is not there yet.");
        }

        int done = 0;
        Lock counting = new();
        ParallelWork.For(
            corpus.Clips.Count,
            Environment.ProcessorCount,
            i =>
            {
                Clip clip = corpus.Clips[i];
                AudioSource audio = clip.Audio
                    ?? throw new InvalidInputException($"The corpus has no sound for the clip '{clip.Id}'.");
                WavWriter.Write(Path.Combine(folder, FileOf(clip)), audio.Load());
                lock (counting)
                {
                    progress?.Report(new WorkProgress("writing sounds", ++done, corpus.Clips.Count));
                }
            },
            cancellationToken);
        AtomicFile.Write(Path.Combine(folder, Labels), Table(corpus));
        AtomicFile.Write(Path.Combine(folder, Description), Describe(corpus));
    }

    // Empty, or left by the same export, which was stopped before the description was written.
    private static bool IsUnfinished(string folder, Corpus corpus)
    {
        HashSet<string> own = new(corpus.Clips.Select(FileOf).Append(Labels), StringComparer.Ordinal);
        return Directory.EnumerateFileSystemEntries(folder)
            .All(entry => own.Contains(Path.GetFileName(entry)) || AtomicFile.IsTemporary(entry));
    }

    private static string FileOf(Clip clip) => clip.Id + ".wav";

    private static string[] GroupsOf(Corpus corpus) =>
    [
        .. corpus.Clips.SelectMany(clip => clip.Groups.Keys).Distinct()
            .OrderBy(kind => kind == corpus.DefaultGroup ? 0 : 1).ThenBy(kind => kind, StringComparer.Ordinal),
    ];

    // What the classes are called, unless that is the name of another column.
    private static string LabelColumnOf(Corpus corpus) =>
        GroupsOf(corpus).Concat(corpus.Targets).Append(IdColumn).Contains(corpus.ClassName) ? LabelColumn : corpus.ClassName;

    private static string Table(Corpus corpus)
    {
        string[] groups = GroupsOf(corpus);
        using StringWriter text = new(CultureInfo.InvariantCulture);
        using (CsvWriter csv = CsvRecords.WriterTo(text))
        {
            string[] label = corpus.Classes.Count > 0 ? [LabelColumnOf(corpus)] : [];
            csv.WriteCells([IdColumn, .. corpus.Targets, .. label, .. groups]);
            foreach (Clip clip in corpus.Clips)
            {
                csv.WriteCells(
                [
                    FileOf(clip),
                    .. corpus.Targets.Select(target => clip.Ratings[target].ToString("R", CultureInfo.InvariantCulture)),
                    .. label.Select(_ => clip.Label!),
                    .. groups.Select(kind => clip.Groups.GetValueOrDefault(kind, clip.Id)),
                ]);
            }
        }

        return text.ToString();
    }

    private static string Describe(Corpus corpus)
    {
        List<string> lines =
        [
            $"name: {Quoted(corpus.Name)}",
            $"title: {Quoted(corpus.Title)}",
            $"licence: {Quoted(corpus.Licence)}",
            $"citation: {Quoted(corpus.Citation)}",
            "audio: .",
            $"labels: {Labels}",
            $"id: {IdColumn}",
            $"groups: {List(GroupsOf(corpus))}",
        ];
        if (corpus.IsSynthetic)
        {
            lines.Add("synthetic: true");
        }

        if (corpus.Targets.Count > 0)
        {
            lines.Add($"targets: {List(corpus.Targets)}");
        }

        if (corpus.Classes.Count > 0)
        {
            lines.Add($"label: {Quoted(LabelColumnOf(corpus))}");
            lines.Add($"classes: {List(corpus.Classes)}");
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static string List(IEnumerable<string> names) => $"[{string.Join(", ", names.Select(Quoted))}]";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
