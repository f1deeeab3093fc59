namespace SerLab.Features.Dsp;

/// <summary>Brings a grid of numbers to another size.</summary>
internal static class ImageResampling
{
    /// <summary>The nearest number: pixels keep sharp edges. Positions are those of the pixels' centres.</summary>
    public static float[] Nearest(ReadOnlySpan<float> grid, int height, int width, int newHeight, int newWidth)
    {
        float[] result = new float[newHeight * newWidth];
        for (int y = 0; y < newHeight; y++)
        {
            int row = (int)(((2L * y) + 1) * height / (2L * newHeight));
            for (int x = 0; x < newWidth; x++)
            {
                result[(y * newWidth) + x] = grid[(row * width) + (int)(((2L * x) + 1) * width / (2L * newWidth))];
            }
        }

        return result;
    }

    /// <summary>
    /// Linear between pixels, whose centres lie at half numbers; where the grid shrinks, the triangle is as much wider, so that
    /// no line is lost. What the filter lacks at the edges is made up for by what it has. As ONNX's Resize, linear with antialias
    /// and exclude_outside.
    /// </summary>
    public static float[] Linear(ReadOnlySpan<float> grid, int height, int width, int newHeight, int newWidth)
    {
        float[] wide = new float[height * newWidth];
        (int First, double[] Weights)[] columns = Triangles(width, newWidth);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                wide[(y * newWidth) + x] = Weighted(grid[(y * width)..], 1, columns[x]);
            }
        }

        float[] result = new float[newHeight * newWidth];
        (int First, double[] Weights)[] rows = Triangles(height, newHeight);
        for (int y = 0; y < newHeight; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                result[(y * newWidth) + x] = Weighted(wide.AsSpan(x), newWidth, rows[y]);
            }
        }

        return result;
    }

    private static float Weighted(ReadOnlySpan<float> values, int stride, (int First, double[] Weights) filter)
    {
        double sum = 0;
        for (int i = 0; i < filter.Weights.Length; i++)
        {
            sum += filter.Weights[i] * values[(filter.First + i) * stride];
        }

        return (float)sum;
    }

    private static (int First, double[] Weights)[] Triangles(int length, int newLength)
    {
        double step = (double)length / newLength;
        double reach = Math.Max(1, step);
        return
        [
            .. Enumerable.Range(0, newLength).Select(i =>
            {
                double centre = (i + 0.5) * step;
                int first = Math.Clamp((int)Math.Floor(centre - reach), 0, length - 1);
                int last = Math.Clamp((int)Math.Ceiling(centre + reach), first, length - 1);
                double[] weights =
                [
                    .. Enumerable.Range(first, last - first + 1).Select(
                        j => Math.Max(0, 1 - (Math.Abs(j + 0.5 - centre) / reach))),
                ];
                double sum = weights.Sum();
                return (first, Array.ConvertAll(weights, weight => weight / sum));
            }),
        ];
    }
}
