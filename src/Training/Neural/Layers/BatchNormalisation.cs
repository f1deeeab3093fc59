using System.Numerics;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015): each channel less its mean, over its deviation, times gamma, plus beta. Training
/// uses the mean and variance of the whole batch, prediction moving averages of them.
/// </summary>
public sealed record BatchNormalisation : Layer
{
    internal const int Gamma = 0;
    internal const int Beta = 1;
    internal const int MovingMean = 2;
    internal const int MovingVariance = 3;

    /// <summary>Weight of the old value in the moving averages, 0 to below 1; default 0.99, Keras's (PyTorch's is 0.9).</summary>
    public double Momentum { get; init; } = 0.99;

    /// <summary>Added to the variance, above 0; default 0.001, Keras's (PyTorch's is 1e-5).</summary>
    public double Epsilon { get; init; } = 1e-3;

    /// <summary>Whether the moving variance averages n / (n − 1) of that of the batch, as PyTorch does; default false.</summary>
    public bool IsUnbiased { get; init; }

    /// <inheritdoc/>
    public override GridShape Output(GridShape input)
    {
        Require.Share(Momentum);
        return input;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterSpec> Parameters(GridShape input) =>
    [
        new("gamma", [input.Channels], Initialisers.Ones),
        new("beta", [input.Channels], Initialisers.Zeros),
        new("moving mean", [input.Channels], Initialisers.Zeros, IsTrained: false),
        new("moving variance", [input.Channels], Initialisers.Ones, IsTrained: false),
    ];

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new Pass<T>(this, site);

    private protected override string Describe() => "Batch norm";

    private sealed class Pass<T> : LayerPass<T>, IWholeBatchPass
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly BatchNormalisation settings;
        private readonly LayerSite<T> site;
        private readonly int channels;

        // Of the batch or, when predicting, of the moving averages.
        private readonly T[] means;
        private readonly T[] inverses;

        // Σ dy / n and Σ dy x̂ / n; zero when predicting, where statistics do not depend on the inputs.
        private readonly T[] meanGradients;
        private readonly T[] meanProducts;
        private readonly Moments[] pieces;

        public Pass(BatchNormalisation settings, LayerSite<T> site)
        {
            this.settings = settings;
            this.site = site;
            channels = site.InputShape.Channels;
            means = new T[channels];
            inverses = new T[channels];
            meanGradients = new T[channels];
            meanProducts = new T[channels];
            pieces = new Moments[(site.Capacity + BatchRun.PieceExamples - 1) / BatchRun.PieceExamples];
            for (int p = 0; p < pieces.Length; p++)
            {
                pieces[p] = new Moments(channels);
            }
        }

        public void GatherForward(Piece piece)
        {
            if (!piece.Run.IsTraining)
            {
                return;
            }

            Moments own = pieces[piece.Index];
            Array.Clear(own.First);
            Array.Clear(own.Second);
            ForEachExample(piece, own, (n, sums) => Columns.AddSums<T>(Example(site.Input.Values, n), sums), own.First);
            double count = (double)piece.Count * site.InputShape.Positions;
            for (int c = 0; c < channels; c++)
            {
                own.First[c] /= count;
                own.Means[c] = T.CreateTruncating(own.First[c]);
            }

            ForEachExample(piece, own, (n, sums) => AddSquares(Example(site.Input.Values, n), own.Means, sums), own.Second);
        }

        public void SettleForward(BatchRun run)
        {
            Span<T> movingMean = site.Parameters[MovingMean];
            Span<T> movingVariance = site.Parameters[MovingVariance];
            for (int c = 0; c < channels; c++)
            {
                double mean = double.CreateTruncating(movingMean[c]);
                double variance = double.CreateTruncating(movingVariance[c]);
                if (run.IsTraining)
                {
                    (mean, variance) = Combine(run, c);
                    double n = (double)run.Count * site.InputShape.Positions;
                    double kept = settings.IsUnbiased && n > 1 ? variance * n / (n - 1) : variance;
                    movingMean[c] = Moved(movingMean[c], mean);
                    movingVariance[c] = Moved(movingVariance[c], kept);
                }

                means[c] = T.CreateTruncating(mean);
                inverses[c] = T.CreateTruncating(1 / Math.Sqrt(variance + settings.Epsilon));
            }
        }

        public override void Forward(Piece piece)
        {
            ReadOnlySpan<T> gamma = site.Parameters[Gamma];
            ReadOnlySpan<T> beta = site.Parameters[Beta];
            ReadOnlySpan<T> x = piece.Of(site.Input.Values, site.Input.Size);
            Span<T> y = piece.Of(site.Output.Values, site.Output.Size);
            for (int j = 0; j < channels; j += Vector<T>.Count)
            {
                Vector<T> mean = Lanes.Load<T>(means, j);
                Vector<T> scale = Lanes.Load<T>(inverses, j) * Lanes.Load(gamma, j);
                Vector<T> shift = Lanes.Load(beta, j);
                for (int i = 0; i < x.Length; i += channels)
                {
                    Vector<T> value = Lanes.MultiplyAdd(Lanes.Load(x.Slice(i, channels), j) - mean, scale, shift);
                    Lanes.Store(value, y.Slice(i, channels), j);
                }
            }
        }

        public void GatherBackward(Piece piece)
        {
            Moments own = pieces[piece.Index];
            Array.Clear(own.First);
            Array.Clear(own.Second);
            ForEachExample(piece, own, (n, sums) => Columns.AddSums<T>(Example(site.Output.Gradients, n), sums), own.First);
            ForEachExample(
                piece,
                own,
                (n, sums) => AddProducts(Example(site.Output.Gradients, n), Example(site.Input.Values, n), sums),
                own.Second);
            Span<T> gamma = site.Parameters.Gradient(piece, Gamma);
            Span<T> beta = site.Parameters.Gradient(piece, Beta);
            for (int c = 0; c < channels; c++)
            {
                gamma[c] += T.CreateTruncating(own.Second[c]);
                beta[c] += T.CreateTruncating(own.First[c]);
            }
        }

        public void SettleBackward(BatchRun run)
        {
            double count = (double)run.Count * site.InputShape.Positions;
            for (int c = 0; c < channels; c++)
            {
                double gradient = 0;
                double product = 0;
                for (int p = 0; p < run.Pieces && run.IsTraining; p++)
                {
                    gradient += pieces[p].First[c];
                    product += pieces[p].Second[c];
                }

                meanGradients[c] = T.CreateTruncating(gradient / count);
                meanProducts[c] = T.CreateTruncating(product / count);
            }
        }

        public override void Backward(Piece piece)
        {
            if (!site.Input.HasGradients)
            {
                return;
            }

            ReadOnlySpan<T> gamma = site.Parameters[Gamma];
            ReadOnlySpan<T> x = piece.Of(site.Input.Values, site.Input.Size);
            ReadOnlySpan<T> dy = piece.Of(site.Output.Gradients, site.Output.Size);
            Span<T> dx = piece.Of(site.Input.Gradients, site.Input.Size);
            for (int j = 0; j < channels; j += Vector<T>.Count)
            {
                Vector<T> mean = Lanes.Load<T>(means, j);
                Vector<T> inverse = Lanes.Load<T>(inverses, j);
                Vector<T> scale = inverse * Lanes.Load(gamma, j);
                Vector<T> gradient = Lanes.Load<T>(meanGradients, j);
                Vector<T> product = Lanes.Load<T>(meanProducts, j) * inverse;
                for (int i = 0; i < x.Length; i += channels)
                {
                    Vector<T> centred = Lanes.Load(x.Slice(i, channels), j) - mean;
                    Vector<T> own = Lanes.Load(dy.Slice(i, channels), j) - gradient - (centred * product);
                    Lanes.Store(own * scale, dx.Slice(i, channels), j);
                }
            }
        }

        private ReadOnlySpan<T> Example(T[] buffer, int n) => buffer.AsSpan(n * site.Input.Size, site.Input.Size);

        // Sums of one example in T, of examples in double: no long chain of small additions to a large sum.
        private void ForEachExample(Piece piece, Moments own, Action<int, T[]> add, double[] totals)
        {
            for (int n = piece.First; n < piece.First + piece.Count; n++)
            {
                Array.Clear(own.Sums);
                add(n, own.Sums);
                for (int c = 0; c < channels; c++)
                {
                    totals[c] += double.CreateTruncating(own.Sums[c]);
                }
            }
        }

        private void AddSquares(ReadOnlySpan<T> x, T[] pieceMeans, Span<T> sums)
        {
            for (int j = 0; j < channels; j += Vector<T>.Count)
            {
                Vector<T> mean = Lanes.Load<T>(pieceMeans, j);
                Vector<T> sum = Vector<T>.Zero;
                for (int i = 0; i < x.Length; i += channels)
                {
                    Vector<T> centred = Lanes.Load(x.Slice(i, channels), j) - mean;
                    sum = Lanes.MultiplyAdd(centred, centred, sum);
                }

                Lanes.Store(sum, sums, j);
            }
        }

        private void AddProducts(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, Span<T> sums)
        {
            for (int j = 0; j < channels; j += Vector<T>.Count)
            {
                Vector<T> mean = Lanes.Load<T>(means, j);
                Vector<T> sum = Vector<T>.Zero;
                for (int i = 0; i < x.Length; i += channels)
                {
                    Vector<T> centred = Lanes.Load(x.Slice(i, channels), j) - mean;
                    sum = Lanes.MultiplyAdd(centred, Lanes.Load(dy.Slice(i, channels), j), sum);
                }

                Lanes.Store(sum * Lanes.Load<T>(inverses, j), sums, j);
            }
        }

        // Means and squared deviations of pieces, united in their order (Chan, Golub and LeVeque 1983).
        private (double Mean, double Variance) Combine(BatchRun run, int channel)
        {
            double mean = 0;
            double squares = 0;
            double count = 0;
            for (int p = 0; p < run.Pieces; p++)
            {
                double more = (double)run.Piece(p).Count * site.InputShape.Positions;
                double step = pieces[p].First[channel] - mean;
                double total = count + more;
                mean += step * more / total;
                squares += pieces[p].Second[channel] + (step * step * count * more / total);
                count = total;
            }

            return (mean, squares / count);
        }

        private T Moved(T old, double value) =>
            T.CreateTruncating((settings.Momentum * double.CreateTruncating(old)) + ((1 - settings.Momentum) * value));

        private sealed class Moments(int channels)
        {
            public double[] First { get; } = new double[channels];

            public double[] Second { get; } = new double[channels];

            public T[] Means { get; } = new T[channels];

            public T[] Sums { get; } = new T[channels];
        }
    }
}
