using Microsoft.ML;
using Microsoft.ML.Data;

namespace SerLab.MLNet.Data;

/// <summary>The names that ML.NET's trainers, transforms and evaluators expect.</summary>
internal static class ColumnNames
{
    public const string Features = "Features";
    public const string Label = "Label";
    public const string Score = "Score";
    public const string PredictedLabel = "PredictedLabel";

    /// <summary>The annotation that names the elements of a vector column.</summary>
    public const string SlotNames = "SlotNames";

    /// <summary>The annotation that tells what keys stand for.</summary>
    public const string KeyValues = "KeyValues";

    /// <summary>An annotation that holds a list of texts.</summary>
    public static DataViewSchema.Annotations Annotation(string kind, IReadOnlyList<string> texts)
    {
        DataViewSchema.Annotations.Builder builder = new();
        VBuffer<ReadOnlyMemory<char>> names = Texts(texts);
        builder.Add(
            kind,
            new VectorDataViewType(TextDataViewType.Instance, texts.Count),
            (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        return builder.ToAnnotations();
    }

    /// <summary>Texts as ML.NET keeps them.</summary>
    public static VBuffer<ReadOnlyMemory<char>> Texts(IReadOnlyList<string> texts) =>
        new(texts.Count, [.. texts.Select(text => text.AsMemory())]);

    /// <summary>The texts of an annotation, or none where the column has no such annotation.</summary>
    public static IReadOnlyList<string>? Read(DataViewSchema.Column column, string kind)
    {
        if (column.Annotations.Schema.GetColumnOrNull(kind)?.Type is not VectorDataViewType { ItemType: TextDataViewType })
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> texts = default;
        column.Annotations.GetValue(kind, ref texts);
        return [.. texts.DenseValues().Select(text => text.ToString())];
    }
}
