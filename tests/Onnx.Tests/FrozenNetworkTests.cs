using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using SerLab.Onnx.Native;
using SerLab.Onnx.Runtime;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Onnx.Tests;

/// <summary>Four networks that others trained answer as in ONNX Runtime, within 1e-4 of the largest value.</summary>
[Trait("Data", "real")]
public class FrozenNetworkTests
{
    private const double Tolerance = 1e-4;

    protected virtual NetworkRuntime Runtime => NetworkRuntime.Interpreter;

    [SkippableTheory]
    [InlineData("clip_000_speech.wav")]
    [InlineData("clip_002_speech.wav")]
    [InlineData("clip_004_mix.wav")]
    [InlineData("clip_009_chirp.wav")]
    [InlineData("clip_086_silence.wav")]
    public void The_speech_embedding_answers_as_elsewhere(string clip)
    {
        JsonElement expected = Expected(clip);
        float[] samples = Samples(clip, 48_000, 1);

        Tensor<float> mel = Run(Load("melspectrogram.onnx"), ("input", new Tensor<float>(samples, 1, samples.Length)));
        Tensor<float> embedding = Run(Load("speech_embedding.onnx"), ("input_1", Windows(mel)));

        AssertNear(Numbers(expected.GetProperty("melspectrogram").GetProperty("every97")), Every(mel, 97));
        AssertNear(Numbers(expected.GetProperty("speech_embedding").GetProperty("data")), Every(embedding, 1));
    }

    [SkippableTheory]
    [InlineData("clip_000_speech.wav")]
    [InlineData("clip_004_mix.wav")]
    [InlineData("clip_086_silence.wav")]
    public void The_voice_detector_answers_as_elsewhere(string clip)
    {
        JsonElement expected = Expected(clip);
        float[] samples = Samples(clip, 48_000, 1f / 32_768);
        IOnnxNetwork model = Load("silero_vad.onnx");
        Dictionary<string, Tensor> state = new()
        {
            ["sr"] = new Tensor<long>([16_000]),
            ["h"] = new Tensor<float>(new float[128], 2, 1, 64),
            ["c"] = new Tensor<float>(new float[128], 2, 1, 64),
        };
        List<double> voice = [];
        foreach (float[] chunk in samples.Chunk(1536).Where(chunk => chunk.Length == 1536))
        {
            state["input"] = new Tensor<float>(chunk, 1, chunk.Length);
            IReadOnlyDictionary<string, Tensor> answer = model.Run(state);
            voice.Add(((Tensor<float>)answer["output"]).Values[0]);
            (state["h"], state["c"]) = (answer["hn"], answer["cn"]);
        }

        AssertNear(Numbers(expected.GetProperty("silero_vad")), voice);
    }

    [SkippableTheory]
    [InlineData("clip_002_speech.wav")]
    [InlineData("clip_009_chirp.wav")]
    public void The_transcriber_of_music_answers_as_elsewhere(string clip)
    {
        JsonElement expected = Expected(clip).GetProperty("basic_pitch");
        float[] samples = Samples(clip, 43_844, 1f / 32_768);

        IReadOnlyDictionary<string, Tensor> answer = Load("basic_pitch_nmp.onnx").Run(
            new Dictionary<string, Tensor> { ["serving_default_input_2:0"] = new Tensor<float>(samples, 1, samples.Length, 1) });

        Assert.Equal(3, answer.Count);
        foreach ((string name, Tensor tensor) in answer)
        {
            JsonElement own = expected.GetProperty(name);
            AssertNear(Numbers(own.GetProperty("every997")), Every((Tensor<float>)tensor, 997));
            Assert.Equal(own.GetProperty("mean").GetDouble(), Every((Tensor<float>)tensor, 1).Average(), 1e-4);
            Assert.Equal(own.GetProperty("max").GetDouble(), Every((Tensor<float>)tensor, 1).Max(), 1e-4);
        }
    }

    // Windows of 76 frames, hop 8, of values / 10 + 2.
    private static Tensor<float> Windows(Tensor<float> mel)
    {
        const int frames = 76;
        const int hop = 8;
        const int bands = 32;
        float[] scaled = Array.ConvertAll(mel.Values.ToArray(), value => (value / 10) + 2);
        int count = (((scaled.Length / bands) - frames) / hop) + 1;
        return new Tensor<float>(
            [.. Enumerable.Range(0, count).SelectMany(i => scaled.AsSpan(i * hop * bands, frames * bands).ToArray())],
            count,
            frames,
            bands,
            1);
    }

    private IOnnxNetwork Load(string name) =>
        Runtime.Parse(File.ReadAllBytes(ReferenceData.Require("data", "onnx-backbones", name)), name);

    private static Tensor<float> Run(IOnnxNetwork model, (string Name, Tensor Tensor) input) =>
        (Tensor<float>)model.Run(new Dictionary<string, Tensor> { [input.Name] = input.Tensor }).Values.Single();

    private static JsonElement Expected(string clip)
    {
        using FileStream file = File.OpenRead(ReferenceData.Require("data", "onnx-backbones", "expected.json.gz"));
        using GZipStream json = new(file, CompressionMode.Decompress);
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(clip).Clone();
    }

    // 16-bit mono after a header of 44 bytes.
    private static float[] Samples(string clip, int count, float scale)
    {
        byte[] bytes = File.ReadAllBytes(ReferenceData.Require("reference", "clips", clip));
        return
        [
            .. Enumerable.Range(0, count).Select(i => scale * BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(44 + (2 * i)))),
        ];
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private static List<double> Every(Tensor<float> tensor, int step)
    {
        List<double> taken = [];
        for (int i = 0; i < tensor.Length; i += step)
        {
            taken.Add(tensor.Values[i]);
        }

        return taken;
    }

    private static void AssertNear(double[] expected, List<double> actual)
    {
        double tolerance = Tolerance * expected.Max(Math.Abs);
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= tolerance);
    }
}
