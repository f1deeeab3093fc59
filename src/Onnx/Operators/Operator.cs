namespace SerLab.Onnx.Operators;

/// <summary>
/// Computes an operator's outputs from its inputs; an optional input that is not given is <see langword="null"/>. Buffers whose
/// size the file decides come from the workspace.
/// </summary>
internal delegate Tensor[] Operator(Tensor?[] inputs, Workspace workspace);
