using System.Globalization;
using SerLab.Core;

namespace SerLab.Evaluation.Runs;

/// <summary>Names of the files of a run folder.</summary>
public static class RunFiles
{
    /// <summary>What was run.</summary>
    public const string Description = "run.json";

    /// <summary>Clips, groups and folds.</summary>
    public const string Folds = "folds.jsonl";

    /// <summary>Every out-of-fold prediction.</summary>
    public const string Predictions = "predictions.csv";

    /// <summary>Every figure.</summary>
    public const string Metrics = "metrics.csv";

    /// <summary>Paired tests between models.</summary>
    public const string Tests = "tests.csv";

    /// <summary>Times; differs between equal runs.</summary>
    public const string Timing = "timing.csv";

    /// <summary>SHA-256 of the files that are the same in equal runs, as <c>sha256sum</c> writes and checks it.</summary>
    public const string Manifest = "manifest.sha256";

    /// <summary>The files that the manifest covers.</summary>
    public static IReadOnlyList<string> Covered { get; } = [Description, Folds, Predictions, Metrics, Tests];
}

/// <summary>The folder of one run: found again if the same run was interrupted, else made new. Disposing releases it.</summary>
internal sealed class RunFolder : IDisposable
{
    private RunFolder(string path, RunJournal journal)
    {
        Path = path;
        Journal = journal;
    }

    public string Path { get; }

    public RunJournal Journal { get; }

    /// <summary>Opens the unfinished folder of the run with that hash, the newest first, or makes a new one.</summary>
    public static RunFolder In(string runsFolder, string name, string runHash, DateTimeOffset now)
    {
        Directory.CreateDirectory(runsFolder);
        foreach (string folder in Directory.GetDirectories(runsFolder).OrderDescending(StringComparer.Ordinal))
        {
            if (new DirectoryInfo(folder).LinkTarget is null && RunJournal.TryOpen(folder, runHash) is { } found)
            {
                return new RunFolder(folder, found);
            }
        }

        string stem = System.IO.Path.Combine(
            runsFolder, $"{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{FileNameOf(name)}");
        for (int i = 1; ; i++)
        {
            string folder = i == 1 ? stem : $"{stem}-{i}";
            bool isNew = !Directory.Exists(folder);
            Directory.CreateDirectory(folder);
            if (isNew && RunJournal.TryCreate(folder, runHash) is { } journal)
            {
                return new RunFolder(folder, journal);
            }
        }
    }

    /// <summary>Opens the given folder: an interrupted run with that hash goes on, an empty or missing folder starts.</summary>
    public static RunFolder At(string path, string runHash)
    {
        Directory.CreateDirectory(path);
        bool isEmpty = !Directory.EnumerateFileSystemEntries(path).Any();
        RunJournal? journal = isEmpty ? RunJournal.TryCreate(path, runHash) : RunJournal.TryOpen(path, runHash);
        return journal is not null
            ? new RunFolder(path, journal)
            : throw new InvalidInputException(
                $"The folder '{path}' is in use or holds something else than an interrupted run of this very configuration; "
                + "name another folder or empty it.");
    }

    /// <summary>Writes all files; the manifest goes last among them, and only then the journal.</summary>
    public void Finish(IReadOnlyDictionary<string, string> files)
    {
        foreach ((string name, string text) in files)
        {
            AtomicFile.Write(System.IO.Path.Combine(Path, name), text);
        }

        AtomicFile.Write(
            System.IO.Path.Combine(Path, RunFiles.Manifest),
            string.Concat(RunFiles.Covered.Select(name => $"{RunHash.Of(files[name])}  {name}\n")));
        Journal.Dispose();
        File.Delete(System.IO.Path.Combine(Path, RunJournal.FileName));
    }

    public void Dispose() => Journal.Dispose();

    private static string FileNameOf(string name) =>
        new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]);
}
