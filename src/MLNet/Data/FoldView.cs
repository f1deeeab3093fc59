using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Training.Splitting;

namespace SerLab.MLNet.Data;

/// <summary>
/// Data with one key column more that tells each row's part of a fold: 1 test, 2 training, missing where it is in neither. ML.NET
/// divides by that key; its pairs of training and test data cannot be made in another way.
/// </summary>
internal sealed class FoldView : IDataView
{
    private const string Part = "FoldPart";
    private const uint Test = 1;
    private const uint Train = 2;

    private readonly IDataView data;
    private readonly uint[] parts;
    private readonly DataViewSchema.Column partColumn;

    private FoldView(IDataView data, uint[] parts)
    {
        this.data = data;
        this.parts = parts;
        DataViewSchema.Builder builder = new();
        builder.AddColumns(data.Schema);
        builder.AddColumn(Part, new KeyDataViewType(typeof(uint), 2));
        Schema = builder.ToSchema();
        partColumn = Schema[data.Schema.Count];
    }

    /// <summary>Rows know their part by their place, so they keep it.</summary>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <summary>The two sides of a fold.</summary>
    public static DataOperationsCatalog.TrainTestData Split(DataOperationsCatalog catalog, IDataView data, Fold fold, int count)
    {
        uint[] parts = new uint[count];
        foreach (int row in fold.Test)
        {
            parts[row] = Test;
        }

        foreach (int row in fold.Train)
        {
            parts[row] = Train;
        }

        // Of two keys the first lies in the lower half, which is the test set.
        return catalog.TrainTestSplit(new FoldView(data, parts), testFraction: 0.5, samplingKeyColumnName: Part);
    }

    /// <inheritdoc/>
    public long? GetRowCount() => parts.Length;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new Cursor(
            this,
            data.GetRowCursor(
                needed.Where(column => column.Index < data.Schema.Count).Select(column => data.Schema[column.Index])),
            needed.Any(column => column.Index == partColumn.Index));
    }

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(FoldView view, DataViewRowCursor inner, bool partIsActive) : DataViewRowCursor
    {
        public override long Position => inner.Position;

        public override long Batch => inner.Batch;

        public override DataViewSchema Schema => view.Schema;

        public override bool MoveNext() => inner.MoveNext();

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) =>
            column.Index == view.partColumn.Index ? partIsActive : inner.IsColumnActive(view.data.Schema[column.Index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (column.Index < view.data.Schema.Count)
            {
                return inner.GetGetter<TValue>(view.data.Schema[column.Index]);
            }

            ValueGetter<uint> part = (ref uint value) => value = view.parts[inner.Position];
            return part as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column '{column.Name}' is not of type {typeof(TValue)}.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
