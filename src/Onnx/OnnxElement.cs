namespace SerLab.Onnx;

/// <summary>The element types SerLab's graphs use, numbered as in ONNX.</summary>
public enum OnnxElement
{
    /// <summary>32-bit float: features, predictions, probabilities.</summary>
    Float = 1,

    /// <summary>64-bit integer: shapes, indices.</summary>
    Int64 = 7,

    /// <summary>Text: class labels.</summary>
    String = 8,

    /// <summary>Truth values: masks.</summary>
    Bool = 9,

    /// <summary>64-bit float: sums that would lose digits in 32 bits.</summary>
    Double = 11,
}
