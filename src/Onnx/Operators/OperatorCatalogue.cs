using System.Collections.Frozen;
using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Onnx.Operators;

/// <summary>The operators that SerLab computes, each prepared once from its attributes.</summary>
internal static class OperatorCatalogue
{
    private static readonly FrozenDictionary<string, Func<OperatorNode, Operator>> Known =
        new Dictionary<string, Func<OperatorNode, Operator>>
        {
            ["Identity"] = _ => inputs => [inputs[0]!],
            ["Abs"] = _ => Elementwise.Unary(TensorPrimitives.Abs, TensorPrimitives.Abs),
            ["Add"] = _ => Elementwise.Binary(TensorPrimitives.Add, TensorPrimitives.Add, TensorPrimitives.Add),
            ["Clip"] = _ => Elementwise.Clip,
            ["Cos"] = _ => Elementwise.Unary(TensorPrimitives.Cos, TensorPrimitives.Cos),
            ["Div"] = _ => Elementwise.Binary(TensorPrimitives.Divide, TensorPrimitives.Divide, TensorPrimitives.Divide),
            ["Exp"] = _ => Elementwise.Unary(TensorPrimitives.Exp, TensorPrimitives.Exp),
            ["Floor"] = _ => Elementwise.Unary(TensorPrimitives.Floor, TensorPrimitives.Floor),
            ["Log"] = _ => Elementwise.Unary(TensorPrimitives.Log, TensorPrimitives.Log),
            ["Max"] = _ => Elementwise.Binary(TensorPrimitives.Max, TensorPrimitives.Max, TensorPrimitives.Max),
            ["Min"] = _ => Elementwise.Binary(TensorPrimitives.Min, TensorPrimitives.Min, TensorPrimitives.Min),
            ["Mod"] = _ => Elementwise.Remainder,
            ["Mul"] = _ => Elementwise.Binary(TensorPrimitives.Multiply, TensorPrimitives.Multiply, TensorPrimitives.Multiply),
            ["Neg"] = _ => Elementwise.Unary(TensorPrimitives.Negate, TensorPrimitives.Negate),
            ["Pow"] = _ => Elementwise.Binary(
                Broadcasting.Each<float, float>(MathF.Pow), Broadcasting.Each<double, double>(Math.Pow), null),
            ["Reciprocal"] = _ => Elementwise.Unary(TensorPrimitives.Reciprocal, TensorPrimitives.Reciprocal),
            ["Relu"] = _ =>
                Elementwise.Unary((x, y) => TensorPrimitives.Max(x, 0f, y), (x, y) => TensorPrimitives.Max(x, 0.0, y)),
            ["Round"] = _ => Elementwise.Unary(TensorPrimitives.Round, TensorPrimitives.Round),
            ["Sigmoid"] = _ => Elementwise.Unary(TensorPrimitives.Sigmoid, TensorPrimitives.Sigmoid),
            ["Sign"] = _ => Elementwise.Unary(Sign<float>, Sign<double>),
            ["Sqrt"] = _ => Elementwise.Unary(TensorPrimitives.Sqrt, TensorPrimitives.Sqrt),
            ["Sub"] = _ => Elementwise.Binary(TensorPrimitives.Subtract, TensorPrimitives.Subtract, TensorPrimitives.Subtract),
            ["Sum"] = _ => Elementwise.Binary(TensorPrimitives.Add, TensorPrimitives.Add, TensorPrimitives.Add),
            ["Tanh"] = _ => Elementwise.Unary(TensorPrimitives.Tanh, TensorPrimitives.Tanh),
            ["And"] = _ => Elementwise.Logical((a, b) => a && b),
            ["Or"] = _ => Elementwise.Logical((a, b) => a || b),
            ["Not"] = _ => Elementwise.Not,
            ["Erf"] = _ => Elementwise.Unary(ErrorFunction.Of, ErrorFunction.Of),
            ["Equal"] = _ => Elementwise.Comparison((a, b) => a == b, (a, b) => a == b, (a, b) => a == b),
            ["Greater"] = _ => Elementwise.Comparison((a, b) => a > b, (a, b) => a > b, (a, b) => a > b),
            ["GreaterOrEqual"] = _ => Elementwise.Comparison((a, b) => a >= b, (a, b) => a >= b, (a, b) => a >= b),
            ["Less"] = _ => Elementwise.Comparison((a, b) => a < b, (a, b) => a < b, (a, b) => a < b),
            ["LessOrEqual"] = _ => Elementwise.Comparison((a, b) => a <= b, (a, b) => a <= b, (a, b) => a <= b),
            ["Where"] = _ => Elementwise.Where,
            ["MatMul"] = _ => LinearAlgebra.MatMul,
            ["Gemm"] = LinearAlgebra.Gemm,
            ["Conv"] = Convolutions.Convolve,
            ["ConvTranspose"] = Convolutions.Transpose,
            ["MaxPool"] = node => WindowPooling.Pool(node, WindowPooling.Largest),
            ["AveragePool"] = node => WindowPooling.Pool(node, WindowPooling.Mean),
            ["LSTM"] = node => RecurrentCells.Run(node, RecurrentCells.LongShortTermMemory, 4),
            ["GRU"] = node => RecurrentCells.Run(node, RecurrentCells.GatedUnit, 3),
            ["Softmax"] = Reductions.Softmax,
            ["ReduceMax"] = node => Reductions.Reduce(node, Reductions.Max, Reductions.Max),
            ["ReduceMean"] = node => Reductions.Reduce(node, Reductions.Mean, Reductions.Mean),
            ["ReduceMin"] = node => Reductions.Reduce(node, Reductions.Min, Reductions.Min),
            ["ReduceSum"] = node => Reductions.Reduce(node, Reductions.Sum, Reductions.Sum),
            ["ArgMax"] = Reductions.ArgMax,
            ["Cast"] = Shapes.Cast,
            ["Concat"] = Shapes.Concat,
            ["CumSum"] = Reductions.CumulativeSum,
            ["ConstantOfShape"] = _ => Shapes.ZerosOfShape,
            ["Expand"] = _ => Shapes.Expand,
            ["Gather"] = Shapes.Gather,
            ["GatherElements"] = Scattering.GatherElements,
            ["Loop"] = Loops.Loop,
            ["Pad"] = Shapes.Pad,
            ["Range"] = _ => Shapes.Range,
            ["Reshape"] = _ => Shapes.Reshape,
            ["ScatterElements"] = Scattering.ScatterElements,
            ["Shape"] = Shapes.ShapeOf,
            ["Slice"] = _ => Shapes.Slice,
            ["Squeeze"] = _ => Shapes.Squeeze,
            ["TopK"] = Selection.TopK,
            ["Transpose"] = Shapes.Transpose,
            ["Unsqueeze"] = _ => Shapes.Unsqueeze,
            ["ai.onnx.ml.LinearClassifier"] = LinearModels.Classifier,
            ["ai.onnx.ml.LinearRegressor"] = LinearModels.Regressor,
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

    private static void Sign<T>(ReadOnlySpan<T> values, Span<T> results)
        where T : System.Numerics.INumber<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            results[i] = T.IsNaN(values[i]) ? values[i] : T.CreateChecked(T.Sign(values[i]));
        }
    }
}
