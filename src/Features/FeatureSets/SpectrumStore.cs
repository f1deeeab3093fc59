using System.Buffers;
using SerLab.Features.Dsp;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Mel bands and spectra of batches of frames: those of one batch to work on, and of the first batches of a sound what a second
/// pass needs. Value r of lane l stands at r x lanes + l. Memory is rented as it is needed.
/// </summary>
/// <param name="melBands">Mel bands.</param>
/// <param name="bins">Bins of a spectrum.</param>
/// <param name="keepsSpectra">Whether spectra are kept, too, and not the mel bands alone.</param>
/// <param name="most">How many batches are kept.</param>
internal sealed class SpectrumStore(int melBands, int bins, bool keepsSpectra, int most) : IDisposable
{
    private const int PieceBatches = 32;

    private readonly int melSize = melBands * SpectrumBatch.Lanes;
    private readonly int spectrumSize = bins * SpectrumBatch.Lanes;
    private readonly float[] free = ArrayPool<float>.Shared.Rent((melBands + bins) * SpectrumBatch.Lanes);
    private readonly List<float[]> pieces = [];

    /// <summary>How many batches are kept.</summary>
    public int Count { get; private set; }

    /// <summary>The mel bands of the batch that is worked on.</summary>
    public Span<float> Mel => Count < most ? MelOf(Count) : free.AsSpan(0, melSize);

    /// <summary>Its spectrum.</summary>
    public Span<float> Spectrum =>
        keepsSpectra && Count < most ? SpectrumOf(Count) : free.AsSpan(melSize, spectrumSize);

    private int Size => keepsSpectra ? melSize + spectrumSize : melSize;

    /// <summary>The mel bands of a batch that was kept.</summary>
    public Span<float> MelOf(int batch) => Kept(batch)[..melSize];

    /// <summary>Its spectrum; empty where spectra are not kept.</summary>
    public Span<float> SpectrumOf(int batch) => Kept(batch)[melSize..];

    /// <summary>Keeps the batch that was worked on, if there is room, and goes on to the next.</summary>
    public void Keep() => Count += Count < most ? 1 : 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(free);
        foreach (float[] piece in pieces)
        {
            ArrayPool<float>.Shared.Return(piece);
        }
    }

    private Span<float> Kept(int batch)
    {
        if (batch == pieces.Count * PieceBatches)
        {
            pieces.Add(ArrayPool<float>.Shared.Rent(PieceBatches * Size));
        }

        return pieces[batch / PieceBatches].AsSpan(batch % PieceBatches * Size, Size);
    }
}
