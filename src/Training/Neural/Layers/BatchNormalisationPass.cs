using System.Numerics;
using System.Runtime.CompilerServices;
using SerLab.Core.Kernels;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Computes <see cref="BatchNormalisation"/>. Sums run over one example in T and over examples in double, in their order: no long
/// chain of small additions to a large sum, and nothing depends on how the batch is cut.
/// </summary>
internal sealed class BatchNormalisationPass<T> : LayerPass<T>, IWholeBatchPass
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchNormalisation settings;
    private readonly LayerSite<T> site;
    private readonly int channels;
    private readonly int length;

    // Per example and channel, forward the mean and the sum of squares around it, backward the sums of dy and dy (x − mean).
    private readonly double[] firsts;
    private readonly double[] seconds;

    // Tiles of what the elements need.
    private readonly T[] mean;
    private readonly T[] scale;
    private readonly T[] shift;
    private readonly T[] meanGradient;
    private readonly T[] slope;
    private readonly double[] inverses;

    public BatchNormalisationPass(BatchNormalisation settings, LayerSite<T> site)
    {
        this.settings = settings;
        this.site = site;
        channels = site.InputShape.Channels;
        length = ChannelTile.Length<T>(channels);
        firsts = new double[channels * site.Capacity];
        seconds = new double[channels * site.Capacity];
        inverses = new double[channels];
        mean = new T[length];
        scale = new T[length];
        shift = new T[length];
        meanGradient = new T[length];
        slope = new T[length];
    }

    /// <inheritdoc/>
    public void GatherForward(Piece piece)
    {
        double count = site.InputShape.Positions;
        Span<T> origin = stackalloc T[length];
        for (int n = piece.First; piece.Run.IsTraining && n < piece.First + piece.Count; n++)
        {
            // Any value of the channel is near enough its mean for squares of differences to lose no digits that matter.
            ReadOnlySpan<T> x = site.Input.Values.AsSpan(n * site.Input.Size, site.Input.Size);
            ChannelTile.Fill(x[..channels], origin);
            Sum<Squares>(x, x, origin, n);
            for (int c = 0; c < channels; c++)
            {
                double offset = firsts[(n * channels) + c] / count;
                seconds[(n * channels) + c] -= offset * offset * count;
                firsts[(n * channels) + c] = double.CreateTruncating(x[c]) + offset;
            }
        }
    }

    /// <inheritdoc/>
    public void SettleForward(BatchRun run)
    {
        Span<T> movingMean = site.Parameters[BatchNormalisation.MovingMean];
        Span<T> movingVariance = site.Parameters[BatchNormalisation.MovingVariance];
        ReadOnlySpan<T> gamma = site.Parameters[BatchNormalisation.Gamma];
        Span<T> means = stackalloc T[channels];
        Span<T> scales = stackalloc T[channels];
        double count = (double)run.Count * site.InputShape.Positions;
        for (int c = 0; c < channels; c++)
        {
            double average = double.CreateTruncating(movingMean[c]);
            double variance = double.CreateTruncating(movingVariance[c]);
            if (run.IsTraining)
            {
                (average, variance) = Moments(run, c);
                double kept = settings.IsUnbiased && count > 1 ? variance * count / (count - 1) : variance;
                movingMean[c] = Moved(movingMean[c], average);
                movingVariance[c] = Moved(movingVariance[c], kept);
            }

            inverses[c] = 1 / Math.Sqrt(variance + settings.Epsilon);
            means[c] = T.CreateTruncating(average);
            scales[c] = gamma[c] * T.CreateTruncating(inverses[c]);
        }

        ChannelTile.Fill(means, mean);
        ChannelTile.Fill(scales, scale);
        ChannelTile.Fill(site.Parameters[BatchNormalisation.Beta], shift);
    }

    /// <inheritdoc/>
    public override void Forward(Piece piece)
    {
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            ReadOnlySpan<T> x = site.Input.Values.AsSpan(n * site.Input.Size, site.Input.Size);
            Span<T> y = site.Output.Values.AsSpan(n * site.Output.Size, site.Output.Size);
            for (int j = 0; j < length; j += Vector<T>.Count)
            {
                Vector<T> m = Lanes.Load<T>(mean, j);
                Vector<T> a = Lanes.Load<T>(scale, j);
                Vector<T> b = Lanes.Load<T>(shift, j);
                int i = j;
                for (; i + Vector<T>.Count <= y.Length; i += length)
                {
                    WholeLanes.Store(Lanes.MultiplyAdd(WholeLanes.Load(x, i) - m, a, b), y, i);
                }

                if (i < y.Length)
                {
                    Lanes.Store(Lanes.MultiplyAdd(Lanes.Load(x, i) - m, a, b), y, i);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void GatherBackward(Piece piece)
    {
        Span<T> gamma = site.Parameters.Gradient(piece, BatchNormalisation.Gamma);
        Span<T> beta = site.Parameters.Gradient(piece, BatchNormalisation.Beta);
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            ReadOnlySpan<T> x = site.Input.Values.AsSpan(n * site.Input.Size, site.Input.Size);
            ReadOnlySpan<T> dy = site.Output.Gradients.AsSpan(n * site.Output.Size, site.Output.Size);
            Sum<Products>(x, dy, mean, n);
            for (int c = 0; c < channels; c++)
            {
                gamma[c] += T.CreateTruncating(seconds[(n * channels) + c] * inverses[c]);
                beta[c] += T.CreateTruncating(firsts[(n * channels) + c]);
            }
        }
    }

    /// <inheritdoc/>
    public void SettleBackward(BatchRun run)
    {
        // Statistics that do not depend on the inputs have no part in their gradients.
        double count = run.IsTraining ? (double)run.Count * site.InputShape.Positions : double.PositiveInfinity;
        Span<T> gradients = stackalloc T[channels];
        Span<T> slopes = stackalloc T[channels];
        for (int c = 0; c < channels; c++)
        {
            gradients[c] = T.CreateTruncating(Total(firsts, run, c) / count);
            slopes[c] = T.CreateTruncating(Total(seconds, run, c) * inverses[c] * inverses[c] / count);
        }

        ChannelTile.Fill(gradients, meanGradient);
        ChannelTile.Fill(slopes, slope);
    }

    /// <inheritdoc/>
    public override void Backward(Piece piece)
    {
        for (int n = piece.First; site.Input.HasGradients && n < piece.First + piece.Count; n++)
        {
            ReadOnlySpan<T> x = site.Input.Values.AsSpan(n * site.Input.Size, site.Input.Size);
            ReadOnlySpan<T> dy = site.Output.Gradients.AsSpan(n * site.Output.Size, site.Output.Size);
            Span<T> dx = site.Input.Gradients.AsSpan(n * site.Input.Size, site.Input.Size);
            for (int j = 0; j < length; j += Vector<T>.Count)
            {
                Vector<T> m = Lanes.Load<T>(mean, j);
                Vector<T> a = Lanes.Load<T>(scale, j);
                Vector<T> g = Lanes.Load<T>(meanGradient, j);
                Vector<T> s = Lanes.Load<T>(slope, j);
                int i = j;
                for (; i + Vector<T>.Count <= dx.Length; i += length)
                {
                    WholeLanes.Store((WholeLanes.Load(dy, i) - g - ((WholeLanes.Load(x, i) - m) * s)) * a, dx, i);
                }

                if (i < dx.Length)
                {
                    Lanes.Store((Lanes.Load(dy, i) - g - ((Lanes.Load(x, i) - m) * s)) * a, dx, i);
                }
            }
        }
    }

    // Means and squared deviations of the examples, united in their order (Chan, Golub and LeVeque 1983).
    private (double Mean, double Variance) Moments(BatchRun run, int channel)
    {
        double average = 0;
        double squares = 0;
        for (int n = 0; n < run.Count; n++)
        {
            double step = firsts[(n * channels) + channel] - average;
            average += step / (n + 1);
            squares += Math.Max(0, seconds[(n * channels) + channel]) + (step * step * site.InputShape.Positions * n / (n + 1));
        }

        return (average, squares / ((double)run.Count * site.InputShape.Positions));
    }

    private double Total(double[] sums, BatchRun run, int channel)
    {
        double total = 0;
        for (int n = 0; n < run.Count; n++)
        {
            total += sums[(n * channels) + channel];
        }

        return total;
    }

    private T Moved(T old, double value) =>
        T.CreateTruncating((settings.Momentum * double.CreateTruncating(old)) + ((1 - settings.Momentum) * value));

    // Both sums of an example, a strip of vectors at a time.
    private void Sum<TTerms>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> centre, int example)
        where TTerms : ITerms
    {
        Span<double> firstTotals = firsts.AsSpan(example * channels, channels);
        Span<double> secondTotals = seconds.AsSpan(example * channels, channels);
        firstTotals.Clear();
        secondTotals.Clear();
        Span<T> first = stackalloc T[length];
        Span<T> second = stackalloc T[length];
        for (int j = 0; j < length; j += Vector<T>.Count)
        {
            Vector<T> m = Lanes.Load(centre, j);
            Terms sums = SumStrip<TTerms>(x, y, m, j, length);
            int rest = (x.Length - j) % length;
            if (rest > 0 && rest < Vector<T>.Count)
            {
                int at = x.Length - rest;
                sums = TTerms.Add(Lanes.First(Lanes.Load(x, at) - m, rest), Lanes.Load(y, at), sums);
            }

            Lanes.Store(sums.First, first, j);
            Lanes.Store(sums.Second, second, j);
        }

        ChannelTile.AddTo<T>(first, firstTotals);
        ChannelTile.AddTo<T>(second, secondTotals);
    }

    // No call may stand here: the sums would then live in memory, not in registers. Two of each, so that neither waits for
    // itself.
    private static Terms SumStrip<TTerms>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Vector<T> centre, int start, int step)
        where TTerms : ITerms
    {
        Terms even = default;
        Terms odd = default;
        int i = start;
        for (; i + step + Vector<T>.Count <= y.Length; i += 2 * step)
        {
            even = TTerms.Add(WholeLanes.Load(x, i) - centre, WholeLanes.Load(y, i), even);
            odd = TTerms.Add(WholeLanes.Load(x, i + step) - centre, WholeLanes.Load(y, i + step), odd);
        }

        if (i + Vector<T>.Count <= y.Length)
        {
            even = TTerms.Add(WholeLanes.Load(x, i) - centre, WholeLanes.Load(y, i), even);
        }

        return new Terms(even.First + odd.First, even.Second + odd.Second);
    }

    private readonly record struct Terms(Vector<T> First, Vector<T> Second);

    private interface ITerms
    {
        static abstract Terms Add(Vector<T> centred, Vector<T> other, Terms sums);
    }

    private readonly struct Squares : ITerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Terms Add(Vector<T> centred, Vector<T> other, Terms sums) =>
            new(sums.First + centred, Lanes.MultiplyAdd(centred, centred, sums.Second));
    }

    private readonly struct Products : ITerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Terms Add(Vector<T> centred, Vector<T> other, Terms sums) =>
            new(sums.First + other, Lanes.MultiplyAdd(centred, other, sums.Second));
    }
}
