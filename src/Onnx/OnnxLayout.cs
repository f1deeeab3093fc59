namespace SerLab.Onnx;

/// <summary>Standard operators that move elements without changing them, under their everyday names.</summary>
public static class OnnxLayout
{
    /// <summary>The same elements under another shape; 0 keeps the size that the dimension has.</summary>
    public static OnnxValue Reshape(this OnnxGraph graph, OnnxValue value, params ReadOnlySpan<long> shape) =>
        graph.Apply("Reshape", [value, graph.Integers(shape, shape.Length)]);

    /// <summary>One row per clip, [batch, …] → [batch, values]; of batches without clips too.</summary>
    public static OnnxValue Flatten(this OnnxGraph graph, OnnxValue value) =>
        graph.Apply("Flatten", [value], OnnxAttribute.Of("axis", 1L));

    /// <summary>Reorders the axes: axis i of the result is axis order[i] of the value.</summary>
    public static OnnxValue Transpose(this OnnxGraph graph, OnnxValue value, params long[] order) =>
        graph.Apply("Transpose", [value], OnnxAttribute.Of("perm", order));

    /// <summary>The elements from start up to, not including, end along an axis.</summary>
    public static OnnxValue Slice(this OnnxGraph graph, OnnxValue value, int axis, long start, long end) =>
        graph.Slice(value, axis, graph.Integers([start], 1), graph.Integers([end], 1));

    /// <summary>The elements from start up to, not including, end along an axis, both known only at run time ([1]).</summary>
    public static OnnxValue Slice(this OnnxGraph graph, OnnxValue value, int axis, OnnxValue start, OnnxValue end) =>
        graph.Apply("Slice", [value, start, end, graph.Integers([axis], 1)]);

    /// <summary>Tensors one after the other along an axis.</summary>
    public static OnnxValue Concat(this OnnxGraph graph, int axis, params ReadOnlySpan<OnnxValue> values) =>
        graph.Apply("Concat", values, OnnxAttribute.Of("axis", (long)axis));

    /// <summary>The elements at positions along an axis.</summary>
    public static OnnxValue Gather(this OnnxGraph graph, OnnxValue value, OnnxValue positions, int axis) =>
        graph.Apply("Gather", [value, positions], OnnxAttribute.Of("axis", (long)axis));

    /// <summary>The size along an axis, [1].</summary>
    public static OnnxValue Size(this OnnxGraph graph, OnnxValue value, int axis) =>
        graph.Apply("Shape", [value], OnnxAttribute.Of("start", (long)axis), OnnxAttribute.Of("end", axis + 1L));

    /// <summary>
    /// Zeros before and after the elements of the last of two axes; how many may be known only at run time ([1]).
    /// </summary>
    public static OnnxValue PadRows(this OnnxGraph graph, OnnxValue rows, OnnxValue before, OnnxValue after) =>
        graph.Apply("Pad", [rows, graph.Concat(0, graph.Integers([0L], 1), before, graph.Integers([0L], 1), after)]);
}
