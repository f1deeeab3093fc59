using System.Runtime.InteropServices;
using Google.Protobuf;
using SerLab.Core;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx;

/// <summary>
/// An ONNX graph under construction. Models and transforms add their operators to it in order of computation; names of inner
/// tensors are made up so that they never clash. Not thread-safe.
/// </summary>
public sealed class OnnxGraph
{
    /// <summary>Version of the standard operators: the newest that every runtime of the last years knows.</summary>
    public const int OperatorSet = 17;

    /// <summary>Version of the operators for classical machine learning.</summary>
    public const int MachineLearningOperatorSet = 3;

    /// <summary>Domain of the operators for classical machine learning (support vector machines, trees, scalers).</summary>
    public const string MachineLearningDomain = "ai.onnx.ml";

    private const int IrVersion = 8;

    private readonly GraphProto graph;
    private readonly NameSource names;

    /// <summary>Starts an empty graph.</summary>
    public OnnxGraph(string name) : this(name, new NameSource())
    {
    }

    private OnnxGraph(string name, NameSource names)
    {
        graph = new GraphProto { Name = name };
        this.names = names;
    }

    /// <summary>Declares an input of the whole graph.</summary>
    /// <param name="name">The name apps feed.</param>
    /// <param name="element">Its element type.</param>
    /// <param name="shape">Its shape, usually batch × width.</param>
    /// <param name="description">What it holds, in one sentence.</param>
    public OnnxValue Input(string name, OnnxElement element, ReadOnlySpan<OnnxDimension> shape, string description = "")
    {
        graph.Input.Add(Describe(name, element, shape, description));
        return new OnnxValue(name);
    }

    /// <summary>Declares an output of the whole graph: a copy of <paramref name="value"/> under the name apps read.</summary>
    public void Output(
        string name, OnnxValue value, OnnxElement element, ReadOnlySpan<OnnxDimension> shape, string description = "")
    {
        graph.Node.Add(new NodeProto { OpType = "Identity", Name = $"output_{name}", Input = { value.Name }, Output = { name } });
        graph.Output.Add(Describe(name, element, shape, description));
    }

    /// <summary>A constant tensor of floats, row-major.</summary>
    public OnnxValue Constant(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        AddConstant(OnnxElement.Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A constant tensor of integers, row-major.</summary>
    public OnnxValue Integers(ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) =>
        AddConstant(OnnxElement.Int64, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A constant tensor of 64-bit floats, row-major.</summary>
    public OnnxValue Doubles(ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) =>
        AddConstant(OnnxElement.Double, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A constant list of texts.</summary>
    public OnnxValue Texts(IReadOnlyCollection<string> values)
    {
        OnnxValue value = names.Next("constant");
        graph.Initializer.Add(new TensorProto
        {
            Name = value.Name,
            DataType = (int)OnnxElement.String,
            Dims = { values.Count },
            StringData = { values.Select(ByteString.CopyFromUtf8) },
        });
        return value;
    }

    /// <summary>A constant truth value.</summary>
    public OnnxValue Truth(bool value) => AddConstant(OnnxElement.Bool, [value ? (byte)1 : (byte)0], []);

    /// <summary>A constant float scalar.</summary>
    public OnnxValue Scalar(float value) => Constant([value]);

    /// <summary>Applies a standard operator with one output.</summary>
    public OnnxValue Apply(string operation, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Add("", operation, inputs, 1, attributes)[0];

    /// <summary>Applies a standard operator with several outputs.</summary>
    public OnnxValue[] ApplyMany(
        string operation, int outputs, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Add("", operation, inputs, outputs, attributes);

    /// <summary>Applies an operator of <see cref="MachineLearningDomain"/> with one output.</summary>
    public OnnxValue ApplyMachineLearning(string operation, OnnxValue input, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Add(MachineLearningDomain, operation, [input], 1, attributes)[0];

    /// <summary>Applies an operator of <see cref="MachineLearningDomain"/> with several outputs, e.g. label and scores.</summary>
    public OnnxValue[] ApplyMachineLearning(
        string operation, OnnxValue input, int outputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Add(MachineLearningDomain, operation, [input], outputs, attributes);

    /// <summary>
    /// Repeats a computation on one tensor: the standard operator Loop. The body may also use tensors of this graph.
    /// </summary>
    /// <param name="maxRounds">The most rounds there are.</param>
    /// <param name="element">Element type of the state.</param>
    /// <param name="state">What the first round starts from.</param>
    /// <param name="round">
    /// Adds one round to the graph it is given: from the number of the round (an integer scalar) and the state, whether to go on
    /// (a scalar truth value) and the next state.
    /// </param>
    /// <returns>The state after the last round.</returns>
    public OnnxValue Loop(
        long maxRounds,
        OnnxElement element,
        OnnxValue state,
        Func<OnnxGraph, OnnxValue, OnnxValue, (OnnxValue GoOn, OnnxValue Next)> round) =>
        Loop(Integers([maxRounds]), element, state, round);

    /// <summary>As many rows as follow from a number known only at run time, piece by piece.</summary>
    /// <param name="count">How many pieces, an integer scalar.</param>
    /// <param name="width">Values per row.</param>
    /// <param name="piece">
    /// Adds one piece to the graph it is given, from its number (an integer scalar): float32, [rows, width], each of as many rows
    /// as it likes. The body may also use tensors of this graph.
    /// </param>
    /// <returns>Float32, [all rows, width], one piece below the other.</returns>
    public OnnxValue Stack(OnnxValue count, int width, Func<OnnxGraph, OnnxValue, OnnxValue> piece)
    {
        OnnxValue none = Apply("ConstantOfShape", [Integers([0L, width], 2)]);
        return Loop(count, OnnxElement.Float, none, (body, number, rows) =>
            (body.Truth(true), body.Apply("Concat", [rows, piece(body, number)], OnnxAttribute.Of("axis", 0L))));
    }

    private OnnxValue Loop(
        OnnxValue maxRounds,
        OnnxElement element,
        OnnxValue state,
        Func<OnnxGraph, OnnxValue, OnnxValue, (OnnxValue GoOn, OnnxValue Next)> round)
    {
        OnnxGraph body = new("round", names);
        OnnxValue number = names.Next("number");
        body.graph.Input.Add(Describe(number.Name, OnnxElement.Int64, [], ""));
        body.graph.Input.Add(Describe(names.Next("going").Name, OnnxElement.Bool, [], ""));
        OnnxValue before = names.Next("state");
        body.graph.Input.Add(DescribeAnyShape(before.Name, element));

        (OnnxValue goOn, OnnxValue next) = round(body, number, before);
        OnnxValue goOnOutput = body.Apply("Identity", [goOn]);
        OnnxValue nextOutput = body.Apply("Identity", [next]);
        body.graph.Output.Add(Describe(goOnOutput.Name, OnnxElement.Bool, [], ""));
        body.graph.Output.Add(DescribeAnyShape(nextOutput.Name, element));
        return Apply("Loop", [maxRounds, OnnxValue.None, state], OnnxAttribute.Of("body", body.graph));
    }

    /// <summary>
    /// Adds the operators of a finished model that lead to one of its outputs, as if they had been written here; names are
    /// changed so that they do not clash.
    /// </summary>
    /// <param name="model">The bytes of an ONNX file with one input.</param>
    /// <param name="input">What the model is given.</param>
    /// <param name="output">The name of the output.</param>
    /// <returns>What the model answers there.</returns>
    /// <exception cref="InvalidInputException">
    /// The model takes more than one tensor, has no such output, or has an operator whose meaning changed since its operator set.
    /// </exception>
    public OnnxValue Include(byte[] model, OnnxValue input, string output)
    {
        GraphProto included = OnnxInclusion.Read(model, null, output, OperatorSet);
        return Include(included, new Dictionary<string, OnnxValue> { [included.Input[0].Name] = input }, output);
    }

    /// <summary>The same for a model with several inputs.</summary>
    /// <param name="model">The bytes of an ONNX file.</param>
    /// <param name="inputs">What the model is given, by the names of its inputs; all that lead to the output.</param>
    /// <param name="output">The name of the output.</param>
    /// <returns>What the model answers there.</returns>
    /// <exception cref="InvalidInputException">
    /// An input that leads to the output is not given, the model has no such output, or it has an operator whose meaning changed
    /// since its operator set.
    /// </exception>
    public OnnxValue Include(byte[] model, IReadOnlyDictionary<string, OnnxValue> inputs, string output) =>
        Include(OnnxInclusion.Read(model, [.. inputs.Keys], output, OperatorSet), inputs, output);

    private OnnxValue Include(GraphProto included, IReadOnlyDictionary<string, OnnxValue> inputs, string output)
    {
        Dictionary<string, string> renamed = inputs.ToDictionary(input => input.Key, input => input.Value.Name);
        renamed[""] = "";
        return new OnnxValue(NewName(output, Copy(included, graph, renamed)));
    }

    /// <summary>The finished model as the bytes of an ONNX file.</summary>
    /// <param name="producerVersion">SerLab's version.</param>
    /// <param name="description">What the model does, in one sentence.</param>
    /// <param name="metadata">What travels with the model: feature set, labels, corpus, scores.</param>
    public byte[] ToBytes(string producerVersion, string description, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        ModelProto model = new()
        {
            IrVersion = IrVersion,
            ProducerName = "SerLab",
            ProducerVersion = producerVersion,
            DocString = description,
            Graph = graph,
            OpsetImport =
            {
                new OperatorSetIdProto { Domain = "", Version = OperatorSet },
                new OperatorSetIdProto { Domain = MachineLearningDomain, Version = MachineLearningOperatorSet },
            },
            MetadataProps = { metadata.Select(m => new StringStringEntryProto { Key = m.Key, Value = m.Value }) },
        };
        return model.ToByteArray();
    }

    // Adds constants and nodes under new names; gives the names that each has now.
    private Dictionary<string, string> Copy(GraphProto from, GraphProto to, Dictionary<string, string> renamed)
    {
        foreach (TensorProto constant in from.Initializer)
        {
            renamed[constant.Name] = names.Next("constant").Name;
            to.Initializer.Add(new TensorProto(constant) { Name = renamed[constant.Name] });
        }

        foreach (NodeProto node in from.Node)
        {
            NodeProto copy = new(node) { Name = names.Next(node.OpType).Name };
            copy.Input.Clear();
            copy.Input.Add(node.Input.Select(name => NewName(name, renamed)));
            copy.Output.Clear();
            foreach (AttributeProto attribute in copy.Attribute.Where(attribute => attribute.G is not null))
            {
                attribute.G = CopyInner(attribute.G, renamed);
            }

            foreach (string name in node.Output)
            {
                copy.Output.Add(renamed[name] = name.Length == 0 ? "" : names.Next(node.OpType).Name);
            }

            to.Node.Add(copy);
        }

        return renamed;
    }

    private static string NewName(string name, Dictionary<string, string> renamed) => renamed.TryGetValue(name, out string? now)
        ? now
        : throw new InvalidInputException($"The model to include uses a tensor '{name}' before it is computed.");

    // A graph inside a node sees the names around it, and its own hide them.
    private GraphProto CopyInner(GraphProto from, Dictionary<string, string> around)
    {
        Dictionary<string, string> renamed = new(around);
        GraphProto copy = new() { Name = from.Name };
        foreach (ValueInfoProto input in from.Input)
        {
            renamed[input.Name] = names.Next("inner").Name;
            copy.Input.Add(new ValueInfoProto(input) { Name = renamed[input.Name] });
        }

        Copy(from, copy, renamed);
        copy.Output.Add(from.Output.Select(output => new ValueInfoProto(output) { Name = NewName(output.Name, renamed) }));
        return copy;
    }

    private OnnxValue[] Add(
        string domain,
        string operation,
        ReadOnlySpan<OnnxValue> inputs,
        int outputs,
        ReadOnlySpan<OnnxAttribute> attributes)
    {
        NodeProto node = new() { OpType = operation, Domain = domain, Name = names.Next(operation).Name };
        foreach (OnnxValue input in inputs)
        {
            node.Input.Add(input.Name);
        }

        foreach (OnnxAttribute attribute in attributes)
        {
            node.Attribute.Add(attribute.Message);
        }

        OnnxValue[] values = new OnnxValue[outputs];
        for (int i = 0; i < outputs; i++)
        {
            values[i] = names.Next(operation);
            node.Output.Add(values[i].Name);
        }

        graph.Node.Add(node);
        return values;
    }

    private OnnxValue AddConstant(OnnxElement element, ReadOnlySpan<byte> littleEndian, ReadOnlySpan<long> shape)
    {
        OnnxValue value = names.Next("constant");
        TensorProto tensor = new()
        {
            Name = value.Name,
            DataType = (int)element,
            RawData = ByteString.CopyFrom(littleEndian),
        };
        foreach (long size in shape)
        {
            tensor.Dims.Add(size);
        }

        graph.Initializer.Add(tensor);
        return value;
    }

    private static ValueInfoProto Describe(
        string name, OnnxElement element, ReadOnlySpan<OnnxDimension> shape, string description)
    {
        TensorShapeProto dimensions = new();
        foreach (OnnxDimension dimension in shape)
        {
            dimensions.Dim.Add(dimension.Name is { } dynamic
                ? new TensorShapeProto.Types.Dimension { DimParam = dynamic }
                : new TensorShapeProto.Types.Dimension { DimValue = dimension.Size });
        }

        return new ValueInfoProto
        {
            Name = name,
            DocString = description,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)element, Shape = dimensions } },
        };
    }

    private static ValueInfoProto DescribeAnyShape(string name, OnnxElement element) => new()
    {
        Name = name,
        Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)element } },
    };

    /// <summary>Names that differ within a graph and the bodies of its loops.</summary>
    private sealed class NameSource
    {
        private int made;

        public OnnxValue Next(string kind) => new($"{kind}_{made++}");
    }
}
