using System.IO.Enumeration;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// The sounds below a folder, and nothing else: symbolic links are neither listed nor followed, wherever they lead, and a path is
/// looked at again before it is opened.
/// </summary>
/// <param name="root">An existing folder; it may itself be reached through a link.</param>
internal sealed class SoundFolder(string root)
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>The absolute path of the folder.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>All sounds, in ordinal order of their paths.</summary>
    public IReadOnlyList<FoundSound> Scan()
    {
        FileSystemEnumerable<FoundSound> sounds = new(Root, Found, Everything)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                !entry.IsDirectory && AudioFileSource.LooksLikeAudio(entry.FileName),
        };
        return [.. sounds.OrderBy(sound => sound.Path, StringComparer.Ordinal)];
    }

    /// <summary>The absolute path of a sound, or none where it is gone or no longer lies in the folder itself.</summary>
    /// <param name="path">Relative, with forward slashes, as <see cref="Scan"/> gave it.</param>
    public string? Locate(string path)
    {
        string full = Root;
        foreach (string part in path.Split('/'))
        {
            full = Path.Combine(full, part);
            if (part is "" or "." or ".." || new FileInfo(full).LinkTarget is not null)
            {
                return null;
            }
        }

        return File.Exists(full) ? full : null;
    }

    private static FoundSound Found(ref FileSystemEntry entry)
    {
        ReadOnlySpan<char> folder = entry.Directory[entry.RootDirectory.Length..].TrimStart(Path.DirectorySeparatorChar);
        string path = folder.IsEmpty ? entry.FileName.ToString() : $"{folder}/{entry.FileName}";
        return new FoundSound(
            OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path,
            new FileStamp(entry.Length, entry.LastWriteTimeUtc.UtcTicks));
    }
}

/// <summary>A sound in a folder.</summary>
/// <param name="Path">Relative to the folder, with forward slashes.</param>
/// <param name="Stamp">By which it is known again.</param>
internal readonly record struct FoundSound(string Path, FileStamp Stamp);

/// <summary>What tells that a file is as it was, without reading it.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Written">When it was last written, in ticks.</param>
internal readonly record struct FileStamp(long Length, long Written);
