using System.Numerics;

namespace SerLab.Training.Neural.Kernels;

/// <summary>
/// Numbers per channel, repeated until they fill whole vectors: a row-major array with the channels last is then gone through
/// vector by vector, whatever the number of channels is.
/// </summary>
internal static class ChannelTile
{
    /// <summary>Length of a tile: the least common multiple of the channels and the lanes of a vector.</summary>
    public static int Length<T>(int channels)
    {
        int length = channels;
        while (length % Vector<T>.Count != 0)
        {
            length += channels;
        }

        return length;
    }

    /// <summary>Repeats numbers per channel over a tile.</summary>
    public static void Fill<T>(ReadOnlySpan<T> perChannel, Span<T> tile)
    {
        for (int i = 0; i < tile.Length; i += perChannel.Length)
        {
            perChannel.CopyTo(tile[i..]);
        }
    }

    /// <summary>totals[c] += every number of a tile that belongs to channel c.</summary>
    public static void AddTo<T>(ReadOnlySpan<T> tile, Span<double> totals)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < tile.Length; i++)
        {
            totals[i % totals.Length] += double.CreateTruncating(tile[i]);
        }
    }
}
