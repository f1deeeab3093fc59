using System.Text;

namespace SerLab.Core;

/// <summary>
/// Writes files whole or not at all: neither a reader nor a process that is killed ever sees or leaves half of one. Safe to call
/// from several threads and processes; of several writers of one file the last wins.
/// </summary>
internal static class AtomicFile
{
    // A command writes on within a day, or was killed.
    private static readonly TimeSpan Forsaken = TimeSpan.FromDays(1);

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    /// <param name="path">The file, as for <see cref="Write(string, Action{Stream})"/>.</param>
    /// <param name="text">The content.</param>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// Writes to a new file with a unique name in the same folder, flushes it to the disk and renames it. A file that is there is
    /// replaced and its permissions are kept; a failure leaves it as it was. New files beside it that killed commands left more
    /// than a day ago are deleted.
    /// </summary>
    /// <param name="path">
    /// The file; its folder is created where it is missing. A symbolic link is followed, and its target written. A device or pipe
    /// (<c>/dev/null</c>, <c>/dev/stdout</c>) is written directly, for renaming would put a file in its place.
    /// </param>
    /// <param name="write">Writes the content to a stream that it need not close.</param>
    /// <exception cref="IOException">The path is a folder, or the disk fails.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder must not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = TargetOf(Path.GetFullPath(path));
        if (Directory.Exists(target))
        {
            throw new IOException($"'{target}' is a folder, and a file was expected.");
        }

        using FileStream? device = OpenDevice(target);
        if (device is not null)
        {
            write(device);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Replace(target, write);
    }

    private static void Replace(string target, Action<Stream> write)
    {
        DeleteForsaken(target);
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                KeepPermissions(target, temporary);
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void DeleteForsaken(string target)
    {
        string name = Path.GetFileName(target);
        EnumerationOptions all = new() { AttributesToSkip = 0 };
        foreach (FileInfo file in new DirectoryInfo(Path.GetDirectoryName(target)!).EnumerateFiles("*.tmp", all))
        {
            if (file.Name.StartsWith(name + '.', StringComparison.Ordinal)
                && Guid.TryParseExact(Path.GetFileNameWithoutExtension(file.Name[(name.Length + 1)..]), "N", out _)
                && DateTime.UtcNow - file.LastWriteTimeUtc > Forsaken)
            {
                try
                {
                    file.Delete();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // Somebody else's: it is in nobody's way.
                }
            }
        }
    }

    private static string TargetOf(string path) => !IsDevice(path) && new FileInfo(path).LinkTarget is not null
        ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName
        : path;

    // Opening a file that is there also finds out whether it may be written, which renaming would not ask.
    private static FileStream? OpenDevice(string target)
    {
        bool isDevice = IsDevice(target);
        if (!isDevice && !File.Exists(target))
        {
            return null;
        }

        FileStream stream = new(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        if (isDevice || !stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }

    // .NET does not tell devices from files, but they have places of their own.
    private static bool IsDevice(string path) => OperatingSystem.IsWindows()
        ? path.StartsWith(@"\\.\", StringComparison.Ordinal)
        : path.StartsWith("/proc/", StringComparison.Ordinal)
            || (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal));

    private static void KeepPermissions(string from, string to)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(from))
        {
            File.SetUnixFileMode(to, File.GetUnixFileMode(from));
        }
    }
}
