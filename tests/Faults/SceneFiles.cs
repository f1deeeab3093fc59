using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SerLab.Faults;

/// <summary>
/// The files of a scene at one moment, to be compared byte by byte: a digest, or the target of a link, by name.
/// </summary>
internal sealed partial class SceneFiles
{
    private readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal);

    private SceneFiles(int runs) => Runs = runs;

    /// <summary>Number of run folders.</summary>
    public int Runs { get; }

    /// <summary>Reads all files.</summary>
    /// <param name="folders">
    /// The folders. Of one that is made at two times, as run folders are, there may be several alike.
    /// </param>
    public static SceneFiles Read(params IEnumerable<string> folders)
    {
        string[] entries = [.. folders.SelectMany(EntriesBelow)];
        SceneFiles read = new(entries.Count(entry => Directory.Exists(entry) && TimedFolder().IsMatch(Path.GetFileName(entry))));
        string root = Path.GetDirectoryName(folders.First())!;
        foreach (string entry in entries)
        {
            string name = TimeInName().Replace(Path.GetRelativePath(root, entry), "TIME-$1");
            FileInfo file = new(entry);
            if (file.LinkTarget is { } target)
            {
                read.Add(name, TimeInName().Replace(target, "TIME-$1"));
            }
            else if (file.Exists && !IsOwnOfAWorker().IsMatch(name))
            {
                read.Add(name, TellsTimes().IsMatch(name) ? "there" : DigestOf(entry, root));
            }
        }

        return read;
    }

    /// <summary>Whether all is as there.</summary>
    public bool IsSameAs(SceneFiles other) => Runs == other.Runs && files.SequenceEqual(other.files);

    /// <summary>What differs from what is expected, in words.</summary>
    public IEnumerable<string> DifferencesFrom(SceneFiles expected) =>
    [
        .. expected.files.Keys.Except(files.Keys).Select(name => $"{name} is missing"),
        .. files.Keys.Except(expected.files.Keys).Select(name => $"{name} is there"),
        .. files.Where(file => expected.files.TryGetValue(file.Key, out string? content) && content != file.Value)
            .Select(file => $"{file.Key} differs"),
    ];

    /// <summary>Files under a final name that are neither as they were before nor as they shall be.</summary>
    public IEnumerable<string> Torn(SceneFiles before, SceneFiles expected) => files
        .Where(file => !Unfinished().IsMatch(file.Key)
            && before.files.GetValueOrDefault(file.Key) != file.Value
            && expected.files.GetValueOrDefault(file.Key) != file.Value)
        .Select(file => $"{file.Key} is not whole");

    /// <summary>Temporary files.</summary>
    public IEnumerable<string> Temporary() =>
        files.Keys.Where(name => name.EndsWith(".serlab-tmp", StringComparison.Ordinal)).Select(name => $"{name} is left");

    // What is written while nothing is final: new files before they are renamed, and journals.
    [GeneratedRegex(@"\.serlab-tmp$|/journal-[^/]*\.jsonl$")]
    private static partial Regex Unfinished();

    // Two equal runs differ in these, for they tell times and machines: they have to be there.
    [GeneratedRegex(@"/(timing\.csv|report\.html)$")]
    private static partial Regex TellsTimes();

    // What the workers of a plan say of themselves, in files named for them; what counts is what is merged of it.
    [GeneratedRegex("^work/plan/(workers/|parts/.*/journal-)")]
    private static partial Regex IsOwnOfAWorker();

    // The folder of a run is named for the second in which it began, and numbered where there is one of that name.
    [GeneratedRegex(@"\d{8}-\d{6}-([a-z]+)(-\d+)?")]
    private static partial Regex TimeInName();

    [GeneratedRegex(@"^\d{8}-\d{6}-")]
    private static partial Regex TimedFolder();

    private static IEnumerable<string> EntriesBelow(string folder) => Directory.EnumerateFileSystemEntries(folder)
        .SelectMany(entry => Directory.Exists(entry) && new FileInfo(entry).LinkTarget is null
            ? EntriesBelow(entry).Prepend(entry)
            : [entry]);

    // Some files name others by their whole path.
    private static string DigestOf(string file, string root) => Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(
        File.ReadAllText(file, Encoding.Latin1).Replace(root, "SCENE", StringComparison.Ordinal))));

    private void Add(string name, string content)
    {
        while (!files.TryAdd(name, content) && files[name] != content)
        {
            name += " (another)";
        }
    }
}
