using System.Diagnostics;

namespace SerLab.Faults;

/// <summary>A disk of memory whose size can be set while it is used.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Large = "256m";
    private readonly string path = Directory.CreateTempSubdirectory("serlab-disk-").FullName;
    private int folders;

    /// <summary>Mounts it.</summary>
    public SmallDisk() => Require("mount", "-t", "tmpfs", "-o", $"size={Large}", "none", path);

    /// <summary>Whether this process may mount one.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && CanMount();

    /// <summary>Number of bytes that are taken.</summary>
    public long Used => new DriveInfo(path) is var drive ? drive.TotalSize - drive.TotalFreeSpace : 0;

    /// <summary>A path on it.</summary>
    public string NewFolder() => Path.Combine(path, $"{++folders}");

    /// <summary>Leaves that much room, or one page where that would be a size of 0, which means no limit.</summary>
    public void Shrink(long room) => Require("mount", "-o", $"remount,size={Math.Max(Used + room, 1)}", path);

    /// <summary>Makes room again.</summary>
    public void Grow() => Require("mount", "-o", $"remount,size={Large}", path);

    /// <inheritdoc/>
    public void Dispose()
    {
        Require("umount", path);
        Directory.Delete(path);
    }

    private static bool CanMount()
    {
        try
        {
            using SmallDisk disk = new();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Require(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new IOException($"'{program} {string.Join(' ', arguments)}' fails: {errors}");
        }
    }
}
