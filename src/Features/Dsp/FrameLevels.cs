using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Features.Audio;

namespace SerLab.Features.Dsp;

/// <summary>
/// What the samples of a frame tell without a spectrum. Frames lie within the signal and a last partial one is dropped; a signal
/// shorter than a frame is one frame that ends in silence.
/// </summary>
internal sealed class FrameLevels(int frameLength = 1024, int hopLength = 512)
{
    /// <summary>Smaller samples count as zero, which is positive.</summary>
    public const float SmallestSample = 1e-10f;

    private delegate float Measure(ReadOnlySpan<float> frame);

    /// <summary>How many frames a signal has; none when it is empty.</summary>
    public int FrameCount(AudioSignal signal) => signal.Samples.Length == 0
        ? 0
        : 1 + (Math.Max(0, signal.Samples.Length - frameLength) / hopLength);

    /// <summary>The amplitude envelope: the largest magnitude of every frame; one row.</summary>
    public FrameMatrix Peaks(AudioSignal signal) => ByFrame(
        signal, static frame => Math.Abs(TensorPrimitives.MaxMagnitude(frame)));

    /// <summary>The root mean square of every frame (<c>librosa.feature.rms</c>); one row.</summary>
    public FrameMatrix RootMeanSquares(AudioSignal signal) => ByFrame(
        signal, frame => MathF.Sqrt(TensorPrimitives.SumOfSquares(frame) / frameLength));

    /// <summary>
    /// The share of samples in a frame whose sign differs from that of the one before
    /// (<c>librosa.feature.zero_crossing_rate</c>); one row.
    /// </summary>
    public FrameMatrix ZeroCrossings(AudioSignal signal) => ByFrame(
        signal, frame => (float)CountCrossings(frame) / frameLength);

    private static int CountCrossings(ReadOnlySpan<float> frame)
    {
        Vector<int> counts = Vector<int>.Zero;
        Vector<float> below = new(-SmallestSample);
        int i = 1;
        for (; i <= frame.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            counts -= Vector.LessThan(new Vector<float>(frame[i..]), below)
                ^ Vector.LessThan(new Vector<float>(frame[(i - 1)..]), below);
        }

        int count = Vector.Sum(counts);
        for (; i < frame.Length; i++)
        {
            count += frame[i] < -SmallestSample != frame[i - 1] < -SmallestSample ? 1 : 0;
        }

        return count;
    }

    private FrameMatrix ByFrame(AudioSignal signal, Measure measure)
    {
        ReadOnlySpan<float> samples = signal.Samples.Span;
        FrameMatrix row = new(1, FrameCount(signal));
        Span<float> values = row.Writable(0);
        for (int t = 0; t < values.Length; t++)
        {
            values[t] = measure(samples.Slice(t * hopLength, Math.Min(frameLength, samples.Length)));
        }

        return row;
    }
}
