using Google.Protobuf;
using SerLab.Core;
using SerLab.Onnx.Protocol;
using SerLab.Onnx.Runtime;
using Xunit;

namespace SerLab.Onnx.Tests;

/// <summary>Finished models as parts of other graphs, and the operators that other tools' models need for it.</summary>
public class OnnxInclusionTests
{
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(5, 2, seed: 1);

    [Fact]
    public void An_included_model_answers_as_it_does_alone_though_its_names_clash()
    {
        byte[] doubled = Finish(graph => graph.Apply("Mul", [Input(graph), graph.Scalar(2)]));

        byte[] both = Finish(graph => graph.Include(doubled, graph.Apply("Add", [Input(graph), graph.Scalar(1)]), "y"));

        Assert.Equal(Array.ConvertAll(Rows.Values.ToArray(), x => (x + 1) * 2), Run(both));
    }

    [Fact]
    public void Operators_that_do_not_lead_to_the_output_are_left_out()
    {
        byte[] model = Finish(graph =>
        {
            OnnxValue rows = Input(graph);
            graph.Apply("NoSuchOperator", [rows]);
            return graph.Apply("Neg", [rows]);
        });

        Assert.Equal(
            Array.ConvertAll(Rows.Values.ToArray(), x => -x), Run(Finish(graph => graph.Include(model, Input(graph), "y"))));
    }

    [Fact]
    public void An_output_that_is_not_there_is_refused_with_those_that_are()
    {
        byte[] model = Finish(graph => graph.Apply("Neg", [Input(graph)]));

        InvalidInputException error =
            Assert.Throws<InvalidInputException>(() => Finish(graph => graph.Include(model, Input(graph), "z")));

        Assert.Contains("answers 'y'; expected one input and 'z'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_uses_what_it_never_computes_is_refused_as_is_one_without_a_graph()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Finish(graph => graph.Apply("Neg", [Input(graph)])));
        model.Graph.Node[0].Input[0] = "nothing";

        Assert.Contains("a tensor 'nothing' before it is computed", Refusal(model), StringComparison.Ordinal);
        Assert.Contains("has no graph", Refusal(new ModelProto()), StringComparison.Ordinal);

        string Refusal(ModelProto included) => Assert.Throws<InvalidInputException>(
            () => Finish(graph => graph.Include(included.ToByteArray(), Input(graph), "y"))).Message;
    }

    [Fact]
    public void An_operator_that_meant_something_else_is_refused()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Finish(graph => graph.Apply("Softmax", [Input(graph)])));
        model.OpsetImport[0].Version = 12;

        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => Finish(graph => graph.Include(model.ToByteArray(), Input(graph), "y")));

        Assert.Contains("Softmax of operator set 12", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_whose_axes_were_an_attribute_is_given_them_as_an_input()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Finish(graph =>
            graph.Apply("ReduceSum", [Input(graph)], OnnxAttribute.Of("axes", [1L]), OnnxAttribute.Of("keepdims", 1L))));
        model.OpsetImport[0].Version = 11;

        float[] sums = Run(Finish(graph => graph.Include(model.ToByteArray(), Input(graph), "y")));

        Assert.Equal(Enumerable.Range(0, Rows.Rows).Select(i => Rows[i, 0] + Rows[i, 1]), sums);
    }

    [Fact]
    public void Bounds_that_were_attributes_become_inputs()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Finish(graph => graph.Apply(
            "Clip", [Input(graph)], OnnxAttribute.Of("max", 0.25f))));
        model.OpsetImport[0].Version = 10;

        float[] bounded = Run(Finish(graph => graph.Include(model.ToByteArray(), Input(graph), "y")));

        Assert.Equal(Rows.Values.ToArray().Select(x => Math.Min(x, 0.25f)), bounded);
    }

    [Fact]
    public void Axes_that_became_an_input_are_an_attribute_again()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Finish(graph => graph.Apply(
            "ReduceMax", [Input(graph), graph.Integers([1L], 1)])));
        model.OpsetImport[0].Version = 18;

        float[] largest = Run(Finish(graph => graph.Include(model.ToByteArray(), Input(graph), "y")));

        Assert.Equal(Enumerable.Range(0, Rows.Rows).Select(i => Math.Max(Rows[i, 0], Rows[i, 1])), largest);
    }

    [Fact]
    public void An_operator_that_is_newer_is_refused()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Finish(graph => graph.Apply("Gelu", [Input(graph)])));
        model.OpsetImport[0].Version = 20;

        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => Finish(graph => graph.Include(model.ToByteArray(), Input(graph), "y")));

        Assert.Contains("Gelu of operator set 20", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loops_keep_their_meaning_though_their_names_clash_with_those_around_them()
    {
        byte[] power = Finish(graph =>
        {
            OnnxValue x = Input(graph);
            return graph.Loop(3, OnnxElement.Float, x, (body, number, state) => (body.Truth(true), body.Multiply(
                body.Add(state, body.Cast(number, OnnxElement.Float)), x)));
        });
        Func<float, float> thrice = x => ((((x + 0) * x) + 1) * x + 2) * x;

        byte[] twice = Finish(graph => graph.Loop(1, OnnxElement.Float, Input(graph), (body, _, state) =>
            (body.Truth(true), body.Include(power, body.Include(power, state, "y"), "y"))));

        Assert.Equal(
            Rows.Values.ToArray().Select(x => thrice(thrice(x))),
            Run(twice),
            (a, b) => Math.Abs(a - b) <= 1e-5 * Math.Max(1, Math.Abs(a)));
    }

    [Fact]
    public void Pieces_stand_one_below_the_other_and_none_give_no_rows()
    {
        byte[] model = Finish(graph =>
        {
            OnnxValue rows = Input(graph);
            OnnxValue count = graph.Apply("Squeeze", [graph.Size(rows, 0)]);
            return graph.Stack(count, 2, (body, number) => body.Gather(rows, body.Reshape(number, 1), 0));
        });

        Assert.Equal(Rows.Values.ToArray(), Run(model));
        Assert.Empty(((Tensor<float>)OnnxModel.Parse(model, "test").Run(
            new Dictionary<string, Tensor> { ["x"] = new Tensor<float>([], 0, 2) })["y"]).Values.ToArray());
    }

    [Fact]
    public void Bytes_that_are_no_model_are_refused() => Assert.Contains(
        "not an ONNX file",
        Assert.Throws<InvalidInputException>(() => Finish(graph => graph.Include([255, 255, 255], Input(graph), "y"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_linear_regressor_is_dot_product_and_intercept()
    {
        byte[] model = Finish(graph => graph.ApplyMachineLearning(
            "LinearRegressor",
            Input(graph),
            OnnxAttribute.Of("coefficients", [2f, -1f]),
            OnnxAttribute.Of("intercepts", [0.5f])));

        Assert.Equal(
            Enumerable.Range(0, Rows.Rows).Select(i => (2 * Rows[i, 0]) - Rows[i, 1] + 0.5f), Run(model), (a, b) =>
                Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_linear_classifier_gives_softmax_of_its_scores()
    {
        byte[] model = Finish(graph => graph.ApplyMachineLearning(
            "LinearClassifier",
            Input(graph),
            2,
            OnnxAttribute.Of("coefficients", [1f, 0f, 0f, 1f]),
            OnnxAttribute.Of("intercepts", [0f, 1f]),
            OnnxAttribute.Of("classlabels_ints", [1L, 2L]),
            OnnxAttribute.Of("post_transform", "SOFTMAX"))[1]);

        float[] expected =
        [
            .. Enumerable.Range(0, Rows.Rows).Select(i => 1 / (1 + MathF.Exp(Rows[i, 1] + 1 - Rows[i, 0])))
                .SelectMany(p => new[] { p, 1 - p }),
        ];
        Assert.Equal(expected, Run(model), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_linear_classifiers_softmax_takes_scores_whose_exponentials_overflow()
    {
        byte[] model = Finish(graph => graph.ApplyMachineLearning(
            "LinearClassifier",
            Input(graph),
            2,
            OnnxAttribute.Of("coefficients", [1f, 0f, 1f, 0f]),
            OnnxAttribute.Of("intercepts", [1000f, 1000f + MathF.Log(3)]),
            OnnxAttribute.Of("classlabels_ints", [1L, 2L]),
            OnnxAttribute.Of("post_transform", "SOFTMAX"))[1]);

        Assert.All(Run(model).Chunk(2), row => Assert.Equal(0.25, row[0], 1e-3));
    }

    [Fact]
    public void Clip_keeps_values_within_the_bounds_that_are_given()
    {
        byte[] lower = Finish(graph => graph.Apply("Clip", [Input(graph), graph.Scalar(0)]));

        Assert.Equal(Array.ConvertAll(Rows.Values.ToArray(), x => Math.Max(x, 0)), Run(lower));
    }

    private static OnnxValue Input(OnnxGraph graph) => graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 2]);

    private static byte[] Finish(Func<OnnxGraph, OnnxValue> build)
    {
        OnnxGraph graph = new("test");
        graph.Output("y", build(graph), OnnxElement.Float, [OnnxDimension.Batch, 2]);
        return graph.ToBytes("0", "A test.", []);
    }

    private static float[] Run(byte[] model)
    {
        Tensor<float> rows = new(Rows.Values.ToArray(), Rows.Rows, Rows.Columns);
        return ((Tensor<float>)OnnxModel.Parse(model, "test").Run(
            new Dictionary<string, Tensor> { ["x"] = rows })["y"]).Values.ToArray();
    }
}
