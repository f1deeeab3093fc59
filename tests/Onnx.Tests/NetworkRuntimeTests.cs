using Google.Protobuf;
using SerLab.Core;
using SerLab.Onnx.Native;
using SerLab.Onnx.Protocol;
using SerLab.Onnx.Runtime;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Onnx.Tests;

/// <summary>
/// ONNX Runtime is taken where it is, and answers as the interpreter does; where it is not, one sentence says why.
/// </summary>
public sealed class NetworkRuntimeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void The_native_library_tells_its_version()
    {
        NetworkRuntime native = Native();

        Assert.Matches(@"^ONNX Runtime 1\.\d+\.\d+$", native.Name);
        Assert.Null(native.Problem);
    }

    [SkippableFact]
    public void Both_runtimes_answer_a_convolution_alike()
    {
        byte[] model = Model((graph, x) => graph.Apply(
            "Conv",
            [x, graph.Constant(Numbers(3 * 2 * 5, 7), 3, 2, 5), graph.Constant([0.5f, -1, 2], 3)],
            OnnxAttribute.Of("pads", [2L, 2L])));
        Dictionary<string, Tensor> given = new() { ["x"] = new Tensor<float>(Numbers(4 * 2 * 50, 3), 4, 2, 50) };

        Tensor<float> expected = (Tensor<float>)NetworkRuntime.Interpreter.Parse(model, "conv").Run(given)["y"];
        Tensor<float> actual = (Tensor<float>)Native().Parse(model, "conv").Run(given)["y"];

        Assert.Equal(expected.Shape, actual.Shape);
        Assert.All(expected.Values.ToArray().Zip(actual.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [SkippableFact]
    public void Integers_and_truth_values_go_in_and_come_out()
    {
        OnnxGraph graph = new("mixed");
        OnnxValue whole = graph.Input("whole", OnnxElement.Int64, [OnnxDimension.Batch]);
        OnnxValue truth = graph.Input("truth", OnnxElement.Bool, [OnnxDimension.Batch]);
        graph.Output("double", graph.Add(whole, whole), OnnxElement.Int64, [OnnxDimension.Batch]);
        graph.Output("not", graph.Apply("Not", [truth]), OnnxElement.Bool, [OnnxDimension.Batch]);

        IReadOnlyDictionary<string, Tensor> answer = Native().Parse(graph.ToBytes("1", "", []), "mixed").Run(
            new Dictionary<string, Tensor>
            {
                ["whole"] = new Tensor<long>([1, -2, 3], 3),
                ["truth"] = new Tensor<bool>([true, false, true], 3),
            });

        Assert.Equal([2, -4, 6], ((Tensor<long>)answer["double"]).Values.ToArray());
        Assert.Equal([false, true, false], ((Tensor<bool>)answer["not"]).Values.ToArray());
    }

    [SkippableFact]
    public void The_native_library_gives_the_same_bytes_from_several_threads()
    {
        byte[] model = Model((graph, x) => graph.Apply("Softmax", [graph.Multiply(x, x)], OnnxAttribute.Of("axis", -1L)));
        IOnnxNetwork network = Native().Parse(model, "softmax");
        float[] Answer() => ((Tensor<float>)network.Run(
            new Dictionary<string, Tensor> { ["x"] = new Tensor<float>(Numbers(2000, 5), 1, 2, 1000) })["y"]).Values.ToArray();
        float[] expected = Answer();

        float[][] answers = [.. Enumerable.Range(0, 64).AsParallel().Select(_ => Answer())];

        Assert.All(answers, answer => Assert.Equal(expected, answer));
    }

    [SkippableFact]
    public void What_the_native_library_refuses_is_one_sentence()
    {
        NetworkRuntime native = Native();
        byte[] unknown = Model((graph, x) => graph.Apply("Frobnicate", [x]));
        byte[] sum = Model((graph, x) => graph.Add(x, graph.Constant([1, 2, 3], 3)));

        Assert.Contains("Frobnicate", Refusal(() => native.Parse(unknown, "unknown.onnx")), StringComparison.Ordinal);
        Assert.StartsWith("'bad.onnx' is not an ONNX model", Refusal(() => native.Parse([1, 2, 3], "bad.onnx")));
        Assert.StartsWith("'sum.onnx' cannot be computed", Refusal(() => native.Parse(sum, "sum.onnx").Run(
            new Dictionary<string, Tensor> { ["x"] = new Tensor<float>([1, 2], 1, 1, 2) })));
        Assert.Contains("needs an input 'x'", Refusal(() => native.Parse(sum, "sum.onnx").Run(
            new Dictionary<string, Tensor>())), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_native_library_is_given_no_model_that_reads_other_files(bool isNested)
    {
        byte[] bytes = Model((graph, x) => isNested
            ? graph.Loop(1, OnnxElement.Float, x, (round, _, state) =>
                (round.Truth(true), round.Add(state, round.Constant([1, 2, 3], 3))))
            : graph.Add(x, graph.Constant([1, 2, 3], 3)));
        ModelProto model = ModelProto.Parser.ParseFrom(bytes);
        GraphProto holder = isNested
            ? model.Graph.Node.SelectMany(node => node.Attribute).First(attribute => attribute.G is not null).G
            : model.Graph;
        holder.Initializer.First(constant => constant.Dims.SequenceEqual([3L])).DataLocation =
            TensorProto.Types.DataLocation.External;

        Assert.Contains(
            "lies in another file", Refusal(() => Native().Parse(model.ToByteArray(), "hostile")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_cannot_be_used_is_told_and_the_interpreter_computes()
    {
        string text = folder["libonnxruntime.so.1"];
        File.WriteAllText(text, "no library");

        foreach ((string setting, string reason) in new[]
        {
            (folder["nowhere.so"], "which is not there"),
            (text, "which is no library that this system can load"),
            (folder.Path, "which is not there"),
        })
        {
            NetworkRuntime found = NetworkRuntime.Find(setting);

            Assert.False(found.IsNative);
            Assert.Equal(NetworkRuntime.Interpreter.Name, found.Name);
            Assert.Contains(reason, found.Problem, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void Another_library_is_not_taken_for_the_runtime()
    {
        const string other = "libdl.so.2";
        Skip.IfNot(OperatingSystem.IsLinux(), "the name of the library is Linux's");

        Assert.Contains("a library, but not ONNX Runtime", NetworkRuntime.Find(other).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Off_is_the_interpreter_without_a_word()
    {
        NetworkRuntime off = NetworkRuntime.Find("off");

        Assert.False(off.IsNative);
        Assert.Null(off.Problem);
    }

    private static NetworkRuntime Native() => NetworkRuntime.Find(NativeOnnxRuntime.Require());

    private static string Refusal(Action action)
    {
        string message = Assert.ThrowsAny<InvalidInputException>(action).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static float[] Numbers(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => MathF.Sin((i * i) + seed))];

    private static byte[] Model(Func<OnnxGraph, OnnxValue, OnnxValue> build)
    {
        OnnxGraph graph = new("small");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 2, new OnnxDimension(0, "n")]);
        graph.Output("y", build(graph, x), OnnxElement.Float, [OnnxDimension.Batch]);
        return graph.ToBytes("1", "", []);
    }
}
