namespace SerLab.Onnx.Operators;

/// <summary>
/// A graph inside an operator, ready to run. Whoever prepares operators prepares it, so that operators know no runtime.
/// </summary>
internal interface ISubgraph
{
    /// <summary>Element types of its outputs.</summary>
    IReadOnlyList<OnnxElement> Outputs { get; }

    /// <summary>Computes the outputs; each is held once for the caller.</summary>
    /// <param name="inputs">What the graph itself takes.</param>
    /// <param name="given">
    /// All that the operator was given; behind its own inputs lie the tensors of the outer graph that this one uses.
    /// </param>
    /// <param name="workspace">The memory of the run.</param>
    Tensor[] Run(IReadOnlyList<Tensor> inputs, Tensor?[] given, Workspace workspace);
}
