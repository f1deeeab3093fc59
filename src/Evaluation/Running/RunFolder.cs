using System.Globalization;
using System.IO.Enumeration;
using SerLab.Core;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Running;

/// <summary>The folder of one run: found again if the same run was interrupted, else made new. Disposing releases it.</summary>
internal sealed class RunFolder : IDisposable
{
    private RunFolder(string path, RunJournal journal)
    {
        Path = path;
        Journal = journal;
    }

    public string Path { get; }

    /// <summary>The journal of this process.</summary>
    public RunJournal Journal { get; }

    /// <summary>The folder that the surroundings name for a plan; none where they name none.</summary>
    public static RunFolder? Open(RunPlan plan, Surroundings surroundings) => surroundings switch
    {
        { Folder: { } folder } => At(folder, plan),
        { RunsFolder: { } runs } => In(runs, plan, surroundings.Clock.GetLocalNow()),
        _ => null,
    };

    /// <summary>Writes all files, the manifest last.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, string> files)
    {
        try
        {
            foreach ((string name, string text) in files)
            {
                AtomicFile.Write(System.IO.Path.Combine(path, name), text);
            }

            AtomicFile.Write(System.IO.Path.Combine(path, RunFiles.Manifest), RunManifest.ToText(files));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, error);
        }
    }

    /// <summary>Deletes the journals of a finished run.</summary>
    public static void DeleteJournals(string path)
    {
        foreach (string journal in Directory.GetFiles(path, RunFiles.Journals))
        {
            File.Delete(journal);
        }
    }

    /// <summary>What to tell a user whose disk is full, or who may not write there.</summary>
    public static InvalidInputException CannotWrite(string path, Exception error) => new(
        $"'{path}' cannot be written ({error.Message.TrimEnd('.')}); make room or name another folder.", error);

    public void Dispose() => Journal.Dispose();

    /// <summary>Opens the unfinished folder of the plan, the newest first, or makes a new one.</summary>
    private static RunFolder In(string runsFolder, RunPlan plan, DateTimeOffset now)
    {
        Make(runsFolder);
        string name = FileNameOf(plan.Description.Name);
        foreach (string folder in Directory.GetDirectories(runsFolder).OrderDescending(StringComparer.Ordinal))
        {
            bool isNamedSo =
                FileSystemName.MatchesSimpleExpression($"????????-??????-{name}*", System.IO.Path.GetFileName(folder));
            if (new DirectoryInfo(folder).LinkTarget is null
                && ((isNamedSo ? Begin(folder, plan) : null) ?? Resume(folder, plan)) is { } found)
            {
                return found;
            }
        }

        string stem = System.IO.Path.Combine(
            runsFolder, $"{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{name}");
        for (int i = 1; ; i++)
        {
            string folder = i == 1 ? stem : $"{stem}-{i}";
            if (!Directory.Exists(folder))
            {
                Make(folder);
                if (Begin(folder, plan) is { } begun)
                {
                    return begun;
                }
            }
        }
    }

    /// <summary>
    /// Opens the given folder: an interrupted run of that plan is resumed, in an empty or missing folder it starts.
    /// </summary>
    private static RunFolder At(string path, RunPlan plan)
    {
        Make(path);
        return Begin(path, plan) ?? Resume(path, plan) ?? throw new InvalidInputException(
            $"The folder '{path}' is in use or holds something other than an interrupted run of exactly this configuration; "
            + "name another folder or empty it.");
    }

    /// <summary>A folder that is empty, or was left before there was any work in it; else none.</summary>
    private static RunFolder? Begin(string path, RunPlan plan) =>
        Directory.EnumerateFileSystemEntries(path).All(RunJournal.IsTorn) ? Open(path, plan) : null;

    /// <summary>
    /// A folder in which some worker has begun this plan; none where this process has no journal of its own there.
    /// </summary>
    private static RunFolder? Resume(string path, RunPlan plan) =>
        RunMerge.Read(plan, path).IsBegun ? Open(path, plan) : null;

    private static RunFolder? Open(string path, RunPlan plan) =>
        RunJournal.Open(path, RunWorker.LocalName, plan.Hash) is { } journal ? new RunFolder(path, journal) : null;

    private static void Make(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, error);
        }
    }

    private static string FileNameOf(string name) =>
        new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]);
}
