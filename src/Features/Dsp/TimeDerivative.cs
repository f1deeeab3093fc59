namespace SerLab.Features.Dsp;

/// <summary>
/// How a descriptor changes from frame to frame: the derivative of the polynomial that fits nine frames best (Savitzky and
/// Golay). Equal to <c>librosa.feature.delta(x, order=1 or 2)</c>: a line or a parabola; at the ends, that of the first or last
/// nine frames.
/// </summary>
internal static class TimeDerivative
{
    /// <summary>How many frames are fitted at once.</summary>
    public const int Width = (2 * HalfWidth) + 1;

    private const int HalfWidth = 4;

    /// <summary>Differentiates every row once or twice, per frame.</summary>
    public static FrameMatrix Of(FrameMatrix rows, int order)
    {
        FrameMatrix derivatives = new(rows.RowCount, rows.FrameCount);
        for (int row = 0; row < rows.RowCount; row++)
        {
            Compute(rows.Row(row), derivatives.Writable(row), order);
        }

        return derivatives;
    }

    /// <summary>Differentiates once or twice, per frame.</summary>
    /// <param name="values">
    /// The descriptor over time. With fewer than nine frames the derivative is zero, for there is nothing to fit.
    /// </param>
    /// <param name="derivative">Receives as many values.</param>
    /// <param name="order">1 or 2.</param>
    public static void Compute(ReadOnlySpan<float> values, Span<float> derivative, int order)
    {
        if (values.Length < Width)
        {
            derivative[..values.Length].Clear();
            return;
        }

        for (int t = HalfWidth; t < values.Length - HalfWidth; t++)
        {
            derivative[t] = Derivative(values.Slice(t - HalfWidth, Width), order);
        }

        // The fitted polynomial has the order of the derivative, which therefore is the same at all nine frames.
        derivative[..HalfWidth].Fill(derivative[HalfWidth]);
        derivative[(values.Length - HalfWidth)..values.Length].Fill(derivative[values.Length - HalfWidth - 1]);
    }

    /// <summary>What the nine frames around one are multiplied by; the sum of the products is the derivative.</summary>
    public static double[] Weights(int order) =>
        [.. Enumerable.Range(-HalfWidth, Width).Select(i => Weight(i, order))];

    private static float Derivative(ReadOnlySpan<float> frames, int order)
    {
        double sum = 0;
        for (int i = -HalfWidth; i <= HalfWidth; i++)
        {
            sum += frames[i + HalfWidth] * Weight(i, order);
        }

        return (float)sum;
    }

    // Least squares over i = -4 ... 4: sum(i x) / sum(i²); twice the coefficient of i², orthogonalised against the constant.
    private static double Weight(int i, int order) => order == 1 ? i / 60.0 : 2 * (i * i - 60.0 / 9) / 308;
}
