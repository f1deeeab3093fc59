using System.Text;

namespace SerLab.Core;

/// <summary>
/// Writes files whole or not at all: neither a reader nor a process that is killed ever sees or leaves half of one. Safe to call
/// from several threads and processes; of several writers of one file the last wins.
/// </summary>
internal static class AtomicFile
{
    private const string Extension = ".serlab-tmp";

    // Among more files than these nobody looks for forsaken ones: to write very many into a folder stays linear in their number.
    private const int MostFiles = 1000;

    // Where a lock tells nothing, as on some network drives, whoever has not written for a day was killed.
    private static readonly TimeSpan Forsaken = TimeSpan.FromDays(1);

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    /// <param name="path">The file, as for <see cref="Write(string, Action{Stream})"/>.</param>
    /// <param name="text">The content.</param>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// Writes to a new file with a unique name in the same folder, flushes it to the disk, renames it and flushes the folder. A
    /// file that is there is replaced and its permissions are kept; a failure leaves it as it was. New files that killed commands
    /// left in the folder are deleted: no process has them open.
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
        try
        {
            Replace(target, write);
        }
        catch (IOException e) when (WithoutTemporaryName(e.Message, target) is { } message)
        {
            throw new IOException(message, e);
        }
        catch (UnauthorizedAccessException e) when (WithoutTemporaryName(e.Message, target) is { } message)
        {
            throw new UnauthorizedAccessException(message, e);
        }
    }

    /// <summary>Whether a file has the name of one that is being written, or was when its command was killed.</summary>
    public static bool IsTemporary(string file) =>
        Path.GetExtension(file) == Extension
        && Guid.TryParseExact(Path.GetExtension(Path.GetFileNameWithoutExtension(file)).TrimStart('.'), "N", out _);

    // What the system says of the new file, said of the one that was asked for; none where it says nothing of it.
    private static string? WithoutTemporaryName(string message, string target)
    {
        int start = message.IndexOf($"{target}.", StringComparison.Ordinal) + target.Length;
        int end = message.IndexOf(Extension, Math.Max(start, 0), StringComparison.Ordinal) + Extension.Length;
        return start >= target.Length && end > start && IsTemporary($"{target}{message[start..end]}")
            ? message.Remove(start, end - start)
            : null;
    }

    private static void Replace(string target, Action<Stream> write)
    {
        string folder = Path.GetDirectoryName(target)!;
        FileStream stream = CreateBeside(target);
        bool isThere = false;
        try
        {
            DeleteForsaken(folder, stream.Name);
            KeepPermissions(target, stream.Name);
            write(stream);
            stream.Flush(flushToDisk: true);
            if (OperatingSystem.IsWindows())
            {
                stream.Dispose();
            }

            // Elsewhere it stays open, for while it is nobody takes it for forsaken.
            File.Move(stream.Name, target, overwrite: true);
            isThere = true;
        }
        finally
        {
            Close(stream, keep: isThere);
        }

        PosixFolder.Flush(folder);
    }

    private static void Close(FileStream stream, bool keep)
    {
        try
        {
            stream.Dispose();
        }
        finally
        {
            // What is still to be written may not fit on the disk.
            if (!keep)
            {
                File.Delete(stream.Name);
            }
        }
    }

    // Between its creation and its lock somebody may take a file for forsaken: then it gets another name.
    private static FileStream CreateBeside(string target, int attempts = 3)
    {
        string path = $"{target}.{Guid.NewGuid():N}{Extension}";
        try
        {
            DiskFile stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            if (attempts == 1 || File.Exists(path))
            {
                return stream;
            }

            stream.Dispose();
        }
        catch (IOException) when (attempts > 1)
        {
        }

        return CreateBeside(target, attempts - 1);
    }

    private static void DeleteForsaken(string folder, string own)
    {
        foreach (string file in Directory.EnumerateFiles(folder).Take(MostFiles).Where(file => IsTemporary(file) && file != own))
        {
            if (IsLocked(own) || DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > Forsaken)
            {
                DeleteUnlessLocked(file);
            }
        }
    }

    private static void DeleteUnlessLocked(string file)
    {
        try
        {
            using FileStream last =
                new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody writes it, or it is somebody else's: it is in nobody's way.
        }
    }

    // A lock ends with its process, however that ends.
    private static bool IsLocked(string file)
    {
        try
        {
            using FileStream second = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
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
