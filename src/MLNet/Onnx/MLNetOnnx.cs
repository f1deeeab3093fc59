using Microsoft.ML;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.Onnx;

namespace SerLab.MLNet.Onnx;

/// <summary>Writes models of ML.NET as ONNX through Microsoft.ML.OnnxConverter.</summary>
internal static class MLNetOnnx
{
    // The name that the converter gives the output for a column.
    private const string ScoreOutput = ColumnNames.Score + ".output";

    /// <summary>Adds what leads from Features to Score to a graph.</summary>
    /// <exception cref="InvalidInputException">A step of the model has no ONNX form in ML.NET; the sentence names it.</exception>
    public static OnnxValue AddTo(
        OnnxGraph graph, OnnxValue rows, MLContext context, ITransformer transformer, int featureCount) =>
        graph.Include(Convert(context, transformer, featureCount), rows, ScoreOutput);

    private static byte[] Convert(MLContext context, ITransformer transformer, int featureCount)
    {
        // Label is not among the columns, since the converter would make it an input.
        FeatureMatrix zeros = new(new float[featureCount], 1, featureCount);
        TableView rows = new(1, TableColumn.Vectors(ColumnNames.Features, zeros));
        using MemoryStream stream = new();
        try
        {
            context.Model.ConvertToOnnx(transformer, rows, stream, ColumnNames.Score);
        }
        catch (Exception error) when (error is InvalidOperationException or NotSupportedException)
        {
            throw new InvalidInputException($"ML.NET cannot write {Name(transformer)} as ONNX: {error.Message}", error);
        }

        return stream.ToArray();
    }

    private static string Name(ITransformer transformer) =>
        transformer is ISingleFeaturePredictionTransformer<object> { Model: { } model }
            ? model.GetType().Name
            : transformer.GetType().Name;
}
