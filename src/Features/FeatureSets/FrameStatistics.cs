using System.Buffers;
using SerLab.Features.Dsp;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Means and population standard deviations of descriptors over frames that come batch by batch. Frames are gathered in blocks
/// of which <see cref="FramePooling"/> takes sums and squares about the block's own mean, and blocks are merged (Chan, Golub and
/// LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979): as exact as two passes over all
/// frames, and where one block holds them all it is just that.
/// </summary>
internal sealed class FrameStatistics(int rowCount) : IDisposable
{
    // A minute and a half at 44,100 Hz and a hop of 512.
    private static readonly int BlockFrames = 1024 * SpectrumBatch.Lanes;

    private readonly FrameMoments[] moments = new FrameMoments[rowCount];
    private FrameRows block = new(rowCount);

    /// <summary>Adds a batch of frames; a <see cref="FrameVisitor"/>.</summary>
    public void Add(Span<float> rows, int frames)
    {
        block.Add(rows, frames);
        if (block.FrameCount >= BlockFrames)
        {
            Fold();
        }
    }

    /// <summary>Mean and deviation of every descriptor over all frames that were added.</summary>
    public IReadOnlyList<FrameMoments> Finish()
    {
        Fold();
        return moments;
    }

    /// <inheritdoc/>
    public void Dispose() => block.Dispose();

    private void Fold()
    {
        float[] values = ArrayPool<float>.Shared.Rent(block.FrameCount);
        for (int row = 0; row < rowCount; row++)
        {
            block.Read(row, values);
            moments[row] = moments[row].And(FramePooling.Pool(values.AsSpan(0, block.FrameCount)));
        }

        ArrayPool<float>.Shared.Return(values);
        block.Dispose();
        block = new FrameRows(rowCount);
    }
}
