using Microsoft.ML;
using SerLab.Datasets.Tables;
using SerLab.Features.Errors;
using SerLab.MLNet.Data;

namespace SerLab.MLNet.Onnx;

/// <summary>Writes models of ML.NET as ONNX through Microsoft.ML.OnnxConverter.</summary>
internal static class MLNetOnnx
{
    /// <summary>
    /// The bytes of an ONNX file with Features as the one input and the given column as the one output. Label is not among the columns,
    /// since the converter would make it an input.
    /// </summary>
    /// <exception cref="InvalidInputException">A step of the model has no ONNX form in ML.NET; the sentence names it.</exception>
    public static byte[] Convert(MLContext context, ITransformer transformer, int featureCount, string output)
    {
        TableView rows = new(1, TableColumn.Vectors(ColumnNames.Features, new FeatureMatrix(new float[featureCount], 1, featureCount)));
        using MemoryStream stream = new();
        try
        {
            context.Model.ConvertToOnnx(transformer, rows, stream, output);
        }
        catch (InvalidOperationException error)
        {
            throw Refused(transformer, error);
        }
        catch (NotSupportedException error)
        {
            throw Refused(transformer, error);
        }

        return stream.ToArray();
    }

    private static InvalidInputException Refused(ITransformer transformer, Exception error) => new(
        $"ML.NET cannot write {Name(transformer)} as ONNX: {error.Message}", error);

    private static string Name(ITransformer transformer) => transformer is ISingleFeaturePredictionTransformer<object> { Model: { } model }
        ? model.GetType().Name
        : transformer.GetType().Name;
}
