namespace SerLab.Onnx.Operators;

/// <summary>
/// Computes an operator's outputs from its inputs; an optional input that is not given is <see langword="null"/>.
/// </summary>
internal delegate Tensor[] Operator(Tensor?[] inputs);
