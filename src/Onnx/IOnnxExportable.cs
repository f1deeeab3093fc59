namespace SerLab.Onnx;

/// <summary>
/// A step from rows to rows that writes itself as ONNX operators: every regression model and every transform. What it computes there
/// equals what it computes in .NET within 1e-5 · max(1, |y|).
/// </summary>
public interface IOnnxExportable
{
    /// <summary>Adds the operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="rows">Float32, [batch, features].</param>
    /// <returns>Float32: [batch, 1] of a regression model, [batch, changed features] of a transform.</returns>
    OnnxValue AddTo(OnnxGraph graph, OnnxValue rows);
}
