using System.Security.Cryptography;
using SerLab.Core;
using SerLab.Features.FeatureSets;
using SerLab.Onnx;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Models.Tests.Waveform;

/// <summary>Frozen networks inside a model file against the same networks run by .NET.</summary>
public sealed class EmbeddingGraphTests : IDisposable
{
    private const int Rate = 8000;

    private readonly TemporaryFolder folder = new();

    private static readonly string[] Signals =
        ["voice", "noise, silence, voice", "silence", "six seconds of voice", "1 sample", "no samples"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(7)]
    public void Chains_of_networks_are_pooled_as_NET_does_in_all_runtimes(int? hop)
    {
        WaveformModel model = new(Chain(hop), Rate);
        float[][] clips = [.. ((int[])[0, 1, 3, 40, 41, 400, 4000]).Select(length => TestSignals.Noise(length, 0.5))];

        foreach (float[] clip in clips)
        {
            AssertClose(model.Extract(clip), model.Run(1, clip), $"{clip.Length} samples");
        }

        if (NodeRuntimes.WhyNot() is null)
        {
            AssertRuntimes(model, clips);
        }
    }

    [Fact]
    public void Each_clip_of_a_batch_is_heard_by_itself_though_its_network_compares_all_it_is_given()
    {
        WaveformModel model = new(Chain(3), Rate);
        float[] quiet = TestSignals.Noise(600, 0.01);
        float[] loud = TestSignals.Noise(600, 1);

        Assert.Equal([.. model.Run(1, quiet), .. model.Run(1, loud)], model.Run(2, [.. quiet, .. loud]));
        Assert.Empty(model.Run(0, []));
    }

    [Fact]
    public void A_network_that_answers_other_than_its_recipe_says_is_refused_before_the_file_is_written() => Assert.Contains(
        "answers 3 numbers at a time, and the recipe says 4",
        Assert.ThrowsAny<InvalidInputException>(() => new WaveformModel(
            EmbeddingFeatureSet.Create(Recipe(null) with { Values = 4 }), Rate)).Message,
        StringComparison.Ordinal);

    [SkippableFact]
    [Trait("Data", "real")]
    public void The_speech_embedding_is_computed_inside_a_model_in_all_runtimes()
    {
        WaveformModel model = new(SpeechEmbeddingSet(), TestSignals.SampleRate);
        float[][] clips = [.. Signals.Select(signal => TestSignals.All[signal]())];
        foreach ((float[] clip, string signal) in clips.Zip(Signals))
        {
            AssertClose(model.Extract(clip), model.Run(1, clip), signal);
        }

        if (NodeRuntimes.WhyNot() is null)
        {
            AssertRuntimes(model, clips);
        }
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void It_stands_beside_other_sets()
    {
        FeatureSet embedding = SpeechEmbeddingSet();
        FeatureSet voice = FeatureSetCatalogue.BuiltIn.Get("voice310");
        float[] clip = TestSignals.All["voice"]();

        WaveformModel both = new(CombinedFeatureSet.Of([voice, embedding]), TestSignals.SampleRate);

        Assert.Equal(
            [
                .. new WaveformModel(voice, TestSignals.SampleRate).Run(1, clip),
                .. new WaveformModel(embedding, TestSignals.SampleRate).Run(1, clip),
            ],
            both.Run(1, clip));
    }

    private static FeatureSet SpeechEmbeddingSet()
    {
        string files = ReferenceData.Require("data", "onnx-backbones");
        return EmbeddingFeatureSet.Create(SpeechEmbedding.Recipe with
        {
            Stages = [.. SpeechEmbedding.Recipe.Stages.Select(stage => stage with { File = Path.Combine(files, stage.File) })],
        });
    }

    private static void AssertRuntimes(WaveformModel model, float[][] clips)
    {
        RuntimeBatch[] batches =
            [.. clips.Select(clip => new RuntimeBatch(1, clip.Length, clip)), new RuntimeBatch(0, 5000, [])];
        foreach (RuntimeAnswers runtime in NodeRuntimes.Ask([(model.Bytes, batches)]))
        {
            foreach ((float[] clip, RuntimeAnswer answer) in clips.Zip(runtime.Models[0]))
            {
                Assert.True(answer.Error is null, $"{runtime.Name}, {clip.Length} samples: {answer.Error}");
                AssertClose(
                    model.Extract(clip),
                    answer.Outputs![WaveformModel.Output].Floats(),
                    $"{clip.Length} samples in {runtime.Name}");
            }

            Assert.Equal([0, model.Set.Names.Count], runtime.Models[0][^1].Outputs![WaveformModel.Output].Dims);
        }
    }

    private static void AssertClose(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-4 * scale, $"{what}: {actual[i]} instead of {expected[i]} at {i}");
        }
    }

    private FeatureSet Chain(int? hop) => EmbeddingFeatureSet.Create(Recipe(hop));

    // Loudness of runs of ten samples below the loudest of all that it is given, then windows of four of these.
    private EmbeddingRecipe Recipe(int? hop) => new()
    {
        Id = "own",
        Description = "Runs of samples.",
        SampleRate = Rate,
        SampleScale = 100,
        MinimumSeconds = 40.0 / Rate,
        Stages =
        [
            Stage("first.onnx", RunsBelowLoudest()) with { Scale = 0.5, Offset = 1 },
            Stage("second.onnx", FrameMixes()) with { Window = 4, Hop = hop },
        ],
        Values = 3,
        Pooling = Enum.GetValues<EmbeddingPooling>(),
    };

    private EmbeddingStage Stage(string file, byte[] network)
    {
        string path = folder[file];
        File.WriteAllBytes(path, network);
        return new EmbeddingStage { File = path, Sha256 = Convert.ToHexStringLower(SHA256.HashData(network)) };
    }

    // [batch, samples] -> [batch, 1, runs, 2].
    private static byte[] RunsBelowLoudest()
    {
        OnnxGraph graph = new("runs");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, new OnnxDimension(0, "samples")]);
        float[] kernels = [.. Enumerable.Repeat(0.1f, 10), .. Enumerable.Range(0, 10).Select(i => (i - 4.5f) / 20)];
        OnnxValue runs = graph.Apply(
            "Conv",
            [graph.Apply("Unsqueeze", [graph.Apply("Abs", [x]), graph.Integers([1L], 1)]), graph.Constant(kernels, 2, 1, 10)],
            OnnxAttribute.Of("strides", [10L]));
        OnnxValue loudest = graph.Apply("ReduceMax", [runs], OnnxAttribute.Of("keepdims", 0L));
        OnnxValue below = graph.Transpose(graph.Subtract(runs, loudest), 0, 2, 1);
        OnnxValue y = graph.Apply("Unsqueeze", [below, graph.Integers([1L], 1)]);
        graph.Output("y", y, OnnxElement.Float, [OnnxDimension.Batch, 1, new OnnxDimension(0, "runs"), 2]);
        return graph.ToBytes("1", "", []);
    }

    // [batch, 4 frames, 2 values, 1] -> [batch, 1, 3].
    private static byte[] FrameMixes()
    {
        OnnxGraph graph = new("mixes");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 4, 2, 1]);
        float[] weights = [.. Enumerable.Range(0, 24).Select(i => MathF.Sin(i))];
        OnnxValue mixed = graph.MatrixProduct(graph.Reshape(x, -1, 8), graph.Constant(weights, 8, 3));
        graph.Output(
            "y", graph.Reshape(graph.Apply("Tanh", [mixed]), -1, 1, 3), OnnxElement.Float, [OnnxDimension.Batch, 1, 3]);
        return graph.ToBytes("1", "", []);
    }
}
