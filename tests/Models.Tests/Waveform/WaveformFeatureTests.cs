using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using SerLab.TestSupport;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using Xunit;

namespace SerLab.Models.Tests.Waveform;

public class WaveformFeatureTests
{
    private const double Tolerance = 1e-3;

    private static readonly Dictionary<string, WaveformModel> Models =
        WaveformFeatures.Exportable().Where(id => id != SpeechEmbedding.Recipe.Id)
            .ToDictionary(id => id, id => new WaveformModel(id, TestSignals.SampleRate));

    // The one of librosa's two sets that has all features of the other.
    private static IEnumerable<WaveformModel> MeansAndDeviations =>
        [Models["meyda74"], Models["librosa360"], Models["voice310"]];

    public static TheoryData<string> Signals => [.. TestSignals.All.Keys];

    public static TheoryData<string> ReferenceClips =>
    [
        "clip_000_speech", "clip_001_noise", "clip_002_speech", "clip_004_mix", "clip_009_chirp", "clip_015_clipped",
        "clip_022_tone",
        "clip_086_silence",
    ];

    [Theory, MemberData(nameof(Signals))]
    public void Features_equal_those_of_the_feature_set(string signal)
    {
        float[] samples = TestSignals.All[signal]();
        foreach (WaveformModel model in MeansAndDeviations)
        {
            AssertClose(model, model.Extract(samples), model.Run(1, samples), signal);
        }
    }

    [Theory, MemberData(nameof(Signals))]
    public void Features_of_the_resampled_sound_equal_those_of_the_feature_set(string signal)
    {
        float[] samples = TestSignals.All[signal]();
        foreach (string id in (string[])["mfcc128-22k", "mel128-22k"])
        {
            AssertClose(Models[id], Models[id].Extract(samples), Models[id].Run(1, samples), signal);
        }
    }

    [Fact]
    public void Librosa180_is_the_means_of_librosa360()
    {
        float[] samples = TestSignals.All["noise, silence, voice"]();
        AssertClose(Models["librosa180"], Models["librosa180"].Extract(samples), Models["librosa180"].Run(1, samples), "means");
    }

    [SkippableTheory, MemberData(nameof(ReferenceClips)), Trait("Data", "real")]
    public void Features_of_the_reference_clips_equal_those_of_the_feature_sets(string clip)
    {
        AudioSignal signal = AudioFile.Read(ReferenceData.Require("reference", "clips", $"{clip}.wav"));
        float[] samples = signal.Samples.ToArray();
        foreach (WaveformModel model in MeansAndDeviations)
        {
            AssertClose(model, model.Extract(samples), model.Run(1, samples), clip);
        }
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(16000)]
    [InlineData(22050)]
    [InlineData(48000)]
    public void Filters_are_those_of_the_declared_rate(int sampleRate)
    {
        float[] samples = TestSignals.All["noise, silence, voice"]();
        foreach (string id in MeansAndDeviations.Select(model => model.Set.Id))
        {
            WaveformModel model = new(id, sampleRate);
            AssertClose(model, model.Extract(samples), model.Run(1, samples), $"{sampleRate} Hz");
        }
    }

    [Theory]
    [InlineData("meyda74")]
    [InlineData("librosa360")]
    [InlineData("voice310")]
    public void Each_clip_of_a_batch_is_described_by_itself(string id)
    {
        string[] signals = ["noise", "mistuned tones", "silence", "tone"];
        float[][] clips = [.. signals.Select(signal => TestSignals.All[signal]()[..10_000])];

        float[] together = Models[id].Run(clips.Length, [.. clips.SelectMany(clip => clip)]);

        int width = Models[id].Set.Names.Count;
        for (int i = 0; i < clips.Length; i++)
        {
            float[] features = together[(i * width)..((i + 1) * width)];
            Assert.Equal(Models[id].Run(1, clips[i]), features, (a, b) => Math.Abs(a - b) <= 1e-5f * Math.Max(1, Math.Abs(a)));
        }
    }

    [Theory]
    [InlineData("meyda74")]
    [InlineData("librosa180")]
    [InlineData("voice310")]
    public void A_batch_without_clips_has_no_features(string id) => Assert.Empty(Models[id].Run(0, []));

    [Theory]
    [InlineData("meyda74")]
    [InlineData("librosa180")]
    public void A_model_on_samples_predicts_as_the_model_on_features(string id)
    {
        FeatureSet set = Models[id].Set;
        float[][] clips = [.. TestSignals.All.Values.Select(make => make()).Where(clip => clip.Length is > 0 and < 10_000)];
        FeatureMatrix rows = new([.. clips.SelectMany(Models[id].Extract)], clips.Length, set.Names.Count);
        double[] targets = [.. clips.Select((_, i) => Math.Sin(i))];
        foreach (string name in (string[])["svr", "mlp"])
        {
            IModel model = LearnerCatalogue.BuiltIn.Create(LearnerSpecification.Default(name), Target.Rating("valence"))
                .Fit(TrainingSet.OfRatings(rows, targets), seed: 1);
            OnnxGraph graph = new(name);
            OnnxValue samples = WaveformFeatures.DeclareInput(graph, TestSignals.SampleRate);
            OnnxValue features = WaveformFeatures.AddTo(graph, samples, set, TestSignals.SampleRate);
            graph.Output("valence", model.AddTo(graph, features).Values, OnnxElement.Float, [OnnxDimension.Batch, 1]);
            OnnxModel whole = OnnxModel.Parse(graph.ToBytes("1", "", []), name);

            double[] expected = model.Predict(rows).Values;
            for (int i = 0; i < clips.Length; i++)
            {
                Dictionary<string, Tensor> input = new() { ["samples"] = new Tensor<float>(clips[i], 1, clips[i].Length) };
                Assert.Equal(expected[i], ((Tensor<float>)whole.Run(input)["valence"]).Values[0], 1e-4);
            }
        }
    }

    [Fact]
    public void The_input_says_what_it_takes()
    {
        OnnxPort input = Assert.Single(Models["meyda74"].Model.Inputs);
        Assert.Equal(("samples", OnnxElement.Float), (input.Name, input.Element));
        Assert.Equal([OnnxDimension.Batch, new OnnxDimension(0, "samples")], input.Shape);
        Assert.Contains("44100 samples per second", input.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_stay_small() => Assert.All(Models.Values, model => Assert.InRange(model.Bytes.Length, 1, 150_000));

    [Fact]
    public void A_set_with_frames_of_its_own_is_computed_inside_a_model_too()
    {
        WaveformModel other = new(
            LibrosaFeatureSet.Create("frames1024", "Other frames.", new LibrosaOptions { FrameLength = 1024, HopLength = 256 }),
            TestSignals.SampleRate);
        float[] clip = TestSignals.All.Values.Select(make => make()).First(samples => samples.Length > 3000);

        AssertClose(other, other.Extract(clip), other.Run(1, clip), "frames of 1,024");
    }

    [Fact]
    public void A_feature_set_that_cannot_be_computed_inside_a_model_is_refused_with_those_that_can()
    {
        FeatureSet other = FeatureSetCatalogue.BuiltIn.Get("tempogram384");

        Assert.False(WaveformFeatures.CanExport(other));
        string message = Assert.Throws<InvalidInputException>(() =>
        {
            OnnxGraph graph = new("other");
            WaveformFeatures.AddTo(graph, WaveformFeatures.DeclareInput(graph, 44100), other, 44100);
        }).Message;
        Assert.Contains("meyda74, librosa180, librosa360", message, StringComparison.Ordinal);
    }

    private static void AssertClose(WaveformModel model, float[] expected, float[] actual, string what)
    {
        (double difference, string feature) = model.Compare(expected, actual);
        Assert.True(difference <= Tolerance, $"{model.Set.Id} of {what}: {feature}");
    }
}
