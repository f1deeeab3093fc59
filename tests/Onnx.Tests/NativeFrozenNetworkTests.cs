using SerLab.Onnx.Native;
using SerLab.TestSupport;

namespace SerLab.Onnx.Tests;

/// <summary>The same networks, computed by the native library.</summary>
public class NativeFrozenNetworkTests : FrozenNetworkTests
{
    protected override NetworkRuntime Runtime => NetworkRuntime.Find(NativeOnnxRuntime.Require());
}
