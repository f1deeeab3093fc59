namespace SerLab.Features.FeatureSets;

/// <summary>The functionals of eGeMAPS: contours over time to single numbers. 0 stands for what a frame does not have.</summary>
internal static class ContourStatistics
{
    /// <summary>A moving mean over three frames.</summary>
    public static float[] Smoothed(ReadOnlySpan<float> contour)
    {
        float[] smoothed = new float[contour.Length];
        for (int i = 0; i < contour.Length; i++)
        {
            ReadOnlySpan<float> near = Around(contour, i);
            float sum = 0;
            foreach (float value in near)
            {
                sum += value;
            }

            smoothed[i] = sum / near.Length;
        }

        return smoothed;
    }

    /// <summary>The same over the frames in which the contour is defined; where it is not, it stays so.</summary>
    public static float[] SmoothedWhereDefined(ReadOnlySpan<float> contour)
    {
        float[] smoothed = new float[contour.Length];
        for (int i = 0; i < contour.Length; i++)
        {
            (float sum, int count) = (0, 0);
            foreach (float value in Around(contour, i))
            {
                sum += value;
                count += value != 0 ? 1 : 0;
            }

            smoothed[i] = contour[i] == 0 || count == 0 ? 0 : sum / count;
        }

        return smoothed;
    }

    /// <summary>The values that are defined, in their order.</summary>
    public static float[] Defined(ReadOnlySpan<float> contour)
    {
        List<float> defined = [];
        foreach (float value in contour)
        {
            if (value != 0)
            {
                defined.Add(value);
            }
        }

        return [.. defined];
    }

    /// <summary>
    /// The mean and the population standard deviation as a share of it; 0 without values, and a share of 0 where the mean is 0.
    /// </summary>
    public static (float Mean, float Variation) Moments(ReadOnlySpan<float> values)
    {
        FrameMoments moments = Pool(values);
        double share = moments.Centre == 0 ? 0 : Math.Sqrt(moments.Squares / Math.Max(1, moments.Count)) / moments.Centre;
        return (moments.Mean, float.IsFinite((float)share) ? (float)share : 0);
    }

    /// <summary>The mean and the population standard deviation; 0 without values.</summary>
    public static (float Mean, float Deviation) MeanAndDeviation(ReadOnlySpan<float> values)
    {
        FrameMoments moments = Pool(values);
        return (moments.Mean, moments.StandardDeviation);
    }

    /// <summary>The values below which a share lies, between two values in proportion; 0 without values.</summary>
    /// <param name="sorted">In ascending order.</param>
    /// <param name="share">From 0 to 1.</param>
    public static float Percentile(ReadOnlySpan<float> sorted, double share)
    {
        if (sorted.IsEmpty)
        {
            return 0;
        }

        double rank = share * (sorted.Length - 1);
        int low = (int)rank;
        float upper = sorted[Math.Min(low + 1, sorted.Length - 1)];
        return (float)(sorted[low] + ((rank - low) * (upper - sorted[low])));
    }

    private static FrameMoments Pool(ReadOnlySpan<float> values) => values.IsEmpty ? default : FramePooling.Pool(values);

    private static ReadOnlySpan<float> Around(ReadOnlySpan<float> contour, int frame) =>
        contour[Math.Max(0, frame - 1)..Math.Min(contour.Length, frame + 2)];
}
