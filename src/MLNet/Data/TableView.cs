using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;

namespace SerLab.MLNet.Data;

/// <summary>A table in memory as ML.NET sees data: columns of equal length, read row by row without copying them first.</summary>
internal sealed class TableView : IDataView
{
    private readonly TableColumn[] columns;
    private readonly int rows;

    public TableView(int rows, params IEnumerable<TableColumn> columns)
    {
        this.rows = rows;
        this.columns = [.. columns];
        DataViewSchema.Builder builder = new();
        foreach (TableColumn column in this.columns)
        {
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        }

        Schema = builder.ToSchema();
    }

    /// <inheritdoc/>
    public bool CanShuffle => true;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public long? GetRowCount() => rows;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        if (rand is not null)
        {
            new SeededRandom(rand.Next()).Shuffle<int>(order);
        }

        return new Cursor(this, order, columnsNeeded);
    }

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly TableView table;
        private readonly int[] order;
        private readonly Delegate?[] getters;
        private int position = -1;

        public Cursor(TableView table, int[] order, IEnumerable<DataViewSchema.Column> columnsNeeded)
        {
            this.table = table;
            this.order = order;
            getters = new Delegate?[table.columns.Length];
            foreach (DataViewSchema.Column column in columnsNeeded)
            {
                getters[column.Index] = table.columns[column.Index].Getter(() => order[position]);
            }
        }

        public override long Position => position;

        public override long Batch => 0;

        public override DataViewSchema Schema => table.Schema;

        public override bool MoveNext()
        {
            if (position < order.Length)
            {
                position++;
            }

            return position < order.Length;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            getters[column.Index] as ValueGetter<TValue>
            ?? throw new InvalidOperationException(
                $"Column '{column.Name}' was not asked for, or is not of type {typeof(TValue)}.");

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId value) => value = new DataViewRowId((ulong)order[position], 0);
    }
}
