namespace SerLab.Onnx.Operators;

/// <summary>
/// A graph inside an operator, ready to run. Whoever prepares operators prepares it, so that operators know no runtime.
/// </summary>
internal interface ISubgraph
{
    /// <summary>Computes all tensors of the graph into a scope that holds its inputs.</summary>
    void Run(Dictionary<string, Tensor> scope);
}
