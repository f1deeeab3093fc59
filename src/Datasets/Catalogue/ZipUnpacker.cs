using System.IO.Compression;
using SerLab.Core;

namespace SerLab.Datasets.Catalogue;

/// <summary>
/// Unpacks a zip archive that is not trusted: nothing is written outside the target folder, nothing twice, and no more bytes than
/// the archive declares and the limit allows. Files are written in place, since the folder is renamed as a whole once all of them
/// are there.
/// </summary>
internal static class ZipUnpacker
{
    private const int MostEntries = 100_000;

    /// <exception cref="InvalidInputException">The archive is damaged or does one of those things; one sentence.</exception>
    public static void Unpack(
        string archive, string folder, long limit, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(archive);
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(archive);
            CheckSize(zip, name, limit);
            string root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
            long total = zip.Entries.Sum(e => e.Length);
            long done = 0;
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                string target = TargetOf(entry, root, name);
                if (entry.FullName.EndsWith('/'))
                {
                    Make(target, entry, name);
                    continue;
                }

                Make(Path.GetDirectoryName(target)!, entry, name);
                Copy(entry, target, name, cancellationToken);
                progress?.Report(new WorkProgress($"unpacking {name}", done += entry.Length, total));
            }
        }
        catch (InvalidDataException e)
        {
            throw new InvalidInputException(
                $"{name} is not a readable zip archive ({e.Message.TrimEnd('.')}); download it again.", e);
        }
    }

    private static void CheckSize(ZipArchive zip, string name, long limit)
    {
        long declared = 0;
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            // Compared before adding, so that absurd declarations cannot overflow the sum.
            if (entry.Length < 0 || entry.Length > limit - declared)
            {
                throw new InvalidInputException($"{name} would unpack to more than {limit:N0} bytes and was not unpacked.");
            }

            declared += entry.Length;
        }

        if (zip.Entries.Count > MostEntries)
        {
            throw new InvalidInputException(
                $"{name} holds {zip.Entries.Count:N0} entries, more than {MostEntries:N0}, and was not unpacked.");
        }
    }

    private static string TargetOf(ZipArchiveEntry entry, string root, string name)
    {
        string entryName = entry.FullName;

        // Backslashes and colons mean something on one system and nothing on another: refused everywhere alike.
        bool isPlain = entryName.AsSpan().IndexOfAny('\\', ':', '\0') < 0;
        string target = isPlain ? Path.GetFullPath(Path.Combine(root, entryName)) : "";
        if (!target.StartsWith(root, StringComparison.Ordinal))
        {
            throw new InvalidInputException(
                $"{name} holds an entry that would be written outside its folder ('{entryName.Replace('\0', ' ')}'); it was not "
                + "unpacked.");
        }

        return target;
    }

    // A name may be too long, or be that of a file before.
    private static void Make(string folder, ZipArchiveEntry entry, string name)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(
                $"{name} holds '{entry.FullName}', for which no folder can be made ({error.Message.TrimEnd('.')}); it was not "
                + "unpacked.",
                error);
        }
    }

    private static void Copy(ZipArchiveEntry entry, string target, string name, CancellationToken cancellationToken)
    {
        if (Path.Exists(target))
        {
            throw new InvalidInputException($"{name} holds '{entry.FullName}' more than once; it was not unpacked.");
        }

        using Stream source = entry.Open();
        using FileStream file = new(target, FileMode.CreateNew, FileAccess.Write);
        byte[] buffer = new byte[1 << 16];
        long written = 0;
        for (int read; (read = source.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            written += read;
            if (written > entry.Length)
            {
                break;
            }

            file.Write(buffer, 0, read);
        }

        if (written != entry.Length)
        {
            throw new InvalidInputException(
                $"{name} declares {entry.Length:N0} bytes for '{entry.FullName}' but holds another number; download it again.");
        }
    }
}
