using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Models.Tests.Waveform;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using Xunit;

namespace SerLab.Models.Tests;

/// <summary>Model files that take samples: the same answers as features and model in .NET, to any clip.</summary>
public sealed class WaveformModelFileTests : IDisposable
{
    private static readonly FeatureSet Set = FeatureSetCatalogue.BuiltIn.Get("meyda74");

    private static readonly AudioSignal[] Clips =
    [
        .. TestSignals.All.Where(signal => signal.Key != "six seconds of voice").Select(signal => Clip(signal.Value())),
    ];

    private static readonly FeatureMatrix Rows = FeatureMatrix.FromRows([.. Clips.Select(Set.Extract)], Set.Names.Count);

    private readonly string folder = Directory.CreateTempSubdirectory("serlab-waveform-").FullName;

    private string File => Path.Combine(folder, "model.onnx");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("svr")]
    [InlineData("ridge")]
    [InlineData("mlp")]
    public void Silence_no_samples_and_every_other_clip_are_answered_as_in_NET(string learner)
    {
        ModelOutputs outputs = Fitted(learner);

        ModelFile.WriteWaveform(File, outputs, Description, Set, Clips);
        EmotionModel model = EmotionModel.Load(File);
        EmotionPredictions answers = EmotionPredictions.Join([.. Clips.Select(clip => model.Predict(clip))]);

        Assert.False(model.TakesFeatures);
        Assert.Null(outputs.Difference(answers, Rows, ModelOutputs.WaveformTolerance));
        Assert.All(answers.Values["valence"], value => Assert.True(float.IsFinite(value)));
        Assert.Equal([File], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_classifier_answers_with_the_class_and_probabilities_of_NET()
    {
        int[] labels = [.. Enumerable.Range(0, Clips.Length).Select(i => i % 3)];
        Target target = Target.Class(["a", "b", "c"]);
        IModel fitted = LearnerCatalogue.BuiltIn.Create(LearnerSpecification.Default("svc"), target)
            .Fit(TrainingSet.OfClasses(Rows, labels, 3), 1);
        ModelOutputs outputs = new(new TargetModel(target, fitted));

        ModelFile.WriteWaveform(File, outputs, Description, Set, Clips);
        EmotionModel model = EmotionModel.Load(File);

        Assert.Null(outputs.Difference(
            EmotionPredictions.Join([.. Clips.Select(clip => model.Predict(clip))]), Rows, ModelOutputs.WaveformTolerance));
        Assert.Equal([""], model.Predict(Clip([.. new float[3000], float.NaN, .. new float[3000]])).Labels);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_clip_with_a_sample_that_is_not_finite_is_answered_with_NaN(float bad)
    {
        EmotionModel model = EmotionModel.Parse(ModelFile.BuildWaveform(Fitted("svr"), Description, Set), "model");
        float[] samples = TestSignals.Noise(6000, 0.1);
        samples[3000] = bad;

        Assert.Equal([float.NaN], model.Predict(Clip(samples)).Values["valence"]);
    }

    [SkippableFact]
    public void Runtimes_answer_clips_good_and_bad_as_SerLab_does()
    {
        string? whyNot = NodeRuntimes.WhyNot();
        Skip.If(whyNot is not null, whyNot);
        byte[] bytes = ModelFile.BuildWaveform(Fitted("svr"), Description, Set);
        EmotionModel model = EmotionModel.Parse(bytes, "model");
        float[] voice = TestSignals.All["voice"]();
        float[][] clips =
            [voice, TestSignals.Noise(1023, 0.3), new float[6000], [], [.. voice[..6000], float.NaN], [float.NegativeInfinity]];
        RuntimeBatch[] batches = [.. clips.Select(clip => new RuntimeBatch(1, clip.Length, clip)), new(0, 5000, [])];

        foreach (RuntimeAnswers runtime in NodeRuntimes.Ask([(bytes, batches)]))
        {
            RuntimeAnswer[] answers = runtime.Models[0];
            Assert.All(answers, answer => Assert.True(answer.Error is null, $"{runtime.Name}: {answer.Error}"));
            Assert.Empty(answers[^1].Outputs!["valence"].Floats());
            foreach ((float[] clip, RuntimeAnswer answer) in clips.Zip(answers))
            {
                float expected = model.Predict(Clip(clip)).Values["valence"][0];
                float actual = Assert.Single(answer.Outputs!["valence"].Floats());
                Assert.Equal(clip.All(float.IsFinite), float.IsFinite(expected));
                Assert.True(
                    float.IsNaN(expected) ? float.IsNaN(actual) : Math.Abs(expected - actual) <= ModelOutputs.WaveformTolerance,
                    $"{runtime.Name}, {clip.Length} samples: {actual} instead of {expected}");
            }
        }
    }

    [Fact]
    public void A_file_that_answers_otherwise_than_NET_is_not_written()
    {
        // So steep that the last digits of the features show.
        double[] weights = [.. Enumerable.Repeat(1e9, Set.Names.Count)];
        double intercept = -1e9 * Rows.Row(0).ToArray().Sum(value => (double)value);
        ModelOutputs outputs = new(new TargetModel(Target.Rating("valence"), new LinearModel(weights, intercept)));

        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => ModelFile.WriteWaveform(File, outputs, Description, Set, [Clips[0]]));

        Assert.Contains("valence of row 0", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void Another_sample_rate_rows_of_features_and_missing_facts_are_refused()
    {
        ModelOutputs outputs = Fitted("ridge");
        byte[] bytes = ModelFile.BuildWaveform(outputs, Description, Set);
        EmotionModel model = EmotionModel.Parse(bytes, "m.onnx");
        EmotionModel features = EmotionModel.Parse(ModelFile.Build(outputs, Description), "f.onnx");

        Assert.Equal(bytes, ModelFile.BuildWaveform(outputs, Description, Set));
        Assert.Contains("'a.wav' has 8000 Hz", Refused(
            () => model.Predict(new AudioSignal(new float[9], 8000), "a.wav")), StringComparison.Ordinal);
        Assert.Contains("takes samples, not features", Refused(() => model.Predict(Rows)), StringComparison.Ordinal);
        Assert.Null(Fitted("ridge").Difference(features.Predict(Clips[0]), Rows.Select([0])));
        Assert.Throws<ArgumentException>(() => ModelFile.BuildWaveform(outputs, Description with { SampleRate = null }, Set));
        Assert.Throws<ArgumentException>(
            () => ModelFile.BuildWaveform(outputs, Description, FeatureSetCatalogue.BuiltIn.Get("librosa180")));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelFile.WriteWaveform(File, outputs, Description, Set, []));
    }

    private static ModelDescription Description { get; } = ExportCase.Description(Set.Names.Count) with
    {
        Features = FeatureRecipe.Of(Set),
        SampleRate = TestSignals.SampleRate,
    };

    private static AudioSignal Clip(float[] samples) => new(samples, TestSignals.SampleRate);

    private static string Refused(Action action) => Assert.Throws<InvalidInputException>(action).Message;

    private static ModelOutputs Fitted(string learner)
    {
        double[] ratings = [.. Enumerable.Range(0, Clips.Length).Select(i => Math.Sin(i))];
        return new ModelOutputs(new TargetModel(
            Target.Rating("valence"),
            LearnerCatalogue.BuiltIn.Create(LearnerSpecification.Default(learner), Target.Rating("valence"))
                .Fit(TrainingSet.OfRatings(Rows, ratings), 1)));
    }
}
