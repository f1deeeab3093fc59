using System.Runtime.InteropServices;

namespace SerLab.Features.Audio;

/// <summary>
/// The entry points of libsndfile that are used here (Erik de Castro Lopo, http://libsndfile.github.io/libsndfile/api.html),
/// bound at run time: the library is optional.
/// </summary>
internal sealed unsafe class SndFileLibrary
{
    private const int ReadMode = 0x10;

    private static readonly Lazy<SndFileLibrary?> Shared = new(() => TryLoad(CandidateNames));

    // libsndfile keeps the reason of a failed open in a global variable, and the first open of an MP3 initialises its decoder.
    private readonly Lock opening = new();

    private readonly delegate* unmanaged<VirtualIo*, int, SoundInfo*, nint, nint> open;
    private readonly delegate* unmanaged<nint, float*, long, long> readFrames;
    private readonly delegate* unmanaged<nint, int> error;
    private readonly delegate* unmanaged<nint, byte*> errorText;
    private readonly delegate* unmanaged<byte*> version;
    private readonly delegate* unmanaged<nint, int> close;

    private SndFileLibrary(nint library)
    {
        open = (delegate* unmanaged<VirtualIo*, int, SoundInfo*, nint, nint>)NativeLibrary.GetExport(library, "sf_open_virtual");
        readFrames = (delegate* unmanaged<nint, float*, long, long>)NativeLibrary.GetExport(library, "sf_readf_float");
        error = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "sf_error");
        errorText = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "sf_strerror");
        version = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "sf_version_string");
        close = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "sf_close");
    }

    /// <summary>The library of this machine, or <see langword="null"/> where it is not installed.</summary>
    public static SndFileLibrary? Installed => Shared.Value;

    /// <summary>Name and version, e.g. <c>libsndfile-1.2.2</c>.</summary>
    public string Version => Text(version());

    // Homebrew on Apple silicon installs outside the folders that macOS searches.
    private static string[] CandidateNames =>
    [
        "libsndfile.so.1", "libsndfile.1.dylib", "/opt/homebrew/lib/libsndfile.1.dylib", "/usr/local/lib/libsndfile.1.dylib",
        "sndfile.dll", "libsndfile-1.dll", "libsndfile",
    ];

    /// <summary>Loads the first of the named libraries that is there and has all entry points.</summary>
    /// <param name="names">File names or paths, tried in order.</param>
    public static SndFileLibrary? TryLoad(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (!NativeLibrary.TryLoad(name, typeof(SndFileLibrary).Assembly, searchPath: null, out nint library))
            {
                continue;
            }

            try
            {
                return new SndFileLibrary(library);
            }
            catch (EntryPointNotFoundException)
            {
                NativeLibrary.Free(library);
            }
        }

        return null;
    }

    /// <summary>Opens a sound for reading; an invalid handle and the library's reason where it cannot.</summary>
    /// <param name="callbacks">How the library reaches the bytes.</param>
    /// <param name="context">Handed to every callback.</param>
    /// <param name="info">Receives length, rate and channels.</param>
    /// <param name="reason">Why not, in the library's words.</param>
    public nint Open(VirtualIo callbacks, nint context, out SoundInfo info, out string reason)
    {
        lock (opening)
        {
            SoundInfo found = default;
            nint file = open(&callbacks, ReadMode, &found, context);
            info = found;
            reason = file == 0 ? Text(errorText(0)) : "";
            return file;
        }
    }

    /// <summary>Decodes the next frames as floats of full scale [-1, 1]; returns how many, 0 at the end.</summary>
    public int Read(nint file, Span<float> target, int channels)
    {
        fixed (float* first = target)
        {
            return (int)readFrames(file, first, target.Length / channels);
        }
    }

    /// <summary>What went wrong in the last call, in the library's words, or <see langword="null"/>.</summary>
    public string? ErrorOf(nint file) => error(file) == 0 ? null : Text(errorText(file));

    /// <summary>Closes an open file.</summary>
    public void Close(nint file) => _ = close(file);

    private static string Text(byte* text) => (Marshal.PtrToStringUTF8((nint)text) ?? "").Trim().TrimEnd('.');

    /// <summary>SF_INFO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SoundInfo
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }

    /// <summary>SF_VIRTUAL_IO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct VirtualIo
    {
        public delegate* unmanaged<nint, long> Length;
        public delegate* unmanaged<long, int, nint, long> Seek;
        public delegate* unmanaged<void*, long, nint, long> Read;
        public delegate* unmanaged<void*, long, nint, long> Write;
        public delegate* unmanaged<nint, long> Position;
    }
}
