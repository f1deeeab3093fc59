using Google.Protobuf;
using SerLab.Features.Errors;
using SerLab.Training.Onnx.Protocol;

namespace SerLab.Training.Onnx;

/// <summary>Reads a finished model so that its operators can become part of another graph.</summary>
internal static class OnnxInclusion
{
    // In operator set 13 their axes became an input, or the axes they work on changed: the same node would mean something else.
    private const int AxesChanged = 13;

    private static readonly HashSet<string> Changed = ["Softmax", "LogSoftmax", "Hardmax", "ReduceSum", "Squeeze", "Unsqueeze", "Split"];

    /// <summary>The graph of a model with one input and one output.</summary>
    /// <param name="model">The bytes of an ONNX file.</param>
    /// <param name="operatorSet">Version of the standard operators that the nodes are to have.</param>
    /// <exception cref="InvalidInputException">It is no such model, or a node would mean something else in that version.</exception>
    public static GraphProto Read(byte[] model, int operatorSet)
    {
        ModelProto read;
        try
        {
            read = ModelProto.Parser.ParseFrom(model);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidInputException($"The model to include is no ONNX file: {error.Message}", error);
        }

        HashSet<string> constants = [.. read.Graph.Initializer.Select(constant => constant.Name)];
        int inputs = read.Graph.Input.Count(input => !constants.Contains(input.Name));
        if (inputs != 1 || read.Graph.Output.Count != 1)
        {
            throw new InvalidInputException(
                $"The model to include has {inputs} inputs and {read.Graph.Output.Count} outputs; expected one of each.");
        }

        long version = read.OpsetImport.FirstOrDefault(import => import.Domain is "" or "ai.onnx")?.Version ?? operatorSet;
        NodeProto? other = version < AxesChanged && operatorSet >= AxesChanged
            ? read.Graph.Node.FirstOrDefault(node => node.Domain is "" or "ai.onnx" && Changed.Contains(node.OpType))
            : null;
        return other is null
            ? read.Graph
            : throw new InvalidInputException(
                $"The model to include has the operator {other.OpType} of operator set {version}, which means something else in {operatorSet}.");
    }
}
