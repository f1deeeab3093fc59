using System.Numerics;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// The mean and population standard deviation of a descriptor over the frames on which it is defined. An undefined (not finite)
/// value is left out, so that digital silence within a clip does not decide its features; undefined on every frame gives 0 and 0.
/// </summary>
internal static class FramePooling
{
    /// <summary>Pools one descriptor; sums in 64 bits, in two passes.</summary>
    /// <param name="values">The descriptor frame by frame; NaN or infinite where undefined.</param>
    public static FrameMoments Pool(ReadOnlySpan<float> values)
    {
        (double sum, _, int count) = Sums(values, 0);
        if (count == 0)
        {
            return default;
        }

        double mean = sum / count;
        (_, double squares, _) = Sums(values, mean);
        return new FrameMoments(count, mean, squares);
    }

    private static (double Sum, double Squares, int Count) Sums(ReadOnlySpan<float> values, double centre)
    {
        Vector<double> centres = new(centre), sums = default, squares = default;
        Vector<int> counts = default;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> value = new(values[i..]);
            Vector<int> finite = Vector.Equals(value - value, Vector<float>.Zero);
            counts -= finite;
            Vector.Widen(value, out Vector<double> low, out Vector<double> high);
            Vector.Widen(finite, out Vector<long> lowFinite, out Vector<long> highFinite);
            low = Vector.ConditionalSelect(lowFinite, low - centres, Vector<double>.Zero);
            high = Vector.ConditionalSelect(highFinite, high - centres, Vector<double>.Zero);
            sums += low + high;
            squares += low * low + high * high;
        }

        (double sum, double square, int count) = (Vector.Sum(sums), Vector.Sum(squares), Vector.Sum(counts));
        for (; i < values.Length; i++)
        {
            if (float.IsFinite(values[i]))
            {
                double deviation = values[i] - centre;
                sum += deviation;
                square += deviation * deviation;
                count++;
            }
        }

        return (sum, square, count);
    }
}
