using System.Reflection;
using System.Runtime.InteropServices;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Features.Tests.Audio;

/// <summary>
/// The resampler behind librosa's <c>soxr_hq</c>, where libsoxr is installed (apt-get install libsoxr0): golden values of
/// resampled sounds can then be compared on the very same samples.
/// </summary>
internal static partial class Soxr
{
    private const string Library = "libsoxr.so.0";
    private const nuint HighQuality = 4;

    /// <summary>Changes the rate in high quality and 32-bit floats; skips the calling test without libsoxr.</summary>
    public static unsafe AudioSignal Resample(AudioSignal signal, int sampleRate)
    {
        Skip.IfNot(
            NativeLibrary.TryLoad(Library, Assembly.GetExecutingAssembly(), null, out _), "libsoxr is not installed (libsoxr0)");
        Quality quality = QualityOf(HighQuality, 0);
        float[] output = new float[((long)signal.Samples.Length * sampleRate + signal.SampleRate - 1) / signal.SampleRate];
        fixed (float* from = signal.Samples.Span, to = output)
        {
            nint error = OneShot(
                signal.SampleRate, sampleRate, 1, from, (nuint)signal.Samples.Length, null, to, (nuint)output.Length,
                out nuint done, null, &quality, null);
            Assert.Equal((0, (nuint)output.Length), (error, done));
        }

        return new AudioSignal(output, sampleRate);
    }

    [LibraryImport(Library, EntryPoint = "soxr_oneshot")]
    private static unsafe partial nint OneShot(
        double inputRate, double outputRate, uint channels, float* input, nuint inputLength, nuint* inputDone, float* output,
        nuint outputLength, out nuint outputDone, void* io, Quality* quality, void* runtime);

    [LibraryImport(Library, EntryPoint = "soxr_quality_spec")]
    private static partial Quality QualityOf(nuint recipe, nuint flags);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Quality
    {
        private readonly double precision, phase, passBandEnd, stopBandBegin;
        private readonly nint internals;
        private readonly nuint flags;
    }
}
