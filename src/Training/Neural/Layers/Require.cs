using SerLab.Core;

namespace SerLab.Training.Neural.Layers;

/// <summary>What every layer asks of its numbers.</summary>
internal static class Require
{
    /// <summary>All of them at least 1.</summary>
    /// <exception cref="InvalidInputException">One is not.</exception>
    public static void Positive(int channels, int groups, params ReadOnlySpan<Extent> extents)
    {
        bool allPositive = channels > 0 && groups > 0;
        foreach (Extent extent in extents)
        {
            allPositive &= extent is { Rows: > 0, Columns: > 0 };
        }

        if (!allPositive)
        {
            throw new InvalidInputException("every number of a layer is at least 1.");
        }
    }

    /// <summary>A share, 0 to below 1.</summary>
    /// <exception cref="InvalidInputException">It is not.</exception>
    public static void Share(double rate)
    {
        if (rate is not (>= 0 and < 1))
        {
            throw new InvalidInputException("the rate is 0 to below 1.");
        }
    }
}
