namespace SerLab.Onnx;

/// <summary>The standard operators that models use most, under their everyday names. Shapes broadcast as in NumPy.</summary>
public static class OnnxArithmetic
{
    /// <summary>a + b.</summary>
    public static OnnxValue Add(this OnnxGraph graph, OnnxValue a, OnnxValue b) => graph.Apply("Add", [a, b]);

    /// <summary>a − b.</summary>
    public static OnnxValue Subtract(this OnnxGraph graph, OnnxValue a, OnnxValue b) => graph.Apply("Sub", [a, b]);

    /// <summary>a · b, element by element.</summary>
    public static OnnxValue Multiply(this OnnxGraph graph, OnnxValue a, OnnxValue b) => graph.Apply("Mul", [a, b]);

    /// <summary>a / b, element by element.</summary>
    public static OnnxValue Divide(this OnnxGraph graph, OnnxValue a, OnnxValue b) => graph.Apply("Div", [a, b]);

    /// <summary>The matrix product of a, [..., m, k], and b, [k, n].</summary>
    public static OnnxValue MatrixProduct(this OnnxGraph graph, OnnxValue a, OnnxValue b) => graph.Apply("MatMul", [a, b]);

    /// <summary>The same numbers in another element type.</summary>
    public static OnnxValue Cast(this OnnxGraph graph, OnnxValue a, OnnxElement element) =>
        graph.Apply("Cast", [a], OnnxAttribute.Of("to", (long)element));

    /// <summary>The sum along an axis, which stays with size 1.</summary>
    public static OnnxValue Sum(this OnnxGraph graph, OnnxValue a, int axis) =>
        graph.Apply("ReduceSum", [a, graph.Integers([axis], 1)]);

    /// <summary>The position of the largest number of each row, [batch, n] → [batch]; the first of equals.</summary>
    public static OnnxValue ArgMax(this OnnxGraph graph, OnnxValue rows) =>
        graph.Apply("ArgMax", [rows], OnnxAttribute.Of("axis", 1L), OnnxAttribute.Of("keepdims", 0L));

    /// <summary>Rows that hold the same numbers for every clip, [batch, n] → [batch, values].</summary>
    public static OnnxValue Same(this OnnxGraph graph, OnnxValue rows, int columns, ReadOnlySpan<float> values)
    {
        OnnxValue zeros = graph.Constant(new float[columns * values.Length], columns, values.Length);
        return graph.Apply("Gemm", [rows, zeros, graph.Constant(values, values.Length)]);
    }
}
