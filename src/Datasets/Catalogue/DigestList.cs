using System.Security.Cryptography;
using System.Text;
using SerLab.Core;
using SerLab.Datasets.Corpora;

namespace SerLab.Datasets.Catalogue;

/// <summary>
/// The <c>SHA256SUMS</c> file of a corpus folder, in the format of the sha256sum tool: written from files whose archive was
/// verified, so that later damage to any clip is found although the archive is gone.
/// </summary>
internal static class DigestList
{
    public const string FileName = "SHA256SUMS";
    private const string What = "digests";

    /// <summary>Hashes every file below a folder and writes the list into it.</summary>
    public static void Write(string folder, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        string[] files = [.. Files(folder)];
        Meter meter = new($"digesting {Path.GetFileName(folder)}", files, progress);
        var text = new StringBuilder();
        foreach (string file in files)
        {
            string name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            text.Append(Digest(file, meter, cancellationToken)).Append("  ").Append(name).Append('\n');
        }

        AtomicFile.Write(Path.Combine(folder, FileName), text.ToString());
    }

    /// <summary>Compares every listed file with its digest.</summary>
    public static CheckFinding Check(string folder, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        string list = Path.Combine(folder, FileName);
        if (!File.Exists(list))
        {
            return new CheckFinding(
                What, CheckOutcome.NotChecked, $"there is no {FileName}: this folder was not made by data get; structure only");
        }

        List<(string Digest, string Path)> entries = [];
        foreach (string line in File.ReadLines(list))
        {
            string[] parts = line.Split("  ", 2);
            if (parts.Length != 2 || parts[0].Length != 64 || !IsInside(folder, parts[1]))
            {
                return new CheckFinding(
                    What, CheckOutcome.Failed, $"{FileName} has a line that is not 'digest  name' of a file here: {line}");
            }

            entries.Add((parts[0], parts[1]));
        }

        string[] missing = [.. entries.Where(e => !File.Exists(Path.Combine(folder, e.Path))).Select(e => e.Path)];
        Meter meter = new(
            $"digesting {Path.GetFileName(folder)}",
            entries.Select(e => Path.Combine(folder, e.Path)).Where(File.Exists),
            progress);
        List<string> changed = [];
        foreach ((string digest, string name) in entries)
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path)
                && !Digest(path, meter, cancellationToken).Equals(digest, StringComparison.OrdinalIgnoreCase))
            {
                changed.Add(name);
            }
        }

        return missing.Length + changed.Count == 0
            ? new CheckFinding(What, CheckOutcome.Passed, $"all {entries.Count} files are as they were downloaded")
            : new CheckFinding(
                What,
                CheckOutcome.Failed,
                $"{changed.Count} changed since the download{NameList.Some(changed)}, "
                    + $"{missing.Length} missing{NameList.Some(missing)}");
    }

    // A list from elsewhere must not have other files of this computer read, of which a device has no end.
    private static bool IsInside(string folder, string name) =>
        !name.Contains('\0', StringComparison.Ordinal)
        && Path.GetFullPath(Path.Combine(folder, name)).StartsWith(
            Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static IEnumerable<string> Files(string folder) =>
        FolderTree.Files(folder)
            .Where(f => Path.GetFileName(f) != FileName)
            .Order(StringComparer.Ordinal);

    private static string Digest(string file, Meter meter, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using FileStream stream = File.OpenRead(file);
        return Checksum.Compute(stream, HashAlgorithmName.SHA256, meter.Add, cancellationToken);
    }

    private sealed class Meter(string step, IEnumerable<string> files, IProgress<WorkProgress>? progress)
    {
        private readonly long total = files.Sum(f => new FileInfo(f).Length);
        private long done;

        public void Add(int bytes)
        {
            done += bytes;
            progress?.Report(new WorkProgress(step, done, total));
        }
    }
}
