using System.Buffers;
using System.Globalization;
using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// librosa's descriptors, frame by frame, equal to librosa 0.11 within its own 32-bit rounding: MFCC (and their derivatives),
/// chroma, mel bands, in this order. Thread-safe.
/// </summary>
/// <remarks>
/// Two passes, because two things are known only at the end: the tuning that shapes the chroma bank and the maximum that limits
/// the decibels. The first keeps magnitudes and mel bands, about two and a quarter times the size of the signal; no frame is
/// transformed twice.
/// </remarks>
internal sealed class LibrosaFrames
{
    private readonly LibrosaOptions options;
    private readonly ShortTimeFourierTransform transform;
    private readonly FilterBank? cepstrum;
    private readonly BoundedCache<int, FilterBank> melBanks;
    private readonly BoundedCache<(int SampleRate, double Tuning), FilterBank> chromaBanks;

    /// <summary>Plans the computation.</summary>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, there are more MFCC than mel bands, or no descriptor is chosen.
    /// </exception>
    public LibrosaFrames(LibrosaOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MelBands);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MfccCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MfccCount, options.MelBands);
        ArgumentOutOfRangeException.ThrowIfNegative(options.DeltaOrder);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.DeltaOrder, 2);
        if (options is { MfccCount: 0, Chroma: false, Mel: false })
        {
            throw new ArgumentException("At least one kind of descriptor must be chosen.", nameof(options));
        }

        this.options = options;
        transform = new ShortTimeFourierTransform(options.FrameLength, options.HopLength);
        cepstrum = options.MfccCount > 0 ? CosineTransform.Orthonormal(options.MelBands, options.MfccCount) : null;
        melBanks = new(rate => MelBank.Slaney(rate, options.FrameLength, options.MelBands), capacity: 16);
        chromaBanks = new(key => ChromaBank.Librosa(key.SampleRate, options.FrameLength, key.Tuning), capacity: 128);
        Groups = [.. ListGroups(options)];
        RowNames = [.. Groups.SelectMany(group => Enumerable.Range(1, group.Count).Select(i => Numbered(group.Name, i)))];
    }

    /// <summary>
    /// What the rows of <see cref="Compute(AudioSignal)"/> are: <c>mfcc_1</c> ..., <c>chroma_1</c> (C) ..., <c>mel_1</c> (lowest)
    /// ...
    /// </summary>
    public IReadOnlyList<string> RowNames { get; }

    /// <summary>Runs of rows of one kind, in order.</summary>
    internal IReadOnlyList<(string Name, int Count)> Groups { get; }

    /// <summary>
    /// Computes all descriptors of a signal; one row per name, one column per frame (1 + samples / hop, none for an empty
    /// signal). MFCC in decibels, chroma relative to the frame's strongest class, mel bands in power.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// The signal has another sample rate than the options declare, or is hours too long.
    /// </exception>
    public FrameMatrix Compute(AudioSignal signal)
    {
        FrameMatrix frames = new(RowNames.Count, FrameCount(signal));
        Compute(signal, frames.Values, Stride(signal));
        return frames;
    }

    /// <summary>How many frames a signal has.</summary>
    public int FrameCount(AudioSignal signal) => transform.FrameCount(signal);

    /// <summary>The length of a row in memory: the frames, rounded up to whole batches.</summary>
    internal int Stride(AudioSignal signal)
    {
        long stride = FrameMatrix.StrideOf(FrameCount(signal));
        if (stride * transform.BinCount > Array.MaxLength)
        {
            throw new InvalidInputException(
                $"The sound lasts {signal.Duration}, which is too long to be analysed at once; "
                    + "cut it into pieces of at most an hour.");
        }

        return (int)stride;
    }

    /// <summary>Computes into memory of the caller, <paramref name="stride"/> values per row.</summary>
    internal void Compute(AudioSignal signal, Span<float> values, int stride)
    {
        if (options.SampleRate is { } declared && signal.SampleRate != declared)
        {
            throw new InvalidInputException(
                $"The sound has {signal.SampleRate} samples per second, but this feature set is defined at {declared}; "
                    + "resample it first.");
        }

        if (stride == 0)
        {
            return;
        }

        int bins = transform.BinCount;
        float[] magnitudes = ArrayPool<float>.Shared.Rent(options.Chroma ? bins * stride : 0);
        float[] mel = ArrayPool<float>.Shared.Rent(options.MelBands * stride);
        Span<float> melRows = mel.AsSpan(0, options.MelBands * stride);
        double tuning = Analyse(signal, magnitudes, melRows, stride);
        int row = 0;
        if (options.Mel)
        {
            melRows.CopyTo(values[((RowNames.Count - options.MelBands) * stride)..]);
        }

        if (cepstrum is not null)
        {
            ClearPadding(melRows, FrameCount(signal), stride);
            Decibels.FromPower(melRows);
            Cepstrum.Compute(melRows, cepstrum, values, stride);
            row = cepstrum.BandCount;
            for (int order = 1; order <= options.DeltaOrder; order++, row += cepstrum.BandCount)
            {
                for (int i = 0; i < cepstrum.BandCount; i++)
                {
                    TimeDerivative.Compute(
                        values.Slice(i * stride, FrameCount(signal)),
                        values.Slice((row + i) * stride, FrameCount(signal)),
                        order);
                }
            }
        }

        if (options.Chroma)
        {
            FilterBank bank = chromaBanks[(signal.SampleRate, tuning)];
            FoldIntoPitchClasses(bank, magnitudes.AsSpan(0, bins * stride), values[(row * stride)..], stride);
        }

        ArrayPool<float>.Shared.Return(magnitudes);
        ArrayPool<float>.Shared.Return(mel);
    }

    private static IEnumerable<(string Name, int Count)> ListGroups(LibrosaOptions options)
    {
        if (options.MfccCount > 0)
        {
            yield return ("mfcc", options.MfccCount);
            for (int order = 1; order <= options.DeltaOrder; order++)
            {
                yield return (order == 1 ? "mfcc_delta" : "mfcc_delta2", options.MfccCount);
            }
        }

        if (options.Chroma)
        {
            yield return ("chroma", ChromaBank.Classes);
        }

        if (options.Mel)
        {
            yield return ("mel", options.MelBands);
        }
    }

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");

    // Lanes past the last frame may hold part of the signal; as zeros they leave the maximum of the decibels alone.
    private static void ClearPadding(Span<float> rows, int frames, int stride)
    {
        for (int i = 0; i < rows.Length; i += stride)
        {
            rows[(i + frames)..(i + stride)].Clear();
        }
    }

    private static void FoldIntoPitchClasses(FilterBank bank, ReadOnlySpan<float> magnitudes, Span<float> chroma, int stride)
    {
        int lanes = SpectrumBatch.Lanes;
        int plane = bank.InputCount * lanes;
        for (int frame = 0; frame < stride; frame += lanes)
        {
            bank.Apply(magnitudes.Slice(frame / lanes * plane, plane), lanes, chroma[frame..], stride, lanes);
        }

        FrameScaling.ByLargest(chroma[..(bank.BandCount * stride)], stride);
    }

    // Fills magnitudes (batch by batch, bin by lane) and mel bands (row by row) and estimates the tuning.
    private double Analyse(AudioSignal signal, Span<float> magnitudes, Span<float> mel, int stride)
    {
        int lanes = SpectrumBatch.Lanes;
        int plane = transform.BinCount * lanes;
        int frames = FrameCount(signal);
        FilterBank melBank = melBanks[signal.SampleRate];
        using SpectrumBatch batch = transform.RentBatch();
        using SpectralPeaks peaks = new(signal.SampleRate, options.FrameLength);
        float[] rented = ArrayPool<float>.Shared.Rent(plane);
        Span<float> powers = rented.AsSpan(0, plane);
        for (int frame = 0; frame < frames; frame += lanes)
        {
            batch.Transform(signal.Samples.Span, frame);
            ShortTimeFourierTransform.Powers(batch, powers);
            melBank.Apply(powers, lanes, mel[frame..], stride, lanes);
            if (options.Chroma)
            {
                Span<float> kept = magnitudes.Slice(frame / lanes * plane, plane);
                TensorPrimitives.Sqrt(powers, kept);
                peaks.Add(kept, Math.Min(lanes, frames - frame));
            }
        }

        ArrayPool<float>.Shared.Return(rented);
        return options.Chroma ? peaks.EstimateTuning() : 0;
    }
}
