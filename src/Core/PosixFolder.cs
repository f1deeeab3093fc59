using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SerLab.Core;

/// <summary>What POSIX does with a folder, and .NET does not.</summary>
internal static class PosixFolder
{
    private const int ReadOnly = 0;

    /// <summary>
    /// Flushes the entries of a folder to the disk, so that a new or renamed file is found after a loss of power. Where a system
    /// or a file system knows no such thing, nothing happens.
    /// </summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using SafeFileHandle handle = new(Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly), ownsHandle: true);
        if (!handle.IsInvalid)
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Open(byte[] path, int flags);
}
