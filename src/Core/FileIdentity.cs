using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace SerLab.Core;

/// <summary>
/// What Linux says of a file without reading it. Whoever writes to a file, replaces it or sets its time of writing back changes
/// its identity: the time of change is the system's own, and no program can set it. Not seen is a write through a memory map that
/// was written through before, until the system has put the page on the disk.
/// </summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Inode">Its number: a file that takes its place has another.</param>
/// <param name="Written">When its content was written, in nanoseconds since 1970; programs can set it.</param>
/// <param name="Changed">When anything of it changed, content, name or times; set by the system alone.</param>
internal readonly record struct FileIdentity(ulong Length, ulong Inode, long Written, long Changed)
{
    private const int WorkingFolder = -100;
    private const uint BasicFields = 0x7ff;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerTick = 100;

    // Two seconds are the coarsest clock of a file system in use, that of FAT.
    private static readonly TimeSpan CoarsestClock = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The identity of a file or of what a link leads to; none where there is no such file, and on systems other than Linux:
    /// their time of change .NET does not tell.
    /// </summary>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return Ask(WorkingFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, BasicFields, out Answer file) == 0
                && (file.Fields & BasicFields) == BasicFields
                ? new FileIdentity(file.Length, file.Inode, file.Written.Nanoseconds, file.Changed.Nanoseconds)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // C libraries before 2018 do not have it.
            return null;
        }
    }

    /// <summary>
    /// Whether a write after a moment must show in the identity. One within the same step of the file system's clock would not,
    /// which is git's racy file.
    /// </summary>
    public bool IsSettledAt(DateTimeOffset moment) =>
        Math.Max(Written, Changed) < (moment - CoarsestClock - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;

    /// <summary>All of it as text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Length} {Inode} {Written} {Changed}");

    // https://man7.org/linux/man-pages/man2/statx.2.html; unlike stat's, its structure is the same on every processor.
    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Ask(int folder, byte[] path, int flags, uint fields, out Answer file);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        private readonly long seconds;
        private readonly uint nanoseconds;
        private readonly int reserved;

        public long Nanoseconds => (seconds * NanosecondsPerSecond) + nanoseconds;
    }

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct Answer
    {
        [FieldOffset(0)]
        public readonly uint Fields;

        [FieldOffset(32)]
        public readonly ulong Inode;

        [FieldOffset(40)]
        public readonly ulong Length;

        [FieldOffset(96)]
        public readonly Time Changed;

        [FieldOffset(112)]
        public readonly Time Written;
    }
}
