using System.Numerics.Tensors;

namespace SerLab.Datasets.Twins;

/// <summary>
/// Whether two sounds run alike in time: the correlation of what their mel bands do over the frames, at the shift where it is
/// highest. Sounds of one colour that are not one recording, such as two noises or two takes, drift apart here.
/// </summary>
internal static class SoundAlignment
{
    /// <summary>The feature set that is aligned: frames of mel bands in decibels.</summary>
    public const string FeatureSet = "logmel64";

    private const int Bands = 64;
    private const int MostShift = 32;

    // Cells 35 dB below the loudest hold what codings leave away or put there.
    private const float Range = 35;

    /// <summary>The correlation: 1 where they run alike, about 0 where they have nothing in common.</summary>
    /// <param name="first">Frames of <see cref="FeatureSet"/>, row-major.</param>
    /// <param name="second">Those of the other sound.</param>
    public static double Of(float[] first, float[] second)
    {
        float[] a = Audible(first);
        float[] b = Audible(second);
        int shorter = Math.Min(a.Length, b.Length) / Bands;
        double best = -1;
        for (int shift = -MostShift; shift <= MostShift; shift++)
        {
            ReadOnlySpan<float> x = a.AsSpan(Bands * Math.Clamp(shift, 0, a.Length / Bands));
            ReadOnlySpan<float> y = b.AsSpan(Bands * Math.Clamp(-shift, 0, b.Length / Bands));
            int frames = Math.Min(x.Length, y.Length) / Bands;
            if (2 * frames >= shorter)
            {
                best = Math.Max(best, Correlation(x[..(frames * Bands)], y[..(frames * Bands)]));
            }
        }

        return best;
    }

    private static float[] Audible(float[] frames)
    {
        float[] audible = new float[frames.Length];
        TensorPrimitives.Max(frames, TensorPrimitives.Max<float>(frames) - Range, audible);
        return audible;
    }

    // Every band is taken from its own mean over the frames.
    private static double Correlation(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Span<double> sumX = stackalloc double[Bands];
        Span<double> sumY = stackalloc double[Bands];
        double xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sumX[i % Bands] += x[i];
            sumY[i % Bands] += y[i];
            xx += (double)x[i] * x[i];
            yy += (double)y[i] * y[i];
            xy += (double)x[i] * y[i];
        }

        double frames = x.Length / Bands;
        xx -= TensorPrimitives.SumOfSquares<double>(sumX) / frames;
        yy -= TensorPrimitives.SumOfSquares<double>(sumY) / frames;
        xy -= TensorPrimitives.Dot<double>(sumX, sumY) / frames;

        // Sounds without any change are as alike as their bands.
        double still = 1e-9 * x.Length * Range * Range;
        return xx <= still && yy <= still ? 1 : xx <= still || yy <= still ? 0 : xy / Math.Sqrt(xx * yy);
    }
}
