using SerLab.Core;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Models.Tests.Waveform;

/// <summary>Resampling inside a model file against the resampler of .NET.</summary>
public class ResamplerOperatorTests
{
    private const double Tolerance = 1e-5;

    private static readonly int[] Lengths = [0, 1, 2, 79, 80, 81, 160, 441, 882, 2205, 7001];

    public static TheoryData<int, int> Rates
    {
        get
        {
            TheoryData<int, int> rates = [];
            foreach (int from in (int[])[44_100, 48_000, 24_000, 16_000, 8_000])
            {
                rates.Add(from, 16_000);
                rates.Add(from, 22_050);
            }

            rates.Add(22_050, 16_000);
            rates.Add(192_000, 22_050);
            return rates;
        }
    }

    [Theory, MemberData(nameof(Rates))]
    public void A_file_resamples_as_NET_does(int from, int to)
    {
        WaveformModel model = new(Resampled(to), from);
        foreach (int length in Lengths)
        {
            float[] samples = TestSignals.Noise(length, 0.5);
            AssertClose(model.Extract(samples), model.Run(1, samples), $"{length} samples");
        }
    }

    [Fact]
    public void Each_clip_of_a_batch_is_resampled_by_itself()
    {
        WaveformModel model = new(Resampled(16_000), 44_100);
        float[] first = TestSignals.Noise(3000, 0.5);
        float[] second = [.. first.Reverse()];

        Assert.Equal([.. model.Run(1, first), .. model.Run(1, second)], model.Run(2, [.. first, .. second]));
        Assert.Empty(model.Run(0, []));
    }

    [Theory]
    [InlineData(44_100, 16_000)]
    [InlineData(16_000, 22_050)]
    public void The_filter_takes_little_space(int from, int to) =>
        Assert.InRange(new WaveformModel(Resampled(to), from).Bytes.Length, 1, 6_000);

    [Theory]
    [InlineData(44_101, 22_050, "too little in common")]
    [InlineData(1_000, 2_000_000, "too far apart")]
    public void Rates_that_no_file_can_resample_are_refused(int from, int to, string reason) => Assert.Contains(
        reason,
        Assert.Throws<InvalidInputException>(() => new WaveformModel(Resampled(to), from)).Message,
        StringComparison.Ordinal);

    [SkippableFact]
    public void Runtimes_resample_as_NET_does()
    {
        string? whyNot = NodeRuntimes.WhyNot();
        Skip.If(whyNot is not null, whyNot);
        WaveformModel[] models = [new(Resampled(16_000), 44_100), new(Resampled(22_050), 48_000), new(Resampled(22_050), 8_000)];
        float[][] clips = [.. Lengths.Select(length => TestSignals.Noise(length, 0.5))];
        RuntimeBatch[] batches =
        [
            .. clips.Select(clip => new RuntimeBatch(1, clip.Length, clip)), new(0, 5000, []),
        ];

        foreach (RuntimeAnswers runtime in NodeRuntimes.Ask(models.Select(model => (model.Bytes, batches))))
        {
            foreach ((WaveformModel model, RuntimeAnswer[] answers) in models.Zip(runtime.Models))
            {
                foreach ((float[] clip, RuntimeAnswer answer) in clips.Zip(answers))
                {
                    string where = $"{runtime.Name}, {clip.Length} samples of {model.SampleRate} Hz";
                    Assert.True(answer.Error is null, $"{where}: {answer.Error}");
                    AssertClose(model.Extract(clip), answer.Outputs![WaveformModel.Output].Floats(), where);
                }

                Assert.Empty(answers[^1].Outputs![WaveformModel.Output].Floats());
            }
        }
    }

    private static FeatureSet Resampled(int rate) => FixedRateFeatureSet.At(
        new FeatureSet(
            "samples",
            "The samples.",
            [],
            [],
            signal => signal.Samples.ToArray(),
            ExampleShape.Samples(),
            (_, samples, _) => samples),
        rate);

    private static void AssertClose(float[] expected, float[] actual, string where)
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).DefaultIfEmpty().Max();
        Assert.True(worst <= Tolerance, $"{where}: {worst}");
    }
}
