using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using SerLab.Core;
using SerLab.Models.Import;
using SerLab.TestSupport;
using SerLab.Training.Learners;
using SerLab.Training.Neural;
using Xunit;

namespace SerLab.Models.Tests.Import;

public sealed class TensorFlowJsImporterTests : IDisposable
{
    private const string Dense =
        """{"class_name": "Dense", "config": {"name": "first", "units": 2, "activation": "relu", "use_bias": true}}""";
    private const string Last =
        """{"class_name": "Dense", "config": {"name": "second", "units": 1, "activation": "linear", "use_bias": false}}""";
    private const string Dropout = """{"class_name": "Dropout", "config": {"name": "drop", "rate": 0.2}}""";
    private const string Weights = """
        [{"paths": ["a.bin", "b.bin"], "weights": [
          {"name": "first/kernel", "shape": [3, 2], "dtype": "float32"},
          {"name": "first/bias", "shape": [2], "dtype": "float32"},
          {"name": "second/kernel", "shape": [2, 1], "dtype": "float32"}]}]
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("serlab-tfjs-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Dense_layers_are_read_from_several_files_and_dropout_is_passed_over()
    {
        DenseNetwork network = TensorFlowJsImporter.Read(Save([Dense, Dropout, Last]));

        // relu([1, 2, 3] x [[1, 2], [3, 4], [5, -6]] + [0.5, 1]) = [22.5, 0] -> 22.5 * 2
        Assert.Equal(45, network.Forward(new FeatureMatrix([1, 2, 3], 1, 3))[0, 0]);
        Assert.Equal([Activation.Relu, Activation.Identity], network.Layers.Select(layer => layer.Activation));
    }

    [Fact]
    public void Layers_in_a_list_without_the_wrapping_of_keras_and_prefixed_weights_are_read_too()
    {
        string path =
            Save([Dense, Last], weights: Weights.Replace("\"first/", "\"net/first/", StringComparison.Ordinal), wrapped: false);

        Assert.Equal(45, TensorFlowJsImporter.Read(path).Forward(new FeatureMatrix([1, 2, 3], 1, 3))[0, 0]);
    }

    [Fact]
    public void An_activation_of_its_own_joins_the_linear_layer_before_it()
    {
        const string tanh = """{"class_name": "Activation", "config": {"name": "act", "activation": "tanh"}}""";

        DenseNetwork network = TensorFlowJsImporter.Read(Save([Dense, Last, tanh]));

        Assert.Equal(Activation.Tanh, network.Layers[^1].Activation);
        AssertRefused(Save([Dense, tanh, Last]), "'act'");
    }

    [Theory]
    [InlineData("""{"class_name": "LSTM", "config": {"name": "memory", "units": 2}}""", "'memory'", "LSTM")]
    [InlineData("""{"class_name": "Dense", "config": {"name": "first", "activation": "swish"}}""", "'first'", "swish")]
    [InlineData("""{"class_name": "Dense", "config": {"name": "third", "activation": "relu"}}""", "third/kernel", "no weights")]
    public void What_SerLab_does_not_know_is_named(string layer, string name, string reason)
    {
        AssertRefused(Save([layer, Last]), name);
        AssertRefused(Save([layer, Last]), reason);
    }

    [Fact]
    public void Damaged_models_and_files_elsewhere_are_refused()
    {
        AssertRefused(Path.Combine(folder, "none.json"), "There is no model");
        AssertRefused(Path.Combine(folder, "none", "model.json"), "There is no model");
        AssertRefused(Changed("b.bin", "../b.bin"), "beside the model.json");
        AssertRefused(Changed("b.bin", "c.bin"), "is not there");
        AssertRefused(Changed("[3, 2]", "[3, 200]"), "too short");
        AssertRefused(Changed("float32", "uint8"), "of type uint8");
        AssertRefused(Save([Last, Dense]), "Layer 1 takes 3 inputs");
        AssertRefused(Save([]), "at least one layer");
        File.WriteAllText(Path.Combine(folder, "model.json"), "{ \"format\": ");
        AssertRefused(Path.Combine(folder, "model.json"), "is not a TensorFlow.js layers model");
        File.WriteAllText(Path.Combine(folder, "model.json"), "{}");
        AssertRefused(Path.Combine(folder, "model.json"), "is not a TensorFlow.js layers model");
        File.WriteAllText(Path.Combine(folder, "model.json"), "[1]");
        AssertRefused(Path.Combine(folder, "model.json"), "is not a TensorFlow.js layers model");

        string Changed(string what, string into) =>
            Save([Dense, Last], weights: Weights.Replace(what, into, StringComparison.Ordinal));
    }

    [SkippableFact, Trait("Data", "real")]
    public void The_published_networks_answer_in_one_file_as_TensorFlow_js_does()
    {
        string networks = ReferenceData.Require("data", "thesis-tfjs");
        (string[] names, FeatureMatrix rows, Dictionary<string, float[]> expected) = ReadExpected(networks);
        ModelOutputs outputs = new(new[] { "valence", "arousal" }.Select(target => new TargetModel(
            Target.Rating(target), new MlpModel(TensorFlowJsImporter.Read(Path.Combine(networks, target, "model.json"))))));
        string file = Path.Combine(folder, "thesis.onnx");
        ModelFile.Write(
            file, outputs, ExportCase.Description(74) with { Features = FeatureRecipe.OfTable("emo74", names) },
            ModelFile.ProbeRows(74));

        EmotionPredictions ours = EmotionModel.Load(file).Predict(rows);

        Assert.All(expected, target => AssertNear(target.Value, ours.Values[target.Key]));
        Skip.If(NodeRuntimes.WhyNot() is not null, NodeRuntimes.WhyNot());
        foreach (RuntimeAnswers runtime in NodeRuntimes.Ask([(File.ReadAllBytes(file), [rows])]))
        {
            Assert.All(expected, target => AssertNear(target.Value, runtime.Models[0][0].Outputs![target.Key].Floats()));
        }
    }

    private static (string[] Names, FeatureMatrix Rows, Dictionary<string, float[]> Expected) ReadExpected(string networks)
    {
        string samples = ReferenceData.Require("data", "emo-soundscapes-sample");
        string table = Directory.GetFiles(samples, "Normalized_Features.csv", SearchOption.AllDirectories).Single();
        string[][] cells = [.. File.ReadAllText(table).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(','))];
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(networks, "expected-outputs.json")));
        string[] names = [.. document.RootElement.GetProperty("columns").EnumerateArray().Select(name => name.GetString()!)];
        JsonElement[] answers = [.. document.RootElement.GetProperty("rows").EnumerateArray()];
        float[][] rows = [.. answers.Select(answer => cells.Single(cell => cell[0] == answer.GetProperty("fileName").GetString()))
            .Select(line => names.Select(name => Number(line[Array.IndexOf(cells[0], name)])).ToArray())];
        return (names, FeatureMatrix.FromRows(rows, names.Length), new[] { "valence", "arousal" }.ToDictionary(
            target => target, target => answers.Select(answer => answer.GetProperty(target).GetSingle()).ToArray()));
    }

    private static float Number(string cell) => float.Parse(cell, CultureInfo.InvariantCulture);

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(10, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    private static void AssertRefused(string path, string reason) => Assert.Contains(
        reason, Assert.Throws<InvalidInputException>(() => TensorFlowJsImporter.Read(path)).Message, StringComparison.Ordinal);

    private string Save(string[] layers, string weights = Weights, bool wrapped = true)
    {
        string list = "[" + string.Join(", ", layers.Prepend("""{"class_name": "InputLayer", "config": {"name": "in"}}""")) + "]";
        string topology = wrapped
            ? $$"""{"model_config": {"class_name": "Sequential", "config": {"layers": {{list}} } } }"""
            : $$"""{"class_name": "Sequential", "config": {{list}} }""";
        string path = Path.Combine(folder, "model.json");
        File.WriteAllText(path, $$"""{"modelTopology": {{topology}}, "weightsManifest": {{weights}} }""");
        byte[] bytes = MemoryMarshal.AsBytes<float>([1, 2, 3, 4, 5, -6, 0.5f, 1, 2, 3]).ToArray();
        File.WriteAllBytes(Path.Combine(folder, "a.bin"), bytes[..17]);
        File.WriteAllBytes(Path.Combine(folder, "b.bin"), bytes[17..]);
        return path;
    }
}
