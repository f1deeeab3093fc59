using SerLab.Onnx;
using SerLab.Onnx.Protocol;
using SerLab.Onnx.Runtime;

namespace SerLab.Fuzz.Targets;

/// <summary>
/// Networks of one or a few operators, an operator of every family, each from x [batch, 3] to y. What is changed in them meets
/// the other operators, too, since names of operators are exchanged.
/// </summary>
internal static class SmallGraphs
{
    private const int MostElements = 4096;

    private delegate OnnxValue Body(OnnxGraph graph, OnnxValue x);

    private static readonly Body[] Bodies =
    [
        (g, x) => g.Apply("Gemm", [x, g.Constant(Ramp(6), 3, 2), g.Constant(Ramp(2), 2)]),
        (g, x) => g.Apply("MatMul", [x, g.Constant(Ramp(6), 3, 2)]),
        (g, x) => g.Apply("Softmax", [g.Apply("Clip", [x, g.Scalar(-1), g.Scalar(1)])], OnnxAttribute.Of("axis", 1L)),
        (g, x) => g.Apply("Where", [g.Apply("Greater", [x, g.Scalar(0)]), x, g.Apply("Neg", [x])]),
        (g, x) => g.Apply("Reshape", [x, g.Integers([1L, -1], 2)]),
        (g, x) => g.Apply("Slice", [x, g.Integers([0L], 1), g.Integers([2L], 1), g.Integers([1L], 1), g.Integers([1L], 1)]),
        (g, x) => g.Apply("Concat", [x, x, g.Constant(Ramp(3), 1, 3)], OnnxAttribute.Of("axis", 0L)),
        (g, x) => g.ApplyMany("Split", 2, [x, g.Integers([1L, 2], 2)], OnnxAttribute.Of("axis", 1L))[1],
        (g, x) => g.Apply("Gather", [x, g.Integers([2L, 0, -1], 3)], OnnxAttribute.Of("axis", 1L)),
        (g, x) => g.Apply("GatherElements", [x, g.Integers([2L, 0], 1, 2)], OnnxAttribute.Of("axis", 1L)),
        (g, x) => g.Apply(
            "ScatterElements", [x, g.Integers([2L, 0], 1, 2), g.Constant(Ramp(2), 1, 2)], OnnxAttribute.Of("axis", 1L)),
        (g, x) => g.Apply("Pad", [x, g.Integers([0L, 1, 0, 2], 4), g.Scalar(0)], OnnxAttribute.Of("mode", "constant")),
        (g, x) => g.Apply("Tile", [x, g.Integers([2L, 3], 2)]),
        (g, x) => g.Apply("Expand", [x, g.Integers([4L, 1, 3], 3)]),
        (g, x) => g.Apply("Transpose", [x], OnnxAttribute.Of("perm", [1L, 0])),
        (g, x) => g.Apply("ReduceMean", [x], OnnxAttribute.Of("axes", [1L]), OnnxAttribute.Of("keepdims", 1L)),
        (g, x) => g.Apply("ReduceSum", [x, g.Integers([1L], 1)]),
        (g, x) => g.ApplyMany("TopK", 2, [x, g.Integers([2L], 1)], OnnxAttribute.Of("axis", 1L))[0],
        (g, x) => g.Apply("CumSum", [x, g.Integers([1L])]),
        (g, x) => g.Apply("Cast", [g.Apply("ArgMax", [x], OnnxAttribute.Of("axis", 1L))], OnnxAttribute.Of("to", 1L)),
        (g, x) => g.Apply("Cast", [g.Apply("NonZero", [x])], OnnxAttribute.Of("to", 1L)),
        (g, x) => g.Add(x, g.Apply("ConstantOfShape", [g.Integers([1L, 3], 2)])),
        (g, x) => g.Add(x, g.Apply("Range", [g.Scalar(0), g.Scalar(3), g.Scalar(1)])),
        (g, x) => g.Apply("Cast", [g.Apply("Shape", [x])], OnnxAttribute.Of("to", 1L)),
        (g, x) => g.Apply("Squeeze", [g.Apply("Unsqueeze", [x, g.Integers([0L], 1)]), g.Integers([0L], 1)]),
        (g, x) => g.Apply(
            "LayerNormalization", [x, g.Constant(Ramp(3), 3), g.Constant(Ramp(3), 3)], OnnxAttribute.Of("axis", -1L)),
        (g, x) => g.Apply(
            "Conv", [Image(g, x, 1, 1, 6, 6), g.Constant(Ramp(18), 2, 1, 3, 3), g.Constant(Ramp(2), 2)],
            OnnxAttribute.Of("pads", [1L, 1, 1, 1]), OnnxAttribute.Of("strides", [2L, 1]), OnnxAttribute.Of("group", 1L)),
        (g, x) => g.Apply(
            "ConvTranspose", [Image(g, x, 1, 2, 3, 3), g.Constant(Ramp(16), 2, 2, 2, 2)],
            OnnxAttribute.Of("strides", [2L, 2]), OnnxAttribute.Of("dilations", [1L, 1])),
        (g, x) => g.Apply(
            "MaxPool", [Image(g, x, 1, 1, 6, 6)],
            OnnxAttribute.Of("kernel_shape", [2L, 3]), OnnxAttribute.Of("strides", [1L, 2]), OnnxAttribute.Of("ceil_mode", 1L)),
        (g, x) => g.Apply(
            "AveragePool", [Image(g, x, 1, 1, 6, 6)],
            OnnxAttribute.Of("kernel_shape", [2L, 2]), OnnxAttribute.Of("auto_pad", "SAME_UPPER")),
        (g, x) => g.Apply(
            "BatchNormalization",
            [Image(g, x, 1, 2, 3, 3), .. Enumerable.Range(0, 4).Select(_ => g.Constant([1f, 2], 2))],
            OnnxAttribute.Of("epsilon", 1e-3f)),
        (g, x) => g.Apply("GlobalAveragePool", [Image(g, x, 1, 2, 3, 3)]),
        (g, x) => g.Apply(
            "Resize", [Image(g, x, 1, 1, 4, 4), OnnxValue.None, g.Constant([1f, 1, 2, 1.5f], 4)],
            OnnxAttribute.Of("mode", "linear"), OnnxAttribute.Of("coordinate_transformation_mode", "half_pixel")),
        (g, x) => g.ApplyMany(
            "LSTM", 3, [Image(g, x, 4, 1, 3), g.Constant(Ramp(24), 1, 8, 3), g.Constant(Ramp(16), 1, 8, 2)],
            OnnxAttribute.Of("hidden_size", 2L))[1],
        (g, x) => g.ApplyMany(
            "GRU", 2, [Image(g, x, 4, 1, 3), g.Constant(Ramp(36), 2, 6, 3), g.Constant(Ramp(24), 2, 6, 2)],
            OnnxAttribute.Of("hidden_size", 2L), OnnxAttribute.Of("direction", "bidirectional"))[1],
        (g, x) => g.Loop(3, OnnxElement.Float, x, (body, number, state) => (
            body.Truth(true), body.Add(state, body.Apply("Cast", [number], OnnxAttribute.Of("to", 1L))))),
        (g, x) => g.Loop(2, OnnxElement.Float, x, (outer, _, state) => (outer.Truth(true), outer.Loop(
            2, OnnxElement.Float, state, (inner, _, deep) => (inner.Truth(true), inner.Add(deep, x))))),
        (g, x) => g.Stack(g.Integers([2L]), 3, (_, _) => x),
        (g, x) => g.Apply("If", [g.Truth(true)], Branch("then_branch", x, "Neg"), Branch("else_branch", x, "Abs")),
        (g, x) => g.Apply(
            "DequantizeLinear",
            [g.Apply("QuantizeLinear", [x, g.Scalar(0.1f)]), g.Scalar(0.1f)]),
        (g, x) => g.ApplyMachineLearning(
            "LinearRegressor", x, OnnxAttribute.Of("coefficients", Ramp(6)), OnnxAttribute.Of("intercepts", Ramp(2)),
            OnnxAttribute.Of("targets", 2L)),
        (g, x) => g.ApplyMachineLearning(
            "TreeEnsembleRegressor", x,
            OnnxAttribute.Of("n_targets", 1L),
            OnnxAttribute.Of("nodes_treeids", [0L, 0, 0]), OnnxAttribute.Of("nodes_nodeids", [0L, 1, 2]),
            OnnxAttribute.Of("nodes_featureids", [1L, 0, 0]), OnnxAttribute.Of("nodes_values", [0.5f, 0, 0]),
            OnnxAttribute.Of("nodes_modes", ["BRANCH_LEQ", "LEAF", "LEAF"]),
            OnnxAttribute.Of("nodes_truenodeids", [1L, 0, 0]), OnnxAttribute.Of("nodes_falsenodeids", [2L, 0, 0]),
            OnnxAttribute.Of("target_treeids", [0L, 0]), OnnxAttribute.Of("target_nodeids", [1L, 2]),
            OnnxAttribute.Of("target_ids", [0L, 0]), OnnxAttribute.Of("target_weights", [1f, -1])),
        (g, x) => g.ApplyMachineLearning(
            "SVMRegressor", x,
            OnnxAttribute.Of("kernel_type", "RBF"), OnnxAttribute.Of("kernel_params", [0.1f, 0, 3]),
            OnnxAttribute.Of("n_supports", 2L), OnnxAttribute.Of("support_vectors", Ramp(6)),
            OnnxAttribute.Of("coefficients", Ramp(2)), OnnxAttribute.Of("rho", [0.5f])),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<byte[]> All() => Bodies.Select(body =>
    {
        OnnxGraph graph = new("small");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 3]);
        graph.Output("y", body(graph, x), OnnxElement.Float, [OnnxDimension.Batch]);
        return graph.ToBytes("1", "", []);
    });

    /// <summary>Something to give a network; none where its input is of no type or too large.</summary>
    public static Tensor? InputOf(OnnxPort port)
    {
        long size = port.Shape.Aggregate(1L, (product, axis) => Math.Min(MostElements + 1, product * Math.Max(1, axis.Size)));
        if (size > MostElements)
        {
            return null;
        }

        int[] shape = [.. port.Shape.Select(axis => (int)Math.Max(1, axis.Size))];
        return port.Element switch
        {
            OnnxElement.Float => new Tensor<float>(Ramp((int)size), shape),
            OnnxElement.Double => new Tensor<double>(new double[size], shape),
            OnnxElement.Int64 => new Tensor<long>(new long[size], shape),
            OnnxElement.Int32 => new Tensor<int>(values: new int[size], shape: shape),
            OnnxElement.Bool => new Tensor<bool>(new bool[size], shape),
            OnnxElement.String => new Tensor<string>([.. Enumerable.Repeat("a", (int)size)], shape),
            _ => null,
        };
    }

    // A picture that depends on x, so that nothing is computed while the network is loaded.
    private static OnnxValue Image(OnnxGraph graph, OnnxValue x, params long[] shape) => graph.Apply(
        "Add",
        [
            graph.Apply("ReduceMax", [x], OnnxAttribute.Of("keepdims", 0L)),
            graph.Constant(Ramp((int)shape.Aggregate(1L, (product, size) => product * size)), shape),
        ]);

    private static OnnxAttribute Branch(string name, OnnxValue x, string operation) => OnnxAttribute.Of(name, new GraphProto
    {
        Node = { new NodeProto { OpType = operation, Input = { x.Name }, Output = { name } } },
        Output = { new ValueInfoProto { Name = name } },
    });

    private static float[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(i => (i % 7) - 2.5f)];
}
