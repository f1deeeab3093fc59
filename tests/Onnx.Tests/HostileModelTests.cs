using Google.Protobuf;
using SerLab.Core;
using SerLab.Onnx.Protocol;
using SerLab.Onnx.Runtime;
using Xunit;

namespace SerLab.Onnx.Tests;

/// <summary>Files that ask for more than a machine has end with one sentence, whether they are loaded or run.</summary>
public class HostileModelTests
{
    private static readonly ComputeLimits Few = new(Bytes: 1 << 20, Elements: 1 << 22, Rounds: 100, MultiplyAdds: 1 << 20);

    [Theory]
    [InlineData("Expand")]
    [InlineData("Tile")]
    public void Repetition_without_measure_is_refused_before_memory_is_asked_for(string operation)
    {
        byte[] model = Model((graph, x) => graph.Apply(operation, [x, graph.Integers([1_000_000L, 1], 2)]));

        Assert.Contains("tensors fill more than 1 MiB", Refusal(model), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000L, 100_000L, "cannot take")]
    [InlineData(40_000L, 40_000L, "tensors fill more than 1 MiB")]
    [InlineData(1_000L, 1_000L, "tensors fill more than 1 MiB")]
    [InlineData(-1L, 4L, "cannot take")]
    [InlineData(2_000_000_000L, 0L, "tensors fill more than 1 MiB")]
    public void A_constant_of_a_hostile_shape_is_refused_while_it_is_loaded(long rows, long columns, string reason)
    {
        byte[] model = Model((graph, x) => graph.Apply(
            "Add", [x, graph.Apply("ConstantOfShape", [graph.Integers([rows, columns], 2)])]));

        string message = Assert.Throws<InvalidInputException>(() => OnnxModel.Parse(model, "hostile", Few)).Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loops_in_loops_count_their_rounds_together()
    {
        byte[] model = Model((graph, x) => graph.Loop(20, OnnxElement.Float, x, (outer, _, state) =>
        {
            OnnxValue next = outer.Loop(
                20, OnnxElement.Float, state, (inner, _, within) => (inner.Truth(true), inner.Add(within, x)));
            return (outer.Truth(true), next);
        }));

        Assert.Contains("loops go more than 100 rounds", Refusal(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_doubles_in_every_round_ends_at_the_limit_of_memory()
    {
        byte[] model = Model((graph, x) => graph.Loop(
            90, OnnxElement.Float, x, (round, _, state) => (round.Truth(true), round.Concat(0, state, state))));

        Assert.Contains("tensors fill more than 1 MiB", Refusal(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Operators_share_one_limit_of_elements()
    {
        byte[] model = Model((graph, x) =>
        {
            OnnxValue wide = graph.Apply("Expand", [x, graph.Integers([10_000L, 3], 2)]);
            for (int i = 0; i < 200; i++)
            {
                wide = graph.Apply("Sigmoid", [graph.Apply("Concat", [wide], OnnxAttribute.Of("axis", 0L))]);
            }

            return wide;
        });

        Assert.Contains("elements are computed", Refusal(model), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MatMul")]
    [InlineData("Gemm")]
    [InlineData("Conv")]
    [InlineData("ConvTranspose")]
    [InlineData("GRU")]
    public void Few_elements_may_still_be_the_sum_of_too_many_products(string operation)
    {
        // Some ten thousand elements each, and more than a million products.
        const int n = 120;
        byte[] model = Model((graph, x) =>
        {
            OnnxValue Ones(params long[] shape) => graph.Add(
                graph.Apply("ConstantOfShape", [graph.Integers([.. shape], shape.Length)]),
                graph.Apply("ReduceMax", [x], OnnxAttribute.Of("keepdims", 0L)));
            return operation switch
            {
                "GRU" => graph.Apply(
                    "GRU", [Ones(300, 1, 30), Ones(1, 90, 30), Ones(1, 90, 30)], OnnxAttribute.Of("hidden_size", 30L)),
                "Conv" or "ConvTranspose" => graph.Apply(operation, [Ones(1, 20, 30, 30), Ones(20, 20, 3, 3)]),
                _ => graph.Apply(operation, [Ones(n, n), Ones(n, n)]),
            };
        });

        Assert.Contains("more than 1,048,576 multiply-adds are computed", Refusal(model), StringComparison.Ordinal);
    }

    [Fact]
    public void What_loading_used_counts_in_every_run()
    {
        // 800,000 products of constants, and 500,000 in each run: every run has both, but no run has another's.
        byte[] model = Model((graph, x) =>
        {
            OnnxValue constants = graph.Apply(
                "MatMul", [graph.Constant(new float[100 * 80], 100, 80), graph.Constant(new float[80 * 100], 80, 100)]);
            OnnxValue wide = graph.Apply("Expand", [graph.Apply("ReduceMax", [x], OnnxAttribute.Of("keepdims", 0L)),
                graph.Integers([100L, 50], 2)]);
            return graph.Add(graph.Apply("MatMul", [graph.Apply("Transpose", [wide]), wide]), graph.Apply(
                "ReduceMax", [constants], OnnxAttribute.Of("keepdims", 0L)));
        });
        ComputeLimits enough = Few with { MultiplyAdds = 1_100_000 };
        OnnxModel loaded = OnnxModel.Parse(model, "constants", enough);

        Run(loaded);
        Run(loaded);

        Assert.Contains("multiply-adds", Refusal(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_loop_reuses_its_memory()
    {
        byte[] model = Model((graph, x) => graph.Loop(
            90, OnnxElement.Float, graph.Apply("Expand", [x, graph.Integers([5_000L, 3], 2)]), (round, _, state) =>
                (round.Truth(true), round.Add(state, round.Apply("Exp", [round.Apply("Neg", [state])])))));

        Assert.Equal(15_000, Run(OnnxModel.Parse(model, "long", Few)).Length);
    }

    [Fact]
    public void Graphs_too_deep_in_each_other_are_refused()
    {
        OnnxValue Nest(OnnxGraph graph, OnnxValue x, int depth) => depth == 0
            ? x
            : graph.Loop(1, OnnxElement.Float, x, (round, _, state) => (round.Truth(true), Nest(round, state, depth - 1)));

        Assert.Contains(
            "levels of nesting", Refusal(Model((graph, x) => Nest(graph, x, 40))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-30f)]
    [InlineData(float.NaN)]
    public void A_range_whose_steps_never_end_is_refused(float step)
    {
        byte[] model = Model((graph, x) => graph.Apply(
            "Range", [graph.Scalar(0), graph.Apply("ReduceMax", [x], OnnxAttribute.Of("keepdims", 0L)), graph.Scalar(step)]));

        Assert.NotEmpty(Refusal(model));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void Trees_of_a_hostile_number_of_targets_are_refused(long targets)
    {
        byte[] model = Model((graph, x) => graph.ApplyMachineLearning(
            "TreeEnsembleRegressor",
            x,
            OnnxAttribute.Of("n_targets", targets),
            OnnxAttribute.Of("nodes_treeids", [0L]),
            OnnxAttribute.Of("nodes_nodeids", [0L]),
            OnnxAttribute.Of("nodes_featureids", [0L]),
            OnnxAttribute.Of("nodes_values", [0f]),
            OnnxAttribute.Of("nodes_modes", ["LEAF"]),
            OnnxAttribute.Of("nodes_truenodeids", [0L]),
            OnnxAttribute.Of("nodes_falsenodeids", [0L]),
            OnnxAttribute.Of("target_treeids", [0L]),
            OnnxAttribute.Of("target_nodeids", [0L]),
            OnnxAttribute.Of("target_ids", [0L]),
            OnnxAttribute.Of("target_weights", [1f])));

        Assert.NotEmpty(Refusal(model));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(0)]
    public void A_linear_model_of_a_hostile_number_of_targets_is_refused(long targets)
    {
        byte[] model = Model((graph, x) => graph.ApplyMachineLearning(
            "LinearRegressor", x, OnnxAttribute.Of("coefficients", [1f, 2, 3]), OnnxAttribute.Of("targets", targets)));

        Assert.Contains(
            "coefficients",
            Assert.Throws<OnnxRefusedException>(() => OnnxModel.Parse(model, "hostile", Few)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_that_gives_fewer_tensors_than_the_graph_names_is_refused()
    {
        byte[] model = Model((graph, x) => graph.ApplyMany(
            "Split", 3, [x, graph.Integers([1L, 2], 2)], OnnxAttribute.Of("axis", 1L))[0]);

        Assert.Contains("operator Split gives 2 tensors, and the graph names 3", Refusal(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_outputs_of_one_name_are_refused_when_the_model_is_loaded()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Model((graph, x) => graph.Apply("Neg", [x])));
        model.Graph.Output.Add(model.Graph.Output[0].Clone());

        Assert.Contains(
            "two outputs 'y'",
            Assert.Throws<InvalidInputException>(() => OnnxModel.Parse(model.ToByteArray(), "hostile", Few)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_in_another_file_are_refused_with_what_to_do()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Model((graph, x) => graph.Add(x, graph.Constant([1, 2, 3], 3))));
        TensorProto constant = model.Graph.Initializer[0];
        constant.DataLocation = TensorProto.Types.DataLocation.External;

        Assert.Contains("lies in another file", Refusal(model.ToByteArray()), StringComparison.Ordinal);
    }

    private static byte[] Model(Func<OnnxGraph, OnnxValue, OnnxValue> build)
    {
        OnnxGraph graph = new("hostile");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 3]);
        graph.Output("y", build(graph, x), OnnxElement.Float, [OnnxDimension.Batch]);
        return graph.ToBytes("1", "", []);
    }

    private static Tensor Run(OnnxModel model) =>
        model.Run(new Dictionary<string, Tensor> { ["x"] = new Tensor<float>([1, 2, 3], 1, 3) })["y"];

    private static string Refusal(byte[] model) =>
        Assert.Throws<InvalidInputException>(() => Run(OnnxModel.Parse(model, "hostile", Few))).Message;
}
