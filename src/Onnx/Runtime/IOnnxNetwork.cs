using SerLab.Core;

namespace SerLab.Onnx.Runtime;

/// <summary>The graph of an ONNX file, ready to run, whoever computes it. Thread-safe.</summary>
public interface IOnnxNetwork
{
    /// <summary>What the graph takes.</summary>
    IReadOnlyList<OnnxPort> Inputs { get; }

    /// <summary>What the graph gives.</summary>
    IReadOnlyList<OnnxPort> Outputs { get; }

    /// <summary>Computes the outputs.</summary>
    /// <param name="inputs">One tensor per input of the graph, by name.</param>
    /// <returns>One tensor per output of the graph, by name.</returns>
    /// <exception cref="InvalidInputException">An input is missing, or tensors do not fit the graph.</exception>
    IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs);
}
