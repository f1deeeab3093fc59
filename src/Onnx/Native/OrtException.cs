namespace SerLab.Onnx.Native;

/// <summary>What ONNX Runtime says went wrong, in its own words.</summary>
internal sealed class OrtException(string message) : Exception(message.ReplaceLineEndings(" "));
