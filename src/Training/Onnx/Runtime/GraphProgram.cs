using SerLab.Features.Errors;
using SerLab.Training.Onnx.Protocol;
using SerLab.Training.Onnx.Runtime.Operators;

namespace SerLab.Training.Onnx.Runtime;

/// <summary>
/// The operators of a graph in order of computation. What depends on constants alone is computed once. Immutable and thread-safe.
/// </summary>
internal sealed class GraphProgram
{
    private readonly Dictionary<string, Tensor> constants;
    private readonly List<(OperatorNode Node, Operator Compute)> steps = [];

    public GraphProgram(GraphProto graph)
    {
        constants = graph.Initializer.ToDictionary(tensor => tensor.Name, TensorReader.Read);
        List<string> operators = [];
        foreach (NodeProto message in graph.Node)
        {
            OperatorNode node = new(message);
            Operator compute = OperatorCatalogue.Prepare(node);
            operators.Add(node.Name);
            if (node.Inputs.All(name => name.Length == 0 || constants.ContainsKey(name)))
            {
                Step(node, compute, constants);
            }
            else
            {
                steps.Add((node, compute));
            }
        }

        Operators = operators;
    }

    /// <summary>Names of all operators, in order of computation.</summary>
    public IReadOnlyList<string> Operators { get; }

    /// <summary>Computes all tensors of the graph into a scope that holds its inputs.</summary>
    /// <exception cref="InvalidInputException">Tensors do not fit the graph.</exception>
    public void Run(Dictionary<string, Tensor> scope)
    {
        foreach ((string name, Tensor tensor) in constants)
        {
            scope.TryAdd(name, tensor);
        }

        foreach ((OperatorNode node, Operator compute) in steps)
        {
            Step(node, compute, scope);
        }
    }

    /// <summary>A tensor of a scope.</summary>
    /// <exception cref="InvalidInputException">There is no such tensor.</exception>
    public static Tensor Find(Dictionary<string, Tensor> scope, string name) =>
        scope.TryGetValue(name, out Tensor? tensor)
            ? tensor
            : throw new InvalidInputException($"The model's graph uses a tensor '{name}' before it is computed.");

    private static void Step(OperatorNode node, Operator compute, Dictionary<string, Tensor> scope)
    {
        Tensor?[] arguments = [.. node.Inputs.Select(name => name.Length == 0 ? null : Find(scope, name))];
        Tensor[] results = Compute(node, compute, arguments);
        for (int i = 0; i < results.Length && i < node.Outputs.Count; i++)
        {
            scope[node.Outputs[i]] = results[i];
        }
    }

    private static Tensor[] Compute(OperatorNode node, Operator compute, Tensor?[] arguments)
    {
        try
        {
            return compute(arguments);
        }
        catch (Exception error) when (error is ArgumentException or InvalidCastException or IndexOutOfRangeException
            or NullReferenceException or OverflowException or DivideByZeroException or KeyNotFoundException or InvalidOperationException)
        {
            string shapes = string.Join(", ", arguments.Select(a => a is null ? "none" : $"[{string.Join(", ", a.Shape)}]"));
            throw new InvalidInputException($"The model's operator {node.Name} cannot take tensors of shape {shapes}.", error);
        }
    }
}
