using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Onnx.Runtime;
using Xunit;

namespace SerLab.Onnx.Tests;

public class OnnxModelTests
{
    private static readonly float[] Six = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void A_graph_written_and_read_again_keeps_ports_and_metadata_and_computes()
    {
        OnnxGraph graph = new("affine");
        OnnxValue x = graph.Input("features", OnnxElement.Float, [OnnxDimension.Batch, 3], "three numbers");
        OnnxValue y = graph.Apply("Gemm", [x, graph.Constant([1, 10, 100], 3, 1), graph.Scalar(0.5f)]);
        graph.Output("valence", y, OnnxElement.Float, [OnnxDimension.Batch, 1]);

        OnnxModel model = OnnxModel.Parse(graph.ToBytes("1", "a test", [new("corpus", "none")]), "test");

        Assert.Equal(("features", "three numbers"), (model.Inputs[0].Name, model.Inputs[0].Description));
        Assert.Equal([OnnxDimension.Batch, 3], model.Inputs[0].Shape);
        Assert.Equal("none", model.Metadata["corpus"]);
        Assert.Equal([321.5f, 654.5f], Run(model, new Tensor<float>(Six, 2, 3)));
    }

    [Fact]
    public void Broadcasting_repeats_dimensions_of_size_one()
    {
        OnnxModel model = Model((graph, x) => graph.Apply("Add", [
            graph.Apply("Reshape", [x, graph.Integers([2L, 3, 1], 3)]), graph.Constant([10, 20], 1, 2)]));

        Assert.Equal([11, 21, 12, 22, 13, 23, 14, 24, 15, 25, 16, 26], Run(model, new Tensor<float>(Six, 2, 3)));
    }

    [Theory]
    [InlineData("ReduceMean", 0, new float[] { 2.5f, 3.5f, 4.5f })]
    [InlineData("ReduceMean", 1, new float[] { 2, 5 })]
    [InlineData("ReduceMax", 0, new float[] { 4, 5, 6 })]
    public void Reductions_go_along_their_axis(string operation, long axis, float[] expected)
    {
        OnnxModel model = Model((graph, x) => graph.Apply(operation, [x], OnnxAttribute.Of("axes", [axis])));

        Assert.Equal(expected, Run(model, new Tensor<float>(Six, 2, 3)));
    }

    [Fact]
    public void Slice_gather_transpose_and_concat_move_elements()
    {
        OnnxModel model = Model((graph, x) =>
        {
            OnnxValue last =
                graph.Apply("Slice", [x, graph.Integers([-2L], 1), graph.Integers([long.MaxValue], 1), graph.Integers([1L], 1)]);
            OnnxValue first = graph.Apply("Gather", [x, graph.Integers([0L], 1)], OnnxAttribute.Of("axis", 1L));
            OnnxValue joined = graph.Apply("Concat", [last, first], OnnxAttribute.Of("axis", 1L));
            return graph.Apply("Transpose", [joined], OnnxAttribute.Of("perm", [1L, 0]));
        });

        Assert.Equal([2, 5, 3, 6, 1, 4], Run(model, new Tensor<float>(Six, 2, 3)));
    }

    [Fact]
    public void A_loop_repeats_its_body_on_the_state_until_it_says_enough()
    {
        OnnxModel model = Model((graph, x) => graph.Loop(100, OnnxElement.Float, x, (round, number, state) =>
        {
            OnnxValue next = round.Add(state, round.Add(x, round.Cast(number, OnnxElement.Float)));
            return (round.Apply("Less", [number, round.Integers([2])]), next);
        }));

        // Three rounds: x + 3x + (0 + 1 + 2).
        Assert.Equal([7, 11, 15], Run(model, new Tensor<float>([1, 2, 3], 1, 3)));
    }

    [Fact]
    public void A_loop_without_end_is_ended()
    {
        OnnxModel model = Model((graph, x) => graph.Loop(
            long.MaxValue, OnnxElement.Float, x, (round, _, state) => (round.Truth(true), state)));

        Assert.Contains(
            "its loops go more than 100,000 rounds",
            Assert.Throws<InvalidInputException>(() => Run(model, new Tensor<float>([1, 2, 3], 1, 3))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0L, new float[] { 1, 2, 2 })]
    [InlineData(1L, new float[] { 3, 3, 2 })]
    public void TopK_takes_the_first_of_equals(long largest, float[] expected)
    {
        OnnxModel model = Model((graph, x) => graph.ApplyMany(
            "TopK", 2, [x, graph.Integers([3L], 1)], OnnxAttribute.Of("largest", largest))[0]);
        OnnxModel places = Model((graph, x) => graph.Cast(
            graph.ApplyMany("TopK", 2, [x, graph.Integers([3L], 1)], OnnxAttribute.Of("largest", largest))[1],
            OnnxElement.Float));
        Tensor<float> row = new([3, 2, 1, 2, 3], 1, 5);

        Assert.Equal(expected, Run(model, row));
        Assert.Equal(largest == 0 ? [2, 1, 3] : [0, 4, 1], Run(places, row));
    }

    [Fact]
    public void Sums_in_64_bits_keep_what_32_bits_lose()
    {
        OnnxModel model = Model((graph, x) => graph.Cast(
            graph.MatrixProduct(graph.Cast(x, OnnxElement.Double), graph.Doubles([1e9, 1, -1e9], 3, 1)), OnnxElement.Float));

        Assert.Equal([0.25f], Run(model, new Tensor<float>([1, 0.25f, 1], 1, 3)));
    }

    [Fact]
    public void A_support_vector_regressor_sums_kernels()
    {
        OnnxModel model = Model((graph, x) => graph.ApplyMachineLearning(
            "SVMRegressor",
            x,
            OnnxAttribute.Of("kernel_type", "RBF"),
            OnnxAttribute.Of("kernel_params", [0.5f, 0, 3]),
            OnnxAttribute.Of("n_supports", 2L),
            OnnxAttribute.Of("support_vectors", [1f, 2, 3, 1, 2, 1]),
            OnnxAttribute.Of("coefficients", [2f, -1]),
            OnnxAttribute.Of("rho", [0.25f])));

        float result = Assert.Single(Run(model, new Tensor<float>([1, 2, 3], 1, 3)));

        Assert.Equal(2 - Math.Exp(-2) + 0.25, result, 6);
    }

    [Fact]
    public void A_tree_goes_left_at_its_threshold()
    {
        OnnxModel model = Model((graph, x) => graph.ApplyMachineLearning(
            "TreeEnsembleRegressor",
            x,
            OnnxAttribute.Of("n_targets", 1L),
            OnnxAttribute.Of("nodes_treeids", [0L, 0, 0]),
            OnnxAttribute.Of("nodes_nodeids", [0L, 1, 2]),
            OnnxAttribute.Of("nodes_featureids", [1L, 0, 0]),
            OnnxAttribute.Of("nodes_values", [2f, 0, 0]),
            OnnxAttribute.Of("nodes_modes", ["BRANCH_LEQ", "LEAF", "LEAF"]),
            OnnxAttribute.Of("nodes_truenodeids", [1L, 0, 0]),
            OnnxAttribute.Of("nodes_falsenodeids", [2L, 0, 0]),
            OnnxAttribute.Of("target_treeids", [0L, 0]),
            OnnxAttribute.Of("target_nodeids", [1L, 2]),
            OnnxAttribute.Of("target_ids", [0L, 0]),
            OnnxAttribute.Of("target_weights", [-1f, 1])));

        Assert.Equal([-1, 1], Run(model, new Tensor<float>(Six, 2, 3)));
    }

    [Fact]
    public void An_unknown_operator_a_missing_input_and_a_wrong_width_are_named()
    {
        OnnxModel fits = Model((graph, x) => graph.Apply("MatMul", [x, graph.Constant([1, 2, 3], 3, 1)]));

        Assert.Contains(
            "operator Det of operator set 17",
            Assert.Throws<OnnxRefusedException>(() => Model((graph, x) => graph.Apply("Det", [x]))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "input 'x'",
            Assert.Throws<InvalidInputException>(() => fits.Run(new Dictionary<string, Tensor>())).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "MatMul cannot take tensors of shape [3, 2], [3, 1]",
            Assert.Throws<InvalidInputException>(() => Run(fits, new Tensor<float>(Six, 3, 2))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_give_a_clear_error_and_nothing_else()
    {
        OnnxGraph graph = new("affine");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 3]);
        graph.Output(
            "y", graph.Apply("Gemm", [x, graph.Constant([1, 10, 100], 3, 1)]), OnnxElement.Float, [OnnxDimension.Batch, 1]);
        byte[] whole = graph.ToBytes("1", "", []);

        Prop.ForAll(
            ArbMap.Default.ArbFor<(int Position, byte Value, int Length)>(),
            damage =>
            {
                byte[] bytes = [.. whole.Take(Math.Abs(damage.Length % whole.Length))];
                if (bytes.Length > 0)
                {
                    bytes[Math.Abs(damage.Position % bytes.Length)] = damage.Value;
                }

                try
                {
                    _ = Run(OnnxModel.Parse(bytes, "damaged"), new Tensor<float>(Six, 2, 3));
                }
                catch (InvalidInputException)
                {
                    // The one error a user may see.
                }
            }).Holds();
    }

    private static OnnxModel Model(Func<OnnxGraph, OnnxValue, OnnxValue> build)
    {
        OnnxGraph graph = new("test");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 3]);
        graph.Output("y", build(graph, x), OnnxElement.Float, [OnnxDimension.Batch]);
        return OnnxModel.Parse(graph.ToBytes("1", "", []), "test");
    }

    private static float[] Run(OnnxModel model, Tensor<float> input)
    {
        Dictionary<string, Tensor> inputs = model.Inputs.ToDictionary(port => port.Name, _ => (Tensor)input);
        return model.Run(inputs).Values.OfType<Tensor<float>>().SelectMany(tensor => tensor.Values.ToArray()).ToArray();
    }
}
