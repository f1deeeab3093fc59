using System.Collections.Frozen;
using SerLab.Features.Errors;

namespace SerLab.Training.Onnx.Runtime.Operators;

/// <summary>The operators that SerLab computes, each prepared once from its attributes.</summary>
internal static class OperatorCatalogue
{
    private static readonly FrozenDictionary<string, Func<OperatorNode, Operator>> Known =
        new Dictionary<string, Func<OperatorNode, Operator>>
        {
            ["Identity"] = _ => inputs => [inputs[0]!],
            ["Abs"] = _ => Elementwise.Unary(MathF.Abs),
            ["Add"] = _ => Elementwise.Binary((a, b) => a + b, (a, b) => a + b),
            ["Cos"] = _ => Elementwise.Unary(MathF.Cos),
            ["Div"] = _ => Elementwise.Binary((a, b) => a / b, (a, b) => a / b),
            ["Exp"] = _ => Elementwise.Unary(MathF.Exp),
            ["Floor"] = _ => Elementwise.Unary(MathF.Floor),
            ["Log"] = _ => Elementwise.Unary(MathF.Log),
            ["Max"] = _ => Elementwise.Binary(MathF.Max, Math.Max),
            ["Min"] = _ => Elementwise.Binary(MathF.Min, Math.Min),
            ["Mul"] = _ => Elementwise.Binary((a, b) => a * b, (a, b) => a * b),
            ["Neg"] = _ => Elementwise.Unary(a => -a),
            ["Pow"] = _ => Elementwise.Binary(MathF.Pow, null),
            ["Reciprocal"] = _ => Elementwise.Unary(a => 1 / a),
            ["Relu"] = _ => Elementwise.Unary(a => MathF.Max(a, 0)),
            ["Round"] = _ => Elementwise.Unary(a => MathF.Round(a, MidpointRounding.ToEven)),
            ["Sigmoid"] = _ => Elementwise.Unary(a => 1 / (1 + MathF.Exp(-a))),
            ["Sign"] = _ => Elementwise.Unary(a => MathF.Sign(a)),
            ["Sqrt"] = _ => Elementwise.Unary(MathF.Sqrt),
            ["Sub"] = _ => Elementwise.Binary((a, b) => a - b, (a, b) => a - b),
            ["Tanh"] = _ => Elementwise.Unary(MathF.Tanh),
            ["And"] = _ => Elementwise.Logical((a, b) => a && b),
            ["Or"] = _ => Elementwise.Logical((a, b) => a || b),
            ["Not"] = _ => inputs => [new Tensor<bool>([.. ((Tensor<bool>)inputs[0]!).Values.ToArray().Select(a => !a)], [.. inputs[0]!.Shape])],
            ["Equal"] = _ => Elementwise.Comparison((a, b) => a == b, (a, b) => a == b),
            ["Greater"] = _ => Elementwise.Comparison((a, b) => a > b, (a, b) => a > b),
            ["GreaterOrEqual"] = _ => Elementwise.Comparison((a, b) => a >= b, (a, b) => a >= b),
            ["Less"] = _ => Elementwise.Comparison((a, b) => a < b, (a, b) => a < b),
            ["LessOrEqual"] = _ => Elementwise.Comparison((a, b) => a <= b, (a, b) => a <= b),
            ["Where"] = _ => Elementwise.Where,
            ["MatMul"] = _ => LinearAlgebra.MatMul,
            ["Gemm"] = LinearAlgebra.Gemm,
            ["Softmax"] = Reductions.Softmax,
            ["ReduceMax"] = node => Reductions.Reduce(node, Reductions.Max),
            ["ReduceMean"] = node => Reductions.Reduce(node, Reductions.Mean),
            ["ReduceSum"] = node => Reductions.Reduce(node, Reductions.Sum),
            ["ArgMax"] = Reductions.ArgMax,
            ["Cast"] = Shapes.Cast,
            ["Concat"] = Shapes.Concat,
            ["ConstantOfShape"] = _ => Shapes.ZerosOfShape,
            ["Expand"] = _ => Shapes.Expand,
            ["Gather"] = Shapes.Gather,
            ["Range"] = _ => Shapes.Range,
            ["Reshape"] = _ => Shapes.Reshape,
            ["Shape"] = Shapes.ShapeOf,
            ["Slice"] = _ => Shapes.Slice,
            ["Squeeze"] = _ => Shapes.Squeeze,
            ["Transpose"] = Shapes.Transpose,
            ["Unsqueeze"] = _ => Shapes.Unsqueeze,
            ["ai.onnx.ml.SVMRegressor"] = SupportVectors.Regressor,
            ["ai.onnx.ml.TreeEnsembleRegressor"] = TreeEnsembles.Regressor,
            ["ai.onnx.ml.TreeEnsembleClassifier"] = TreeEnsembles.Classifier,
        }.ToFrozenDictionary();

    /// <summary>Prepares an operator.</summary>
    /// <exception cref="InvalidInputException">SerLab does not know the operator.</exception>
    public static Operator Prepare(OperatorNode node) =>
        Known.TryGetValue(node.Name, out Func<OperatorNode, Operator>? prepare)
            ? prepare(node)
            : throw new InvalidInputException(
                $"The model needs the operator {node.Name}, which SerLab does not compute; a full ONNX runtime may.");
}
