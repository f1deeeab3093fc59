using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SerLab.Features.Audio;

/// <summary>
/// A sound that libsndfile has open. It reads from a stream through callbacks, so that every path that .NET can open works,
/// whatever its script and whatever the system. Not thread-safe; different handles may be used at the same time.
/// </summary>
internal sealed unsafe class SndFileHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int FormatMask = 0x0FFF0000;
    private const int FormatFlac = 0x170000;

    private readonly SndFileLibrary library;
    private readonly Source source;
    private readonly GCHandle context;

    private SndFileHandle(SndFileLibrary library, Stream stream) : base(ownsHandle: true)
    {
        this.library = library;
        source = new Source(stream);
        context = GCHandle.Alloc(source);
    }

    /// <summary>The number of frames according to the header: only a hint, for it may be wrong or missing.</summary>
    public long PromisedFrames { get; private set; }

    /// <summary>
    /// Whether <see cref="PromisedFrames"/> is what an intact file decodes to: true of FLAC, unless its writer could not go back
    /// to fill it in; in MP3 it is an estimate.
    /// </summary>
    public bool HasExactLength { get; private set; }

    /// <summary>Frames per second.</summary>
    public int SampleRate { get; private set; }

    /// <summary>Samples per frame.</summary>
    public int Channels { get; private set; }

    /// <summary>What went wrong in the last read, in the library's words, or <see langword="null"/>.</summary>
    public string? Error => library.ErrorOf(handle);

    /// <summary>Opens a stream; the handle is invalid where the library cannot.</summary>
    /// <param name="library">The library.</param>
    /// <param name="stream">Seekable; must stay open as long as the handle.</param>
    /// <param name="reason">Why it could not, in the library's words.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    public static SndFileHandle Open(SndFileLibrary library, Stream stream, out string reason)
    {
        stream.Position = 0;
        SndFileHandle result = new(library, stream);
        SndFileLibrary.VirtualIo callbacks = new()
        {
            Length = &LengthCallback,
            Seek = &SeekCallback,
            Read = &ReadCallback,
            Write = &WriteCallback,
            Position = &PositionCallback,
        };
        result.SetHandle(
            library.Open(callbacks, GCHandle.ToIntPtr(result.context), out SndFileLibrary.SoundInfo info, out reason));
        if (result.IsInvalid)
        {
            result.context.Free();
        }

        result.source.ThrowIfFailed();
        (result.PromisedFrames, result.SampleRate, result.Channels) = (info.Frames, info.SampleRate, info.Channels);
        result.HasExactLength = (info.Format & FormatMask) == FormatFlac && info.Frames is > 0 and < long.MaxValue;
        return result;
    }

    /// <summary>Decodes the next frames into <paramref name="interleaved"/>; returns how many, 0 at the end.</summary>
    /// <exception cref="IOException">The stream failed.</exception>
    public int Read(Span<float> interleaved)
    {
        int frames = library.Read(handle, interleaved, Channels);
        source.ThrowIfFailed();
        return frames;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        library.Close(handle);
        context.Free();
        return true;
    }

    [UnmanagedCallersOnly]
    private static long LengthCallback(nint context) => Source.Of(context).Try(stream => stream.Length);

    [UnmanagedCallersOnly]
    private static long SeekCallback(long offset, int origin, nint context) =>
        Source.Of(context).Try(stream =>
        {
            long start = (SeekOrigin)origin switch
            {
                SeekOrigin.Begin => 0,
                SeekOrigin.Current => stream.Position,
                _ => stream.Length,
            };

            // Where a damaged file leads is no failure of the stream: libsndfile says then what is wrong.
            return offset >= -start && offset <= long.MaxValue - start ? stream.Seek(offset, (SeekOrigin)origin) : -1;
        });

    [UnmanagedCallersOnly]
    private static long ReadCallback(void* target, long count, nint context) =>
        Source.Of(context).Try(stream =>
        {
            Span<byte> bytes = new(target, (int)Math.Min(count, int.MaxValue));
            return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        });

    [UnmanagedCallersOnly]
    private static long WriteCallback(void* source, long count, nint context) => 0;

    [UnmanagedCallersOnly]
    private static long PositionCallback(nint context) => Source.Of(context).Try(stream => stream.Position);

    /// <summary>The stream and the first exception of a callback, which must not cross native code.</summary>
    private sealed class Source(Stream stream)
    {
        private Exception? failure;

        public static Source Of(nint context) => (Source)GCHandle.FromIntPtr(context).Target!;

        public long Try(Func<Stream, long> action)
        {
            try
            {
                return action(stream);
            }
            catch (Exception e)
            {
                failure ??= e;
                return -1;
            }
        }

        public void ThrowIfFailed()
        {
            if (failure is not null and not ArgumentException)
            {
                throw new IOException(failure.Message, failure);
            }
        }
    }
}
