using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;

namespace SerLab.MLNet.Data;

/// <summary>Writes the value of one row into an ML.NET buffer.</summary>
internal delegate void CellReader<T>(int row, ref T value);

/// <summary>One column of a <see cref="TableView"/>: its name, type and annotations, and where its values come from.</summary>
internal abstract class TableColumn(string name, DataViewType type, DataViewSchema.Annotations? annotations)
{
    public string Name { get; } = name;

    public DataViewType Type { get; } = type;

    public DataViewSchema.Annotations? Annotations { get; } = annotations;

    /// <summary>An ML.NET getter (a <see cref="ValueGetter{TValue}"/>) of the row that <paramref name="row"/> tells.</summary>
    public abstract Delegate Getter(Func<int> row);

    /// <summary>Numbers, one per row.</summary>
    public static TableColumn Numbers(string name, IReadOnlyList<float> values) =>
        new TableColumn<float>(name, NumberDataViewType.Single, (int row, ref float value) => value = values[row]);

    /// <summary>Texts, one per row; missing ones are empty.</summary>
    public static TableColumn Texts(string name, IReadOnlyList<string?> values) => new TableColumn<ReadOnlyMemory<char>>(
        name, TextDataViewType.Instance, (int row, ref ReadOnlyMemory<char> value) => value = values[row].AsMemory());

    /// <summary>Classes as ML.NET's keys: class 0 is key 1, and a number below 0 is a missing key.</summary>
    public static TableColumn Keys(string name, IReadOnlyList<int> values, IReadOnlyList<string> keyNames) =>
        Keys(name, values, keyNames.Count, keyNames);

    /// <summary>The same where keys need not have names.</summary>
    public static TableColumn Keys(
        string name, IReadOnlyList<int> values, int count, IReadOnlyList<string>? keyNames) => new TableColumn<uint>(
        name,
        new KeyDataViewType(typeof(uint), count),
        (int row, ref uint value) => value = (uint)(values[row] + 1),
        keyNames is null ? null : ColumnNames.Annotation(ColumnNames.KeyValues, keyNames));

    /// <summary>Vectors of float32 of one length.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="matrix">One row per vector.</param>
    /// <param name="slotNames">What the elements are called, or none.</param>
    public static TableColumn Vectors(string name, FeatureMatrix matrix, IReadOnlyList<string>? slotNames = null) =>
        new TableColumn<VBuffer<float>>(
            name,
            new VectorDataViewType(NumberDataViewType.Single, matrix.Columns),
            (int row, ref VBuffer<float> value) =>
            {
                VBufferEditor<float> editor = VBufferEditor.Create(ref value, matrix.Columns);
                matrix.Row(row).CopyTo(editor.Values);
                value = editor.Commit();
            },
            slotNames is null ? null : ColumnNames.Annotation(ColumnNames.SlotNames, slotNames));
}

/// <inheritdoc/>
internal sealed class TableColumn<T>(
    string name, DataViewType type, CellReader<T> read, DataViewSchema.Annotations? annotations = null)
    : TableColumn(name, type, annotations)
{
    public override Delegate Getter(Func<int> row) => new ValueGetter<T>((ref T value) => read(row(), ref value));
}
