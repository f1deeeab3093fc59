using SerLab.Core;
using SerLab.Training.Neural.Deep;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Networks;

namespace SerLab.Training.Neural.RandomKernels;

/// <summary>
/// Draws random kernels for series: each looks at a patch of neighbouring bands, its width drawn evenly on a logarithmic scale,
/// with Gaussian weights of mean 0, at frames 1, 2, 4 … apart as far as the series is long; and has a threshold, a quantile of
/// what it answers to training examples.
/// </summary>
internal static class RandomKernelDraw
{
    // Examples that thresholds are drawn from; quantiles of thousands of frames need no more.
    private const int ThresholdExamples = 64;

    /// <summary>Draws kernels.</summary>
    /// <param name="examples">Training examples.</param>
    /// <param name="input">Their form: a series of frames with bands as channels.</param>
    /// <param name="count">Number of kernels.</param>
    /// <param name="length">Frames a kernel looks at.</param>
    /// <param name="seed">Decides everything.</param>
    public static RandomKernelFeatures Draw(Examples examples, GridShape input, int count, int length, int seed)
    {
        SeededRandom random = new(seed);
        int[] rows = [.. Enumerable.Range(0, examples.Count)];
        random.Shuffle<int>(rows);
        Examples some = examples.Select(rows.AsSpan(0, Math.Min(ThresholdExamples, rows.Length)));
        int dilations = 1;
        while ((length - 1) << dilations < input.Positions)
        {
            dilations++;
        }

        List<KernelBank> banks = [];
        for (int d = 0; d < dilations; d++)
        {
            // The first banks take one more where kernels do not divide evenly.
            int own = (count / dilations) + (d < count % dilations ? 1 : 0);
            if (own > 0)
            {
                banks.Add(Bank(some, input, own, length, 1 << d, random));
            }
        }

        return new RandomKernelFeatures(examples.Shape, banks);
    }

    private static KernelBank Bank(Examples some, GridShape input, int count, int length, int dilation, SeededRandom random)
    {
        Network network = new(input, new Convolution(count, Extent.Series(length)) { Dilation = Extent.Series(dilation) });
        float[] parameters = network.InitialParameters<float>(0);
        Array.Clear(parameters);
        for (int k = 0; k < count; k++)
        {
            Fill(parameters, input.Channels, count, length, k, random);
        }

        float[] answers = new NetworkAnswers(network, parameters, threads: 1).Of(some);
        float[] widths = new float[count];
        Span<float> biases = parameters.AsSpan(network.Plan.Steps[0].Parameters[1].Start, count);
        float[] sorted = new float[answers.Length / count];
        for (int k = 0; k < count; k++)
        {
            for (int i = 0; i < sorted.Length; i++)
            {
                sorted[i] = answers[(i * count) + k];
            }

            Array.Sort(sorted);
            biases[k] = -sorted[(int)(random.NextDouble(0.1, 0.9) * (sorted.Length - 1))];

            // How soft the threshold is: a step would turn the last digit of an answer into a whole frame.
            float spread = sorted[(int)(0.9 * (sorted.Length - 1))] - sorted[(int)(0.1 * (sorted.Length - 1))];
            widths[k] = spread > 0 ? spread / 10 : 1;
        }

        return new KernelBank(network, parameters, widths);
    }

    // Weights lie frame by frame, band by band, kernel by kernel.
    private static void Fill(float[] parameters, int bands, int count, int length, int kernel, SeededRandom random)
    {
        int width = Math.Min(bands, (int)Math.Exp(random.NextDouble(0, Math.Log(bands + 1))));
        int first = (int)random.NextDouble(0, bands - width + 1);
        double[] weights = new double[length * width];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = random.NextGaussian();
        }

        double mean = weights.Average();
        for (int i = 0; i < weights.Length; i++)
        {
            int at = (((i / width) * bands) + first + (i % width)) * count;
            parameters[at + kernel] = (float)((weights[i] - mean) / Math.Sqrt(weights.Length));
        }
    }
}
