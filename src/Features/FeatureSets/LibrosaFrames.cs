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
/// the decibels. The first keeps mel bands and magnitudes, about two and a quarter times the size of the signal, as far as a
/// minute and a half goes (<see cref="KeptFrames"/>); what comes after that is heard and transformed again.
/// </remarks>
internal sealed class LibrosaFrames
{
    /// <summary>Frames whose spectra are kept from the first pass to the second: 38 MB with chroma, 4 MB without.</summary>
    private const int KeptFrames = 1 << 13;

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
        using FrameRows kept = Keep(signal);
        FrameMatrix frames = new(RowNames.Count, kept.FrameCount);
        for (int row = 0; row < frames.RowCount; row++)
        {
            Read(kept, row, frames.Writable(row));
        }

        return frames;
    }

    /// <summary>How many frames a signal has.</summary>
    public int FrameCount(AudioSignal signal) => transform.FrameCount(signal);

    /// <summary>Keeps what <see cref="Visit"/> gives of every frame.</summary>
    internal FrameRows Keep(Sound sound)
    {
        FrameRows kept = new(VisitedRows);
        Visit(sound, kept.Add);
        return kept;
    }

    /// <summary>One of all rows over all frames, from those that were kept.</summary>
    internal void Read(FrameRows kept, int row, Span<float> values)
    {
        int derived = RowNames.Count - VisitedRows;
        if (row < options.MfccCount || row >= options.MfccCount + derived)
        {
            kept.Read(row < options.MfccCount ? row : row - derived, values);
            return;
        }

        (int order, int coefficient) = Math.DivRem(row, options.MfccCount);
        float[] rented = ArrayPool<float>.Shared.Rent(kept.FrameCount);
        Span<float> given = rented.AsSpan(0, kept.FrameCount);
        kept.Read(coefficient, given);
        TimeDerivative.Compute(given, values[..kept.FrameCount], order);
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Computes the frames of a sound: MFCC, chroma, mel bands, in this order; derivatives are not among them.</summary>
    internal void Visit(Sound sound, FrameVisitor visit)
    {
        if (options.SampleRate is { } declared && sound.SampleRate != declared)
        {
            throw new InvalidInputException(
                $"The sound has {sound.SampleRate} samples per second, but this feature set is defined at {declared}; "
                    + "resample it first.");
        }

        using SpectrumStore kept = new(options.MelBands, transform.BinCount, options.Chroma, KeptFrames / SpectrumBatch.Lanes);
        using SpectralPeaks peaks = new(sound.SampleRate, options.FrameLength);
        SoundLevels levels = Analyse(sound, kept, peaks);
        FilterBank? chroma = options.Chroma ? chromaBanks[(sound.SampleRate, peaks.EstimateTuning())] : null;
        float[] rented = ArrayPool<float>.Shared.Rent(VisitedRows * SpectrumBatch.Lanes);
        Span<float> rows = rented.AsSpan(0, VisitedRows * SpectrumBatch.Lanes);
        for (int i = 0; i < kept.Count; i++)
        {
            Describe(kept.MelOf(i), kept.SpectrumOf(i), levels, chroma, rows);
            visit(rows, (int)Math.Min(SpectrumBatch.Lanes, levels.Frames - ((long)i * SpectrumBatch.Lanes)));
        }

        if (levels.Frames > (long)kept.Count * SpectrumBatch.Lanes)
        {
            using ISampleReader reader = sound.Open();
            using SpectrumBatch batch = transform.RentBatch(reader);
            batch.SkipTo((long)kept.Count * SpectrumBatch.Lanes);
            FilterBank mel = melBanks[sound.SampleRate];
            for (int frames; (frames = Transform(batch, mel, kept.Mel, kept.Spectrum)) > 0;)
            {
                Describe(kept.Mel, kept.Spectrum, levels, chroma, rows);
                visit(rows, frames);
            }
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    // Rows without derivatives.
    private int VisitedRows => RowNames.Count - (options.DeltaOrder * options.MfccCount);

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

    // The first pass: keeps spectra as far as there is room, and finds what is known only at the end.
    private SoundLevels Analyse(Sound sound, SpectrumStore kept, SpectralPeaks peaks)
    {
        FilterBank melBank = melBanks[sound.SampleRate];
        using ISampleReader reader = sound.Open();
        using SpectrumBatch batch = transform.RentBatch(reader);
        long heard = 0;
        float quietest = float.PositiveInfinity;
        float loudest = 0;
        for (int frames; (frames = Transform(batch, melBank, kept.Mel, kept.Spectrum)) > 0;)
        {
            heard += frames;
            quietest = MathF.Min(quietest, TensorPrimitives.Min<float>(kept.Mel));
            loudest = MathF.Max(loudest, TensorPrimitives.Max<float>(kept.Mel));
            if (options.Chroma)
            {
                peaks.Add(kept.Spectrum, frames);
            }

            kept.Keep();
        }

        float lowest = Decibels.Unlimited(loudest) - Decibels.DefaultRange;
        return new SoundLevels(heard, lowest, MathF.Max(Decibels.Unlimited(quietest), lowest));
    }

    // Mel bands of the next frames, and their magnitudes where they are wanted; how many frames there were.
    private int Transform(SpectrumBatch batch, FilterBank melBank, Span<float> mel, Span<float> spectrum)
    {
        int frames = batch.Next();
        if (frames == 0)
        {
            return 0;
        }

        int lanes = SpectrumBatch.Lanes;
        ShortTimeFourierTransform.Powers(batch, spectrum);
        melBank.Apply(spectrum, lanes, mel, lanes, lanes);
        for (int row = 0; row < mel.Length && frames < lanes; row += lanes)
        {
            // Lanes past the last frame may hold part of the signal; as zeros they leave the maximum of the decibels alone.
            mel[(row + frames)..(row + lanes)].Clear();
        }

        if (options.Chroma)
        {
            TensorPrimitives.Sqrt(spectrum, spectrum);
        }

        return frames;
    }

    // The second pass, one batch: overwrites the mel bands.
    private void Describe(
        Span<float> mel, ReadOnlySpan<float> magnitudes, SoundLevels levels, FilterBank? chromaBank, Span<float> rows)
    {
        int lanes = SpectrumBatch.Lanes;
        if (chromaBank is not null)
        {
            Span<float> chroma = rows.Slice(options.MfccCount * lanes, ChromaBank.Classes * lanes);
            chromaBank.Apply(magnitudes, lanes, chroma, lanes, lanes);
            FrameScaling.ByLargest(chroma, lanes);
        }

        if (options.Mel)
        {
            mel.CopyTo(rows[^mel.Length..]);
        }

        if (cepstrum is not null)
        {
            Decibels.Unlimited(mel);
            TensorPrimitives.Max(mel, levels.LowestDecibels, mel);
            Cepstrum.Compute(mel, levels.Floor, cepstrum, rows, lanes);
        }
    }

    /// <summary>What is known of a sound when it has been heard.</summary>
    /// <param name="Frames">How many.</param>
    /// <param name="LowestDecibels">To this decibels are raised: 80 dB below the loudest band.</param>
    /// <param name="Floor">The lowest decibels that there are then; lanes that hold no frame are silent.</param>
    private readonly record struct SoundLevels(long Frames, float LowestDecibels, float Floor);
}
