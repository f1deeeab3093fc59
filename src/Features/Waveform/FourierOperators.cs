using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>
/// Power spectra of windowed frames as two matrix products: Cooley and Tukey's factorisation N = A B of the discrete Fourier
/// transform (Mathematics of Computation 19, 1965). With n = B a + b and k = c + A d,
/// <code>X[c + A d] = sum over b of w_B^(b d) [ sum over a of x[B a + b] w_N^((B a + b) c) ],   w_N = exp(-2 pi i / N).</code>
/// The inner sum takes the window and all twiddle factors into its matrices, one A x c matrix for each b.
/// </summary>
/// <remarks>
/// Samples are real, so X[N - k] is the conjugate of X[k] and c runs up to A / 2 only. Matrices are computed from one table of N
/// cosines when a runtime loads the file, which keeps it small (the matrix of the plain transform would take megabytes). Numbers
/// are 64 bits wide: in 32 their rounding would drown the quiet bins of a loud tone, on which flatness depends. The operator STFT
/// will not do: runtimes compute it in 32 bits.
/// </remarks>
internal static class FourierOperators
{
    /// <summary>The powers |X[k]|², k = 0 ... N/2.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="frames">Float32, [batch, frames, N].</param>
    /// <param name="window">N weights; N is a power of two, at least 4.</param>
    /// <returns>Float64, [batch, frames, N/2 + 1].</returns>
    public static OnnxValue Powers(OnnxGraph graph, OnnxValue frames, double[] window)
    {
        int length = window.Length;
        int inner = 1 << ((int.Log2(length) + 1) / 2);
        int outer = length / inner;
        int half = (inner / 2) + 1;
        OnnxValue cosines =
            graph.Doubles([.. Enumerable.Range(0, length).Select(j => Math.Cos(2 * Math.PI * j / length))], length);

        OnnxValue split = graph.Transpose(graph.Reshape(frames, -1, inner, outer), 2, 0, 1);
        OnnxValue first = graph.MatrixProduct(
            graph.Cast(split, OnnxElement.Double), InnerMatrices(graph, cosines, window, inner, outer, half));
        OnnxValue turned = graph.Transpose(graph.Reshape(first, 0, 0, 2, half), 1, 3, 2, 0);
        OnnxValue second = graph.MatrixProduct(
            graph.Reshape(turned, 0, half, 2 * outer), OuterMatrix(graph, cosines, length, inner, outer));
        OnnxValue parts = graph.Reshape(second, 0, 0, 2, outer);
        OnnxValue powers = graph.Apply(
            "ReduceSum", [graph.Multiply(parts, parts), graph.Integers([2L], 1)], OnnxAttribute.Of("keepdims", 0L));

        // Bin k = c + A d stands at c x B + d; where c exceeds A / 2, its mirror image N - k does.
        long[] positions =
        [
            .. Enumerable.Range(0, (length / 2) + 1).Select(k => k % inner < half ? k : length - k)
                .Select(k => ((long)(k % inner) * outer) + (k / inner)),
        ];
        OnnxValue bins = graph.Gather(graph.Reshape(powers, 0, half * outer), graph.Integers(positions, positions.Length), 1);
        OnnxValue shape = graph.Concat(0, graph.Size(frames, 0), graph.Size(frames, 1), graph.Integers([positions.Length], 1));
        return graph.Apply("Reshape", [bins, shape]);
    }

    // For each b a matrix from a to (part, c): window[n] cos(2 pi n c / N) and, a quarter of a turn later, -window[n] sin(...).
    private static OnnxValue InnerMatrices(
        OnnxGraph graph, OnnxValue cosines, double[] window, int inner, int outer, int half)
    {
        int length = window.Length;
        OnnxValue n = graph.Add(Count(graph, outer, 1, outer, 1, 1), Count(graph, inner, outer, 1, inner, 1));
        long[] c = [.. Enumerable.Range(0, 2 * half).Select(i => (long)(i % half))];
        long[] quarterTurns = [.. Enumerable.Range(0, 2 * half).Select(i => (long)(i / half * length / 4))];
        OnnxValue angles = graph.Add(
            graph.Multiply(n, graph.Integers(c, c.Length)), graph.Integers(quarterTurns, quarterTurns.Length));
        OnnxValue weights = graph.Gather(graph.Doubles(window, length), n, 0);
        return graph.Multiply(weights, Cosine(graph, cosines, angles, length));
    }

    // From (part, b) to (part, d): the complex number cos - i sin of 2 pi b d / B as a 2 x 2 matrix.
    private static OnnxValue OuterMatrix(OnnxGraph graph, OnnxValue cosines, int length, int inner, int outer)
    {
        OnnxValue products = graph.Multiply(Count(graph, outer, inner, 1, outer, 1, 1), Count(graph, outer, 1, 1, 1, 1, outer));
        OnnxValue quarterTurns = graph.Integers([0L, length / 4, 3 * length / 4, 0], 2, 1, 2, 1);
        return graph.Reshape(Cosine(graph, cosines, graph.Add(products, quarterTurns), length), 2 * outer, 2 * outer);
    }

    private static OnnxValue Cosine(OnnxGraph graph, OnnxValue cosines, OnnxValue angles, int length) =>
        graph.Gather(cosines, graph.Apply("Mod", [angles, graph.Integers([length])]), 0);

    // 0, step, 2 step ... as a tensor of a shape.
    private static OnnxValue Count(OnnxGraph graph, int count, int step, params ReadOnlySpan<long> shape) =>
        graph.Integers([.. Enumerable.Range(0, count).Select(i => (long)i * step)], shape);
}
