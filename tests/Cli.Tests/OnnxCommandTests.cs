using SerLab.Cli.Hosting;
using SerLab.Onnx;
using Xunit;

namespace SerLab.Cli.Tests;

public sealed class OnnxCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Tests_of_models_are_counted_and_what_is_refused_is_named()
    {
        Write("right", "Abs", expected: 1);
        Write("unknown", "Det", expected: 1);

        CommandResult result = await CommandLine.RunAsync("onnx", "test", folder.Path);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("operator Det of operator set 17", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 passed, 1 refused, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_answer_fails_with_both_values()
    {
        Write("wrong", "Abs", expected: 2);

        CommandResult result = await CommandLine.RunAsync("onnx", "test", Path.Combine(folder.Path, "wrong"));

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("is 1 where 2 is expected", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("0 passed, 0 refused, 1 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_tests_is_told_what_was_expected()
    {
        CommandResult result = await CommandLine.RunAsync("onnx", "test", folder.Path);

        Assert.Equal((ExitCode.Failed, ""), (result.ExitCode, result.Output));
        Assert.Contains("expected folders with model.onnx", result.Error, StringComparison.Ordinal);
    }

    private void Write(string name, string operation, float expected)
    {
        string set = Path.Combine(folder.Path, name, "test_data_set_0");
        Directory.CreateDirectory(set);
        OnnxGraph graph = new(name);
        OnnxValue x = graph.Input("x", OnnxElement.Float, [1]);
        graph.Output("y", graph.Apply(operation, [x]), OnnxElement.Float, [1]);
        File.WriteAllBytes(Path.Combine(folder.Path, name, "model.onnx"), graph.ToBytes("1", "", []));
        File.WriteAllBytes(Path.Combine(set, "input_0.pb"), Tensor(-1));
        File.WriteAllBytes(Path.Combine(set, "output_0.pb"), Tensor(expected));
    }

    // A TensorProto: dims [1] (field 1), data_type float (field 2), raw_data (field 9).
    private static byte[] Tensor(float value) => [0x08, 1, 0x10, 1, 0x4A, 4, .. BitConverter.GetBytes(value)];
}
