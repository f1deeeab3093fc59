using System.Runtime.InteropServices;
using System.Text;
using SerLab.Core;
using SerLab.Fuzz.Mutation;
using SerLab.Models;
using SerLab.Models.Import;
using SerLab.Onnx;
using SerLab.Onnx.Operators;
using SerLab.Onnx.Protocol;
using SerLab.Onnx.Runtime;

namespace SerLab.Fuzz.Targets;

/// <summary>What reads networks: ONNX files and those of TensorFlow.js.</summary>
internal static class NetworkTargets
{
    /// <summary>A budget of a second or less, in place of one that lasts a quarter of an hour.</summary>
    private static readonly ComputeLimits Limits = new(Bytes: 16 << 20, Elements: 1 << 21, Rounds: 1000, MultiplyAdds: 1 << 24);

    private static readonly TextMutator Words = new(
        "Dense", "Dropout", "Activation", "Sequential", "InputLayer", "first/kernel", "float32", "relu", "softmax", "weights.bin",
        "meyda74", "valence", "calm", "16000", "1", "[2, 3]", "{}");

    private static readonly MessageMutator Graph = new(
        ModelProto.Parser,
        [.. OperatorCatalogue.All.Select(entry => entry.Name).Distinct(), "", "x", "y", "axis", "ai.onnx.ml", "body", "value"]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("onnx", "ONNX files: parsed, planned and run within a budget", folder => new FuzzAttack(
            [.. SmallGraphs.All().Concat(Exported(folder)).Select((bytes, i) => new FuzzSeed($"{i}.onnx", bytes, Graph))],
            (seed, bytes) => Run(OnnxModel.Parse(bytes, seed.File, Limits)))),
        new("model", "what model files say of themselves, to the card and to answers", folder => new FuzzAttack(
            [.. Exported(folder).Select((bytes, i) => new FuzzSeed($"{i}.onnx", bytes, new MetadataMutator(Words)))],
            (seed, bytes) => Ask(EmotionModel.Parse(bytes, seed.File)))),
        new("inclusion", "networks that become part of a model file", folder => new FuzzAttack(
            [.. SmallGraphs.All().Select((bytes, i) => new FuzzSeed($"{i}.onnx", bytes, Graph))],
            (_, bytes) => Include(bytes))),
        new("tfjs", "TensorFlow.js layers models", TensorFlowJs),
    ];

    private static void Run(OnnxModel model)
    {
        Dictionary<string, Tensor> inputs = [];
        foreach (OnnxPort port in model.Inputs)
        {
            if (SmallGraphs.InputOf(port) is { } tensor)
            {
                inputs[port.Name] = tensor;
            }
        }

        _ = model.Run(inputs);
    }

    private static void Ask(EmotionModel model)
    {
        _ = ModelCard.Write(model, "model.onnx");
        int width = Math.Clamp(model.Width, 1, 64);
        _ = model.Predict(new FeatureMatrix(new float[2 * width], 2, width));
    }

    private static void Include(byte[] bytes)
    {
        OnnxGraph graph = new("outer");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, new OnnxDimension(3)]);
        graph.Output("y", graph.Include(bytes, x, "y"), OnnxElement.Float, [OnnxDimension.Batch]);
        _ = graph.ToBytes("1", "", []);
    }

    private static IEnumerable<byte[]> Exported(string folder)
    {
        foreach ((string name, Action<string> write) in ((string, Action<string>)[])
            [("ratings", SmallRuns.WriteRatings), ("classes", SmallRuns.WriteClasses), ("search", SmallRuns.WriteSearch)])
        {
            string run = Path.Combine(folder, name);
            write(run);
            yield return File.ReadAllBytes(Path.Combine(run, "model.onnx"));
        }
    }

    private static FuzzAttack TensorFlowJs(string folder)
    {
        const string model = """
            {"format": "layers-model", "modelTopology": {"class_name": "Sequential", "config": {"name": "net", "layers": [
              {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 3]}},
              {"class_name": "Dense", "config": {"name": "first", "units": 2, "activation": "relu", "use_bias": true}},
              {"class_name": "Dropout", "config": {"name": "drop", "rate": 0.2}},
              {"class_name": "Dense", "config": {"name": "second", "units": 1, "activation": "linear", "use_bias": false}},
              {"class_name": "Activation", "config": {"name": "act", "activation": "tanh"}}]}},
             "weightsManifest": [{"paths": ["weights.bin"], "weights": [
              {"name": "first/kernel", "shape": [3, 2], "dtype": "float32"},
              {"name": "first/bias", "shape": [2], "dtype": "float32"},
              {"name": "second/kernel", "shape": [2, 1], "dtype": "float32"}]}]}
            """;
        byte[] weights = MemoryMarshal.AsBytes<float>([1, 2, 3, 4, 5, -6, 0.5f, 1, 2, 3]).ToArray();
        return FuzzAttack.OnFiles(
            folder,
            [
                new FuzzSeed("model.json", Encoding.UTF8.GetBytes(model), new JsonMutator(Words)),
                new FuzzSeed("weights.bin", weights, ByteMutator.Instance),
            ],
            _ => TensorFlowJsImporter.Read(Path.Combine(folder, "model.json")));
    }
}
