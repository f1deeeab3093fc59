using System.Runtime.InteropServices;

namespace SerLab.Fuzz.Targets;

/// <summary>Writes sounds by libsndfile: SerLab itself writes none of these formats.</summary>
internal static unsafe partial class SndFileWriter
{
    private const string Library = "libsndfile.so.1";
    private const int WriteMode = 0x20;
    private const int Rate = 16_000;

    /// <summary>Writes a short tone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">SF_FORMAT: container and encoding.</param>
    /// <returns>The bytes of the file; none where this build of the library does not write the format.</returns>
    public static byte[]? TryWrite(string path, int format)
    {
        SoundInfo info = new() { SampleRate = Rate, Channels = 1, Format = format };
        nint file = Open(path, WriteMode, &info);
        if (file == 0)
        {
            return null;
        }

        float[] samples = SoundBytes.Tone(1600).Samples.ToArray();
        fixed (float* first = samples)
        {
            _ = Write(file, first, samples.Length);
        }

        _ = Close(file);
        return File.ReadAllBytes(path);
    }

    [LibraryImport(Library, EntryPoint = "sf_open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int mode, SoundInfo* info);

    [LibraryImport(Library, EntryPoint = "sf_writef_float")]
    private static partial long Write(nint file, float* samples, long frames);

    [LibraryImport(Library, EntryPoint = "sf_close")]
    private static partial int Close(nint file);

    [StructLayout(LayoutKind.Sequential)]
    private struct SoundInfo
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }
}
