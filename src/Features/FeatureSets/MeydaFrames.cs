using System.Buffers;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// The descriptors of Meyda 5.6 that the thesis uses, frame by frame: frames of 1,024 samples every 512, symmetric Hann window,
/// no padding, a last partial frame dropped; a signal shorter than a frame is filled up with zeros to one, an empty one has none.
/// Thread-safe.
/// </summary>
/// <remarks>
/// Let a[k] be the magnitude of bin k = 0 ... 511 (Meyda drops the bin at half the sample rate), m(i) = sum k^i a[k] / sum a[k].
/// All descriptors, those in time too, are of the windowed frame, as Meyda's are.
/// <list type="table">
/// <item><term>rms, energy</term><description>square root of the mean square; sum of squares (full scale =
/// 1).</description></item>
/// <item><term>zerocross</term><description>how many times the sign changes within the frame: a count, not a
/// rate.</description></item>
/// <item><term>rolloff</term><description>Hz below which 99 % of the sum of magnitudes lies, a bin being rate /
/// 1022.</description></item>
/// <item><term>centroid, spread</term><description>m(1) and sqrt(m(2) - m(1)²), in bins of rate / 1024.</description></item>
/// <item><term>skewness, kurtosis</term><description>(2 m(1)³ - 3 m(1) m(2) + m(3)) / spread³ and
/// (-3 m(1)^4 + 6 m(1) m(2) - 4 m(1) m(3) + m(4)) / spread^4, without unit. The latter is Meyda's formula to the letter, in which
/// m(1) m(2) stands where the fourth central moment has m(1)² m(2).</description></item>
/// <item><term>flatness</term><description>geometric over arithmetic mean of a, 0 to 1.</description></item>
/// <item><term>mfcc</term><description>unscaled DCT-II of ln(1 + power) in 26 mel bands.</description></item>
/// <item><term>chromagram</term><description>C to B, relative to the strongest class; all zero in silence.</description></item>
/// <item><term>loudness</term><description>mean over 24 Bark bands of (sum of magnitudes)^0.23: Meyda's total divided by
/// 24.</description></item>
/// <item><term>perceptual_sharp</term><description>0.11 / total loudness x (sum of b x loudness of the b-th band over b = 1 ...
/// 15, counted from 0, + a constant for the nine highest), as Meyda has it, in acum but for its constant.</description></item>
/// <item><term>spectral_slope</term><description>slope of a regression of a on frequency, relative to sum a, per Hz. Meyda's
/// divisor is sum f² - (sum f)², without the factor 512 before sum f².</description></item>
/// </list>
/// On a silent frame centroid, spread, skewness, kurtosis, flatness, sharpness and slope are zero by zero, or infinite: here NaN.
/// </remarks>
public sealed class MeydaFrames
{
    /// <summary>Samples per frame.</summary>
    public const int FrameLength = 1024;

    /// <summary>Samples from one frame to the next.</summary>
    public const int HopLength = 512;

    internal const int BinCount = FrameLength / 2;
    internal const int MelBands = 26;
    internal const int MfccCount = 13;
    internal const int BarkBands = 24;

    private readonly RealFourierTransform<double> transform = new(FrameLength);
    private readonly double[] window = Window();
    private readonly BoundedCache<int, MeydaBanks> banks = new(rate => new MeydaBanks(rate), capacity: 16);

    /// <summary>What the rows of <see cref="Compute(AudioSignal)"/> are.</summary>
    public static IReadOnlyList<string> RowNames { get; } = PooledFeatures.Names(Groups, deviations: false);

    /// <summary>Runs of rows of one kind, in order.</summary>
    internal static IReadOnlyList<(string Name, int Count)> Groups =>
    [
        ("rms", 1), ("zerocross", 1), ("rolloff", 1), ("centroid", 1), ("spread", 1), ("skewness", 1), ("kurtosis", 1),
        ("flatness", 1), ("mfcc", MfccCount), ("chromagram", ChromaBank.Classes), ("loudness", 1), ("energy", 1),
        ("perceptual_sharp", 1), ("spectral_slope", 1),
    ];

    /// <summary>The row of a descriptor, e.g. <c>rms</c> or <c>mfcc_1</c>.</summary>
    /// <exception cref="UnknownNameException">There is none; the message offers the nearest name and lists all.</exception>
    public static int RowOf(string descriptor)
    {
        for (int i = 0; i < RowNames.Count; i++)
        {
            if (RowNames[i] == descriptor)
            {
                return i;
            }
        }

        throw NearestName.Unknown("descriptor", descriptor, RowNames);
    }

    /// <summary>Computes all descriptors of a signal: one row per name, one column per frame, NaN where undefined.</summary>
    public FrameMatrix Compute(AudioSignal signal)
    {
        FrameMatrix frames = new(RowNames.Count, FrameCount(signal));
        int frame = 0;
        Visit(signal, (rows, count) =>
        {
            frames.SetBatch(frame, rows);
            frame += count;
        });
        return frames;
    }

    /// <summary>The window of a frame. Meyda stores it in 32 bits.</summary>
    internal static double[] Window() => [.. HannWindow.Symmetric(FrameLength).Select(weight => (double)(float)weight)];

    /// <summary>How many frames a signal has.</summary>
    public static int FrameCount(AudioSignal signal) =>
        (int)SpectrumBatch.FrameCount(signal.Samples.Length, FrameLength, HopLength, padding: 0);

    /// <summary>Computes the frames of a sound while it is heard, in the order of <see cref="RowNames"/>.</summary>
    internal void Visit(Sound sound, FrameVisitor visit)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(RowNames.Count * SpectrumBatch.Lanes);
        Span<float> rows = rented.AsSpan(0, RowNames.Count * SpectrumBatch.Lanes);
        using ISampleReader reader = sound.Open();
        using SpectrumBatch batch = new(reader, transform, window, HopLength, padding: 0);
        using MeydaBatch descriptors = new(banks[sound.SampleRate], sound.SampleRate);
        for (int frames; (frames = batch.Next()) > 0;)
        {
            descriptors.Describe(batch, rows);
            visit(rows, frames);
        }

        ArrayPool<float>.Shared.Return(rented);
    }
}
