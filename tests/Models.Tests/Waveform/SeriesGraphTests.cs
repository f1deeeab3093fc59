using SerLab.Core;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Models.Tests.Waveform;

/// <summary>Images and series of sound, whole or a part of it, inside a model file against those of .NET.</summary>
public class SeriesGraphTests
{
    // Bins 80 dB below the loudest, differences of frames and signs of samples show the last digits of a resampled sound.
    private static readonly Dictionary<string, double> Tolerances = new()
    {
        ["linear1025"] = 5e-4,
        ["mfcc60"] = 1e-3,
        ["series3"] = 2.1 / 1024,
    };

    private static readonly string[] Windows = ["3s", "0.25s", "0.01s", "0-0.2s", "0.05-1.5s"];

    private static readonly Dictionary<string, WaveformModel> Models = WaveformFeatures.Exportable()
        .Select(id => FeatureSetCatalogue.BuiltIn.Get(id))
        .Where(set => set.Shape.Rank == 2)
        .ToDictionary(set => set.Id, set => new WaveformModel(set, TestSignals.SampleRate));

    public static TheoryData<string> Sets => [.. Models.Keys];

    [Fact]
    public void Images_and_series_can_be_computed_inside_a_model() => Assert.Equal(
        ["logmel64", "logmel128", "logmel64-ln", "logmel128-ln", "linear1025", "mfcc60", "onset2", "series3"],
        Models.Keys);

    [Theory, MemberData(nameof(Sets))]
    public void Series_of_any_sound_equal_those_of_the_feature_set(string id)
    {
        foreach ((string signal, Func<float[]> make) in TestSignals.All)
        {
            if (id == "series3" && signal == "chirp")
            {
                // It ends above what is kept: all signs are those of rounding.
                continue;
            }

            float[] samples = make();
            AssertClose(Models[id], Models[id].Extract(samples), Models[id].Run(1, samples), signal);
        }
    }

    [Theory, MemberData(nameof(Sets))]
    public void Each_clip_of_a_batch_is_described_by_itself(string id)
    {
        float[][] clips = [TestSignals.Noise(9000, 0.3), new float[9000], TestSignals.All["mistuned tones"]()[..9000]];

        float[] together = Models[id].Run(3, [.. clips.SelectMany(clip => clip)]);

        AssertClose(Models[id], [.. clips.SelectMany(clip => Models[id].Run(1, clip))], together, "a batch");
    }

    [Theory]
    [InlineData("logmel64")]
    [InlineData("logmel128-ln")]
    [InlineData("meyda74")]
    [InlineData("mel128-22k")]
    public void Parts_of_sounds_equal_those_of_the_feature_set(string id)
    {
        float[] noise = TestSignals.Noise(100_000, 0.3);
        foreach (string window in Windows)
        {
            WaveformModel model = new(FeatureSetCatalogue.BuiltIn.GetSet($"{id}@{window}"), TestSignals.SampleRate);
            foreach (int length in (int[])[0, 1, 300, 301, 3000, 44_100, 100_000])
            {
                float[] samples = noise[..length];
                if (window.StartsWith("0.05-", StringComparison.Ordinal) && length < 0.06 * TestSignals.SampleRate)
                {
                    Assert.Throws<InvalidInputException>(() => model.Extract(samples));
                    Assert.All(model.Run(1, samples), value => Assert.True(float.IsNaN(value)));
                    continue;
                }

                AssertClose(model, model.Extract(samples), model.Run(1, samples), $"{length} samples");
            }
        }
    }

    [SkippableFact]
    public void Runtimes_compute_images_and_series_as_NET_does()
    {
        string? whyNot = NodeRuntimes.WhyNot();
        Skip.If(whyNot is not null, whyNot);
        WaveformModel[] models =
        [
            .. Models.Values,
            .. Windows.Select(window => new WaveformModel(
                FeatureSetCatalogue.BuiltIn.GetSet($"logmel64@{window}"), TestSignals.SampleRate)),
        ];
        string[] signals = ["noise", "mistuned tones", "voice", "silence", "an impulse", "1 sample", "1,025 samples"];
        float[][] clips = [.. signals.Select(signal => TestSignals.All[signal]())];
        RuntimeBatch[] batches = [.. clips.Select(clip => new RuntimeBatch(1, clip.Length, clip))];

        foreach (RuntimeAnswers runtime in NodeRuntimes.Ask(models.Select(model => (model.Bytes, batches))))
        {
            foreach ((WaveformModel model, RuntimeAnswer[] answers) in models.Zip(runtime.Models))
            {
                foreach ((float[] clip, RuntimeAnswer answer) in clips.Zip(answers))
                {
                    string what = $"{clip.Length} samples in {runtime.Name}";
                    Assert.True(answer.Error is null, $"{model.Set.Id} of {what}: {answer.Error}");
                    AssertClose(model, model.Run(1, clip), answer.Outputs![WaveformModel.Output].Floats(), what);
                }
            }
        }
    }

    private static void AssertClose(WaveformModel model, float[] expected, float[] actual, string what)
    {
        double tolerance = Tolerances.GetValueOrDefault(model.Set.Id, 1e-4);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool close = Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]))
                || (float.IsNaN(expected[i]) && float.IsNaN(actual[i]));
            Assert.True(close, $"{model.Set.Id} of {what}: {actual[i]} instead of {expected[i]} at {i}");
        }
    }
}
