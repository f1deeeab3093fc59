using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Models.Tests.Waveform;
using SerLab.Onnx.Runtime;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Deep;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.RandomKernels;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;
using Xunit;

namespace SerLab.Models.Tests;

/// <summary>Networks over images of sound as model files, from the image and from samples, in SerLab and real runtimes.</summary>
public class DeepModelFileTests
{
    private const int SampleRate = TestSignals.SampleRate;

    private static readonly AudioSignal[] Clips =
    [
        .. TestSignals.All.Where(signal => signal.Key != "no samples")
            .Select(signal => new AudioSignal(signal.Value(), SampleRate)),
    ];

    private static readonly Dictionary<string, (string Set, ILearner Learner)> Networks = new()
    {
        ["conv over bands and time"] = (
            "logmel64@0.5s", Deep("image, conv 4 3x3, batchnorm, relu, maxpool 2x2, conv 6 3x3 stride 2x2, relu, avgpool")),
        ["conv over time"] = (
            "logmel64-ln@0.5s", Deep("conv 8 5, batchnorm, gelu, maxpool 2, conv 8 3 dilation 2, relu, maxpool")),
        ["conv and lstm both ways"] = ("logmel64@0.5s", Deep("conv 8 3, relu, maxpool 2, lstm 6 both")),
        ["gru"] = ("logmel64@0.5s", Deep("gru 6 sequence, gru 5")),
        ["learnt initial states"] = ("logmel64@0.5s", Deep("gru 6 sequence both initial resetfirst, lstm 5 both initial")),
        ["attention pooling"] = ("logmel128@0.5s", Deep("conv 8 3, relu, attention 4 deviation, dense 8, relu")),
        ["random kernels"] = ("logmel64-ln@0.5s", new RandomKernelLearner(new RandomKernelOptions { Kernels = 60 })),
        ["of derivatives"] = ("onset2@0.5s", Deep("conv 4 5, relu, avgpool")),
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    [SkippableTheory, MemberData(nameof(Names))]
    public void All_runtimes_answer_alike_to_the_image_and_to_samples(string name)
    {
        string? whyNot = NodeRuntimes.WhyNot();
        Skip.If(whyNot is not null, whyNot);
        (string id, ILearner learner) = Networks[name];
        FeatureSet set = FeatureSetCatalogue.BuiltIn.GetSet(id);
        Examples images = Examples.Of([.. Clips.Select(set.Extract)], set.Shape);
        ModelOutputs outputs = Fitted(learner, images);
        ModelDescription description = ExportCase.Description(set.Names.Count) with
        {
            Features = FeatureRecipe.Of(set),
            SampleRate = SampleRate,
        };
        byte[] fromImages = ModelFile.Build(outputs, description);
        byte[] fromSamples = ModelFile.BuildWaveform(outputs, description, set);
        EmotionModel model = EmotionModel.Parse(fromSamples, name);

        Assert.Null(outputs.Difference(EmotionModel.Parse(fromImages, name).Predict(images), images));
        Assert.Null(outputs.Difference(
            EmotionPredictions.Join([.. Clips.Select(clip => model.Predict(clip))]), images, ModelOutputs.WaveformTolerance));

        int[] shape = [.. images.Shape.Axes.Select(axis => axis.Length!.Value)];
        RuntimeBatch none = new(0, 0, []) { Dims = [0, .. shape] };
        RuntimeBatch all = new(images.Count, 0, [.. Enumerable.Range(0, images.Count).SelectMany(i => images[i].ToArray())])
        {
            Dims = [images.Count, .. shape],
        };
        RuntimeBatch[] samples = [.. Clips.Select(clip => new RuntimeBatch(1, clip.Samples.Length, clip.Samples.ToArray()))];

        // ONNX Runtime ends the process when a recurrent layer is given a batch without clips.
        bool recurrent = OnnxModel.Parse(fromImages, name).Operators.Any(operation => operation is "LSTM" or "GRU");
        RuntimeBatch[] asked = recurrent ? [all] : [all, none];
        foreach (RuntimeAnswers runtime in NodeRuntimes.Ask([(fromImages, asked), (fromSamples, samples)]))
        {
            AssertNone(outputs, Predictions(outputs, runtime, [all], [runtime.Models[0][0]]), images, ModelOutputs.Tolerance);
            AssertNone(
                outputs, Predictions(outputs, runtime, samples, runtime.Models[1]), images, ModelOutputs.WaveformTolerance);
            if (!recurrent)
            {
                Assert.Empty(Predictions(outputs, runtime, [none], [runtime.Models[0][1]]).Labels!);
            }
        }
    }

    private static void AssertNone(ModelOutputs outputs, EmotionPredictions predictions, Examples images, double tolerance)
    {
        string? difference = outputs.Difference(predictions, images, tolerance);
        Assert.True(difference is null, difference);
    }

    private static ModelOutputs Fitted(ILearner learner, Examples images)
    {
        Target classes = Target.Class(["calm", "loud", "tense"]);
        double[] ratings = [.. Enumerable.Range(0, images.Count).Select(i => Math.Sin(i))];
        int[] labels = [.. Enumerable.Range(0, images.Count).Select(i => i % 3)];
        return new ModelOutputs(
            new TargetModel(Target.Rating("valence"), learner.Fit(TrainingSet.OfRatings(images, ratings), 1)),
            new TargetModel(classes, learner.Fit(TrainingSet.OfClasses(images, labels, 3), 1)));
    }

    private static EmotionPredictions Predictions(
        ModelOutputs outputs, RuntimeAnswers runtime, RuntimeBatch[] batches, RuntimeAnswer[] answers) =>
        EmotionPredictions.Join([.. batches.Zip(answers).Select(pair =>
        {
            Assert.True(pair.Second.Error is null, $"{runtime.Name}: {pair.Second.Error}");
            IReadOnlyDictionary<string, RuntimeTensor> said = pair.Second.Outputs!;
            return new EmotionPredictions(
                outputs.Targets.ToDictionary(target => target, target => said[target].Floats()),
                said[ModelOutputs.Label].Texts(),
                new FeatureMatrix(
                    said[ModelOutputs.Probabilities].Floats(), pair.First.Dims[0], outputs.Classes.Count));
        })]);

    private static Pipeline Deep(string layers) => new(
        "deep",
        [new StandardScaler()],
        new DeepNetworkLearner(new DeepNetworkOptions { Layers = LayerList.Parse(layers), Epochs = 3, BatchSize = 8 }));
}
