using System.Buffers;
using System.Numerics.Tensors;
using SerLab.Features.Audio;

namespace SerLab.Features.Dsp;

/// <summary>
/// A sound of which runs of samples are averaged to one, without its mean and scaled to 1, so that neither gain nor offset
/// matters and no square overflows; heard through a span that moves forward. Before and after the sound there is silence.
/// </summary>
internal sealed class SlowedSound : IDisposable
{
    private const int Block = 1 << 11;

    private readonly int factor;
    private readonly int span;
    private readonly float[] samples;
    private readonly float[] averages;
    private readonly ISampleReader reader;
    private readonly float mean;
    private readonly float largest;

    // The average at which the buffer starts, and how many it holds.
    private long start;
    private int filled;

    /// <param name="sound">Any length; heard once for its level, then again.</param>
    /// <param name="factor">Samples that are averaged to one; those left over at the end are dropped.</param>
    /// <param name="span">Averages that are seen at once.</param>
    public SlowedSound(Sound sound, int factor, int span)
    {
        (this.factor, this.span) = (factor, span);
        samples = ArrayPool<float>.Shared.Rent(Block * factor);
        averages = ArrayPool<float>.Shared.Rent(span + Block);
        (mean, largest) = LevelOf(sound);
        reader = sound.Open();
        (start, filled) = (-span, span);
        averages.AsSpan(0, span).Clear();
    }

    /// <summary>The averages from a position on, as many as the span has.</summary>
    /// <param name="position">Not before that of the last time, at least -span.</param>
    public ReadOnlySpan<float> From(long position)
    {
        while (position + span > start + filled)
        {
            int kept = (int)Math.Clamp(start + filled - position, 0, span);
            averages.AsSpan(filled - kept, kept).CopyTo(averages);
            (start, filled) = (start + filled - kept, kept);
            Span<float> target = averages.AsSpan(filled, Block);
            int read = Average(reader, target);
            TensorPrimitives.Subtract(target[..read], mean, target[..read]);
            if (largest > 0)
            {
                TensorPrimitives.Divide(target[..read], largest, target[..read]);
            }

            target[read..].Clear();
            filled += Block;
        }

        return averages.AsSpan((int)(position - start), span);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        reader.Dispose();
        ArrayPool<float>.Shared.Return(samples);
        ArrayPool<float>.Shared.Return(averages);
    }

    // Subtracting the mean keeps the order, so the largest magnitude is that of the highest or the lowest average.
    private (float Mean, float Largest) LevelOf(Sound sound)
    {
        using ISampleReader whole = sound.Open();
        double total = 0;
        long count = 0;
        float lowest = float.PositiveInfinity, highest = float.NegativeInfinity;
        for (int read; (read = Average(whole, averages.AsSpan(0, Block))) > 0; count += read)
        {
            foreach (float average in averages.AsSpan(0, read))
            {
                total += average;
                lowest = MathF.Min(lowest, average);
                highest = MathF.Max(highest, average);
            }
        }

        float middle = (float)(total / count);
        return count == 0 ? (0, 0) : (middle, MathF.Max(MathF.Abs(highest - middle), MathF.Abs(lowest - middle)));
    }

    private int Average(ISampleReader from, Span<float> target)
    {
        Span<float> heard = samples.AsSpan(0, target.Length * factor);
        int count = from.Read(heard) / factor;
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            foreach (float sample in heard.Slice(i * factor, factor))
            {
                sum += float.IsFinite(sample) ? sample : 0;
            }

            target[i] = (float)(sum / factor);
        }

        return count;
    }
}
