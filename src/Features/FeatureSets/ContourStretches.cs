namespace SerLab.Features.FeatureSets;

/// <summary>The stretches of a contour in which it is defined, or in which it is not.</summary>
internal static class ContourStretches
{
    private const int LeastFrames = 3;
    private const int LeastGap = 2;

    /// <summary>
    /// Tells how long each stretch lasts from its first frame to its last, in frames: one of three frames is 2 long. Shorter ones
    /// are none, and a gap of a single frame interrupts none.
    /// </summary>
    /// <param name="contour">0 stands for what is not defined.</param>
    /// <param name="defined">Whether stretches are of what is defined.</param>
    public static float[] Lengths(ReadOnlySpan<float> contour, bool defined)
    {
        List<float> lengths = [];
        (int first, int last, int count) = (0, -LeastGap - 1, 0);
        for (int i = 0; i < contour.Length; i++)
        {
            if (contour[i] != 0 != defined)
            {
                continue;
            }

            if (i - last > LeastGap)
            {
                Close();
                (first, count) = (i, 0);
            }

            (last, count) = (i, count + 1);
        }

        Close();
        return [.. lengths];

        void Close()
        {
            if (count >= LeastFrames)
            {
                lengths.Add(last - first);
            }
        }
    }
}
