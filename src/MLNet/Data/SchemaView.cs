using Microsoft.ML;

namespace SerLab.MLNet.Data;

/// <summary>Data of no rows that has some columns, for whoever asks for data but looks at its schema alone.</summary>
internal sealed class SchemaView : IDataView
{
    public SchemaView(IEnumerable<DataViewSchema.Column> columns)
    {
        DataViewSchema.Builder builder = new();
        foreach (DataViewSchema.Column column in columns)
        {
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        }

        Schema = builder.ToSchema();
    }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public long? GetRowCount() => 0;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        throw new InvalidOperationException("There are no rows.");

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
