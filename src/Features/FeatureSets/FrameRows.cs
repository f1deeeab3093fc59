using System.Buffers;
using SerLab.Features.Dsp;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Descriptors of all frames of a sound, kept for what only all of them tell (quantiles, derivatives): four bytes per descriptor
/// and frame, in pieces that are rented as frames come.
/// </summary>
internal sealed class FrameRows(int rowCount) : IDisposable
{
    // No power of two: rows of a batch would all fall into the same lines of the cache.
    private static readonly int PieceFrames = 127 * SpectrumBatch.Lanes;

    private readonly List<float[]> pieces = [];

    /// <summary>How many frames there are so far.</summary>
    public int FrameCount { get; private set; }

    /// <summary>Adds a batch of frames; a <see cref="FrameVisitor"/>.</summary>
    public void Add(Span<float> rows, int frames)
    {
        int at = FrameCount % PieceFrames;
        if (at == 0)
        {
            pieces.Add(ArrayPool<float>.Shared.Rent(rowCount * PieceFrames));
        }

        for (int row = 0; row < rowCount; row++)
        {
            rows.Slice(row * SpectrumBatch.Lanes, frames).CopyTo(pieces[^1].AsSpan((row * PieceFrames) + at));
        }

        FrameCount += frames;
    }

    /// <summary>Copies one descriptor over all frames.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="values">Receives <see cref="FrameCount"/> values.</param>
    public void Read(int row, Span<float> values)
    {
        for (int i = 0; i < pieces.Count; i++)
        {
            int count = Math.Min(PieceFrames, FrameCount - (i * PieceFrames));
            pieces[i].AsSpan(row * PieceFrames, count).CopyTo(values[(i * PieceFrames)..]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (float[] piece in pieces)
        {
            ArrayPool<float>.Shared.Return(piece);
        }
    }
}
