using System.Numerics;
using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// The latent layer of a variational autoencoder (Kingma and Welling 2014): its input is means and logarithms of variances, half
/// and half; in training z = mean + ε · deviation with ε from a normal distribution, in prediction the mean. To the loss it adds
/// the divergence from the standard normal distribution, summed over the latent values, averaged over the batch.
/// </summary>
/// <param name="Weight">Weight of the divergence, usually called β, 0 or more; default 1.</param>
public sealed record GaussianSampling(double Weight = 1) : Layer
{
    /// <inheritdoc/>
    public override GridShape Output(GridShape input) => input.Channels % 2 == 0
        ? input with { Channels = input.Channels / 2 }
        : throw new InvalidInputException("its channels are means and log-variances, half and half, so their number is even.");

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new GaussianSamplingPass<T>(site, Weight);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) =>
        new GridValue(graph.Onnx.Slice(graph.ChannelsLast(inputs[0]), 3, 0, output.Channels), output);

    private protected override string Describe() => $"Gaussian sampling, β {Weight}";
}

/// <summary>Computes <see cref="GaussianSampling"/>.</summary>
internal sealed class GaussianSamplingPass<T>(LayerSite<T> site, double weight) : LayerPass<T>, ILossTerm
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int channels = site.OutputShape.Channels;

    /// <inheritdoc/>
    public double Weight => weight;

    /// <summary>The numbers ε of the last forward pass.</summary>
    internal T[] Noise { get; } = site.Reserve(site.Output.Size);

    /// <inheritdoc/>
    public override void Forward(Piece piece)
    {
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            if (piece.Run.IsTraining)
            {
                Draw(piece.Run.RandomOf(n, site.Step), n);
            }

            Sample(n, piece.Run.IsTraining);
        }
    }

    /// <inheritdoc/>
    public double Term(BatchRun run)
    {
        double total = 0;
        for (int i = 0; i < run.Count * site.Output.Size; i++)
        {
            double mean = double.CreateTruncating(site.Input.Values[MeanAt(i)]);
            double logVariance = double.CreateTruncating(site.Input.Values[MeanAt(i) + channels]);
            total -= 0.5 * (1 + logVariance - (mean * mean) - Math.Exp(logVariance));
        }

        return total / run.Count;
    }

    /// <inheritdoc/>
    public override void Backward(Piece piece)
    {
        if (!site.Input.HasGradients)
        {
            return;
        }

        T half = T.CreateTruncating(0.5);
        T share = T.CreateChecked(weight * piece.Run.TermShare / piece.Run.Count);
        for (int i = piece.First * site.Output.Size; i < (piece.First + piece.Count) * site.Output.Size; i++)
        {
            int at = MeanAt(i);
            T logVariance = site.Input.Values[at + channels];
            T given = site.Output.Gradients[i];
            T spread = piece.Run.IsTraining ? given * Noise[i] * half * T.Exp(half * logVariance) : T.Zero;
            site.Input.Gradients[at] = given + (share * site.Input.Values[at]);
            site.Input.Gradients[at + channels] = spread + (share * half * (T.Exp(logVariance) - T.One));
        }
    }

    /// <summary>Makes the output of an example of its input and noise.</summary>
    internal void Sample(int example, bool isTraining)
    {
        T half = T.CreateTruncating(0.5);
        for (int i = example * site.Output.Size; i < (example + 1) * site.Output.Size; i++)
        {
            T mean = site.Input.Values[MeanAt(i)];
            T deviation = T.Exp(half * site.Input.Values[MeanAt(i) + channels]);
            site.Output.Values[i] = isTraining ? mean + (deviation * Noise[i]) : mean;
        }
    }

    private void Draw(SeededRandom random, int example)
    {
        foreach (ref T noise in Noise.AsSpan(example * site.Output.Size, site.Output.Size))
        {
            noise = T.CreateTruncating(random.NextGaussian());
        }
    }

    private int MeanAt(int output) => (output / channels * 2 * channels) + (output % channels);
}
