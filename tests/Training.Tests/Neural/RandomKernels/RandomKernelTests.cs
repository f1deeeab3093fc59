using SerLab.Core;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.RandomKernels;
using Xunit;

namespace SerLab.Training.Tests.Neural.RandomKernels;

public class RandomKernelTests
{
    private const int Frames = 40;
    private const int Bands = 3;

    [Fact]
    public void Features_are_share_maximum_and_deviation_of_every_kernels_answers()
    {
        Examples series = Series(count: 6, seed: 1);
        RandomKernelFeatures features = RandomKernelDraw.Draw(series, GridShape.Series(Frames, Bands), 10, 5, seed: 2);
        FeatureMatrix rows = (FeatureMatrix)features.Apply(series);

        Assert.Equal(30, rows.Columns);
        int at = 0;
        int dilation = 1;
        foreach (KernelBank bank in features.Banks)
        {
            for (int k = 0; k < bank.Count; k++)
            {
                double[] answers = [.. Enumerable.Range(0, Frames).Select(t => Answer(bank, series[3], t, k, dilation))];
                double mean = answers.Average();
                double share = answers.Average(answer => Math.Clamp((answer / bank.Widths[k]) + 0.5, 0, 1));
                Assert.Equal(share, rows[3, at + k], 1e-5);
                Assert.Equal(answers.Max(), rows[3, at + bank.Count + k], 1e-5);
                Assert.Equal(
                    Math.Sqrt(answers.Average(a => (a - mean) * (a - mean))), rows[3, at + (2 * bank.Count) + k], 1e-5);
            }

            at += 3 * bank.Count;
            dilation *= 2;
        }
    }

    [Fact]
    public void Kernels_have_weights_of_mean_0_on_neighbouring_bands_and_reach_no_farther_than_the_series()
    {
        RandomKernelFeatures features =
            RandomKernelDraw.Draw(Series(4, 3), GridShape.Series(Frames, Bands), count: 50, length: 9, seed: 4);

        // 8 steps of 1, 2 and 4 frames are shorter than the series of 40; those of 8 frames are not.
        Assert.Equal([17, 17, 16], features.Banks.Select(bank => bank.Count));
        Assert.All(features.Banks, bank => Assert.All(Enumerable.Range(0, bank.Count), k =>
        {
            float[][] weights =
            [
                .. Enumerable.Range(0, Bands).Select(b => Enumerable.Range(0, 9)
                    .Select(t => bank.Parameters[(((t * Bands) + b) * bank.Count) + k]).ToArray()),
            ];
            int[] heard = [.. Enumerable.Range(0, Bands).Where(b => weights[b].Any(w => w != 0))];
            Assert.Equal(0, weights.Sum(w => w.Sum()), 1e-4);
            Assert.Equal(Enumerable.Range(heard[0], heard.Length), heard);
        }));
    }

    [Fact]
    public void Constant_series_have_finite_features()
    {
        Examples silence = new ExampleArrays(
            [new float[Frames * Bands], new float[Frames * Bands]], ExampleShape.Series(Frames, Bands));

        RandomKernelFeatures features = RandomKernelDraw.Draw(silence, GridShape.Series(Frames, Bands), 12, 9, seed: 5);
        FeatureMatrix rows = (FeatureMatrix)features.Apply(silence);

        Assert.All(rows.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_model_of_series_answers_in_onnx_as_here()
    {
        Examples series = Series(count: 40, seed: 6);
        int[] labels = [.. Enumerable.Range(0, 40).Select(i => i % 2)];
        IModel model = new RandomKernelLearner(new RandomKernelOptions { Kernels = 30, Probability = true })
            .Fit(TrainingSet.OfClasses(series, labels, 2), seed: 1);
        OnnxGraph graph = new("kernels");
        OnnxValue input = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, Frames, Bands]);
        graph.Output("p", model.AddTo(graph, input).Probabilities, OnnxElement.Float, [OnnxDimension.Batch, 2]);

        Tensor<float> answer = (Tensor<float>)OnnxModel.Parse(graph.ToBytes("1", "", []), "kernels").Run(
            new Dictionary<string, Tensor>
            {
                ["x"] = new Tensor<float>(
                    [.. Enumerable.Range(0, 40).SelectMany(i => series[i].ToArray())], 40, Frames, Bands),
            })["p"];

        double[] expected = model.Predict(series).Probabilities;
        Assert.All(Enumerable.Range(0, 80), i => Assert.Equal(expected[i], answer.Values[i], 1e-5));
    }

    [Fact]
    public void A_rhythm_is_told_that_no_mean_tells()
    {
        // Both classes have the same values, in another order: alternating every frame, or every four.
        SeededRandom random = new(8);
        int[] labels = [.. Enumerable.Range(0, 80).Select(i => i % 2)];
        Examples series = new ExampleArrays(
            labels.Select(label => Enumerable.Range(0, Frames * Bands)
                .Select(i => (i / Bands / (label == 0 ? 1 : 4) % 2 == 0 ? -1 : 1) + (0.3f * (float)random.NextGaussian()))
                .ToArray()),
            ExampleShape.Series(Frames, Bands));
        int[] training = [.. Enumerable.Range(0, 40)];
        int[] test = [.. Enumerable.Range(40, 40)];
        TrainingSet set = TrainingSet.OfClasses(series, labels, 2);

        int[] told = new RandomKernelLearner(new RandomKernelOptions { Kernels = 100 })
            .Fit(set.Select(training), seed: 0).Predict(series.Select(test)).Labels;

        Assert.Equal(test.Select(i => labels[i]), told);
    }

    [Fact]
    public void Series_of_different_lengths_are_refused()
    {
        Examples series = new ExampleArrays([new float[3], new float[6]], ExampleShape.Series(null, 3));

        Assert.Contains(
            "series of one length",
            Assert.ThrowsAny<InvalidInputException>(
                () => new RandomKernelLearner().Fit(TrainingSet.OfClasses(series, [0, 1], 2), 0)).Message,
            StringComparison.Ordinal);
    }

    private static double Answer(KernelBank bank, ReadOnlySpan<float> series, int frame, int kernel, int dilation)
    {
        const int Length = 5;
        double sum = bank.Parameters[bank.Network.Plan.Steps[0].Parameters[1].Start + kernel];
        for (int j = 0; j < Length; j++)
        {
            int t = frame + ((j - (Length / 2)) * dilation);
            for (int b = 0; t is >= 0 and < Frames && b < Bands; b++)
            {
                sum += series[(t * Bands) + b] * bank.Parameters[(((j * Bands) + b) * bank.Count) + kernel];
            }
        }

        return sum;
    }

    private static ExampleArrays Series(int count, int seed)
    {
        FeatureMatrix numbers = RandomTables.Gaussian(count, Frames * Bands, seed);
        return new ExampleArrays(
            Enumerable.Range(0, count).Select(i => numbers.Row(i).ToArray()), ExampleShape.Series(Frames, Bands));
    }
}
