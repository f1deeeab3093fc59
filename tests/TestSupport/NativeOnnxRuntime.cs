using Xunit;

namespace SerLab.TestSupport;

/// <summary>
/// Where tests find ONNX Runtime's native library: where SERLAB_ONNXRUNTIME says, else in the npm package of tests/Onnx.Node.
/// </summary>
public static class NativeOnnxRuntime
{
    /// <summary>The library's file, or the package's folder; skips the calling test where neither is there.</summary>
    public static string Require()
    {
        string found = Environment.GetEnvironmentVariable("SERLAB_ONNXRUNTIME") is { Length: > 0 } named
            ? named
            : Path.Combine(ReferenceData.RepositoryRoot, "tests", "Onnx.Node", "node_modules", "onnxruntime-node");
        Skip.IfNot(
            Path.Exists(found), "ONNX Runtime is not installed: run `npm ci` in tests/Onnx.Node, or set SERLAB_ONNXRUNTIME");
        return found;
    }
}
