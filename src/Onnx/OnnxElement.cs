namespace SerLab.Onnx;

/// <summary>
/// The element types of tensors, numbered as in ONNX. SerLab's own graphs use five of them; others come in files.
/// </summary>
public enum OnnxElement
{
    /// <summary>32-bit float: features, predictions, probabilities.</summary>
    Float = 1,

    /// <summary>Unsigned 8-bit integer: quantised values.</summary>
    UInt8 = 2,

    /// <summary>8-bit integer: quantised weights.</summary>
    Int8 = 3,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16 = 4,

    /// <summary>16-bit integer.</summary>
    Int16 = 5,

    /// <summary>32-bit integer: sums of quantised values, lengths.</summary>
    Int32 = 6,

    /// <summary>64-bit integer: shapes, indices.</summary>
    Int64 = 7,

    /// <summary>Text: class labels.</summary>
    String = 8,

    /// <summary>Truth values: masks.</summary>
    Bool = 9,

    /// <summary>16-bit float: weights that take half the space.</summary>
    Float16 = 10,

    /// <summary>64-bit float: sums that would lose digits in 32 bits.</summary>
    Double = 11,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32 = 12,

    /// <summary>Unsigned 64-bit integer.</summary>
    UInt64 = 13,
}
