using SerLab.Core;
using SerLab.Onnx.Operators;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx.Runtime;

/// <summary>
/// Makes a program of a graph: finds every operator, infers every element type and gives every tensor its place. All that SerLab
/// does not compute is refused here, before anything is computed.
/// </summary>
internal sealed class GraphCompiler
{
    private readonly IReadOnlyDictionary<string, long> operatorSets;
    private readonly GraphCompiler? outer;
    private readonly Dictionary<string, int> places = [];
    private readonly List<OnnxElement> elements = [];
    private readonly List<string> captured = [];
    private readonly Dictionary<int, Tensor> constants = [];
    private readonly List<GraphStep> steps = [];
    private readonly List<string> operators = [];

    private GraphCompiler(IReadOnlyDictionary<string, long> operatorSets, GraphCompiler? outer)
    {
        this.operatorSets = operatorSets;
        this.outer = outer;
    }

    /// <summary>Compiles the graph of a model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">Names and element types of what it takes.</param>
    /// <param name="operatorSets">Versions of the operator sets, by domain.</param>
    /// <exception cref="InvalidInputException">The graph is damaged, or needs what SerLab does not compute.</exception>
    public static GraphProgram Compile(
        GraphProto graph,
        IReadOnlyList<(string Name, OnnxElement Element)> inputs,
        IReadOnlyDictionary<string, long> operatorSets) => new GraphCompiler(operatorSets, null).Compile(graph, inputs);

    private GraphProgram Compile(GraphProto graph, IReadOnlyList<(string Name, OnnxElement Element)> inputs)
    {
        if (graph.SparseInitializer.Count > 0)
        {
            throw new OnnxRefusedException("graph", "has sparse constants, which SerLab does not know");
        }

        foreach ((string name, OnnxElement element) in inputs)
        {
            Place(name, element);
        }

        foreach (TensorProto message in graph.Initializer)
        {
            Tensor constant = TensorReader.Read(message);
            constants[Place(message.Name, constant.Element)] = constant;
        }

        foreach (NodeProto node in graph.Node)
        {
            Add(node);
        }

        int[] outputs = [.. graph.Output.Select(output => Find(output.Name))];
        return new GraphProgram(
            [.. inputs.Select(input => places[input.Name]), .. captured.Select(name => places[name])],
            outputs,
            [.. outputs.Select(place => elements[place])],
            elements.Count,
            constants,
            steps,
            operators);
    }

    private void Add(NodeProto message)
    {
        int[] inputs = [.. message.Input.Select(name => name.Length == 0 ? -1 : Find(name))];
        List<GraphProgram> inner = [];
        List<int> used = [];
        OperatorNode node = new(message, OperatorSet(message.Domain), (graph, given) =>
        {
            GraphCompiler compiler = new(operatorSets, this);
            GraphProgram program = compiler.Compile(graph, Declared(graph, given));
            int first = inputs.Length + used.Count;
            used.AddRange(compiler.captured.Select(Find));
            inner.Add(program);
            return new Subgraph(program, first, compiler.captured.Count);
        });
        operators.Add(node.Name);
        OperatorEntry entry = OperatorCatalogue.Find(node);
        OperatorBinding binding = new(entry, [.. inputs.Select(p => p < 0 ? (OnnxElement?)null : elements[p])], node.Refuse);
        node.Inputs = binding.Computed;
        Operator compute = entry.Prepare(node);
        if (node.Unread is { } unknown)
        {
            throw node.Refuse($"has an attribute {unknown}, which SerLab does not know");
        }

        OnnxElement[] given = binding.Outputs(node.OutputCount, node.Gives, node.Refuse);
        int[] outputs = [.. given.Select((element, i) => message.Output[i].Length == 0 ? -1 : Place(message.Output[i], element))];
        steps.Add(new GraphStep(node.Name, binding.Wrap(compute, given), [.. inputs, .. used], outputs, inner));
    }

    // What a graph inside a node takes has the types that the node gives it, whatever the graph says.
    private static (string, OnnxElement)[] Declared(GraphProto graph, IReadOnlyList<OnnxElement> given) =>
        graph.Input.Count == given.Count
            ? [.. graph.Input.Select((input, i) => (input.Name, given[i]))]
            : throw new InvalidInputException(
                $"A graph inside the model takes {graph.Input.Count} tensors and is given {given.Count}.");

    private int OperatorSet(string domain)
    {
        string name = domain == "ai.onnx" ? "" : domain;
        return operatorSets.TryGetValue(name, out long version)
            ? (int)Math.Clamp(version, 0, int.MaxValue)
            : throw new InvalidInputException($"The model does not say which version of the operator set '{name}' it uses.");
    }

    private int Place(string name, OnnxElement element)
    {
        int place = elements.Count;
        elements.Add(element);
        return places.TryAdd(name, place)
            ? place
            : throw new InvalidInputException($"The model's graph has two tensors '{name}'.");
    }

    private int Find(string name) => TryFind(name)
        ?? throw new InvalidInputException($"The model's graph uses a tensor '{name}' before it is computed.");

    private int? TryFind(string name)
    {
        if (places.TryGetValue(name, out int place))
        {
            return place;
        }

        if (outer?.TryFind(name) is not { } outside)
        {
            return null;
        }

        captured.Add(name);
        return Place(name, outer.elements[outside]);
    }

    private sealed class Subgraph(GraphProgram program, int first, int count) : ISubgraph
    {
        public IReadOnlyList<OnnxElement> Outputs => program.OutputElements;

        public Tensor[] Run(IReadOnlyList<Tensor> inputs, Tensor?[] given, Workspace workspace) =>
            program.Run([.. inputs, .. given.Skip(first).Take(count).Select(tensor => tensor!)], workspace);
    }
}
