using SerLab.Core;
using SerLab.Onnx.Operators;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx.Runtime;

/// <summary>
/// The operators of a graph in order of computation. What depends on constants alone is computed once. Immutable and thread-safe.
/// </summary>
internal sealed class GraphProgram : ISubgraph
{
    private readonly Dictionary<string, Tensor> constants;
    private readonly List<(OperatorNode Node, Operator Compute)> steps = [];
    private readonly string[][] released;

    public GraphProgram(GraphProto graph)
    {
        constants = graph.Initializer.ToDictionary(tensor => tensor.Name, TensorReader.Read);
        List<string> operators = [];
        foreach (NodeProto message in graph.Node)
        {
            OperatorNode node = new(message, inner => new GraphProgram(inner));
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
        released = LastUses(steps, [.. graph.Output.Select(output => output.Name)]);
    }

    /// <summary>Names of all operators, in order of computation.</summary>
    public IReadOnlyList<string> Operators { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">Tensors do not fit the graph.</exception>
    public void Run(Dictionary<string, Tensor> scope)
    {
        foreach ((string name, Tensor tensor) in constants)
        {
            scope.TryAdd(name, tensor);
        }

        for (int i = 0; i < steps.Count; i++)
        {
            Step(steps[i].Node, steps[i].Compute, scope);
            foreach (string name in released[i])
            {
                scope.Remove(name);
            }
        }
    }

    /// <summary>A tensor of a scope.</summary>
    /// <exception cref="InvalidInputException">There is no such tensor.</exception>
    public static Tensor Find(Dictionary<string, Tensor> scope, string name) =>
        scope.TryGetValue(name, out Tensor? tensor)
            ? tensor
            : throw new InvalidInputException($"The model's graph uses a tensor '{name}' before it is computed.");

    // What each step is the last to use, so that a long computation holds no more in memory than it still needs.
    private static string[][] LastUses(List<(OperatorNode Node, Operator Compute)> steps, HashSet<string> outputs)
    {
        Dictionary<string, int> last = [];
        HashSet<string> computed = [.. steps.SelectMany(step => step.Node.Outputs).Where(name => !outputs.Contains(name))];
        for (int i = 0; i < steps.Count; i++)
        {
            foreach (string name in steps[i].Node.Inputs.Where(computed.Contains))
            {
                last[name] = i;
            }
        }

        ILookup<int, string> names = last.ToLookup(use => use.Value, use => use.Key);
        return [.. Enumerable.Range(0, steps.Count).Select(i => names[i].ToArray())];
    }

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
            or NullReferenceException or OverflowException or DivideByZeroException or KeyNotFoundException
            or InvalidOperationException)
        {
            string shapes = string.Join(", ", arguments.Select(a => a is null ? "none" : $"[{string.Join(", ", a.Shape)}]"));
            throw new InvalidInputException($"The model's operator {node.Name} cannot take tensors of shape {shapes}.", error);
        }
    }
}
