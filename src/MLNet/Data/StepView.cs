using Microsoft.ML;
using Microsoft.ML.Data;

namespace SerLab.MLNet.Data;

/// <summary>
/// Data with the columns that a step adds. A second cursor runs ahead of the rows and has them answered block by block; the first
/// blocks are small, so that who looks at one row does not wait for many.
/// </summary>
internal sealed class StepView(ColumnStep step, IDataView data) : IDataView
{
    private const int MaximumRows = 64;

    /// <summary>Two cursors that run side by side keep the rows' order.</summary>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; } = step.GetOutputSchema(data.Schema);

    /// <inheritdoc/>
    public long? GetRowCount() => data.GetRowCount();

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] needed = new bool[Schema.Count];
        foreach (DataViewSchema.Column column in columnsNeeded)
        {
            needed[column.Index] = true;
        }

        DataViewRowCursor rows = data.GetRowCursor(data.Schema.Where(column => needed[column.Index]));
        return new Cursor(this, rows, needed);
    }

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private IDataView Source => data;

    private ColumnStep Step => step;

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly StepView view;
        private readonly DataViewRowCursor rows;
        private readonly bool[] needed;
        private readonly AnsweredCells cells;
        private readonly DataViewRowCursor? ahead;
        private readonly ColumnStep.IBlock? block;
        private long start;
        private int size;

        public Cursor(StepView view, DataViewRowCursor rows, bool[] needed)
        {
            this.view = view;
            this.rows = rows;
            this.needed = needed;
            cells = new AnsweredCells(view.Step.Added);
            if (needed.AsSpan(view.Source.Schema.Count).Contains(true))
            {
                ahead = view.Source.GetRowCursor([view.Step.InputIn(view.Source.Schema)]);
                block = view.Step.Block(ahead);
            }
        }

        public override long Position => rows.Position;

        public override long Batch => rows.Batch;

        public override DataViewSchema Schema => view.Schema;

        public override bool MoveNext()
        {
            if (!rows.MoveNext())
            {
                return false;
            }

            if (block is not null)
            {
                if (rows.Position == start + size)
                {
                    Advance(block);
                }

                cells.MoveTo((int)(rows.Position - start));
            }

            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => rows.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => needed[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            int before = view.Source.Schema.Count;
            return column.Index < before
                ? rows.GetGetter<TValue>(view.Source.Schema[column.Index])
                : needed[column.Index]
                    ? cells.Getter<TValue>(column.Index - before)
                    : throw new InvalidOperationException($"Column '{column.Name}' was not asked for.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                rows.Dispose();
                ahead?.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Advance(ColumnStep.IBlock next)
        {
            start += size;
            int wanted = Math.Clamp(2 * size, 1, MaximumRows);
            for (size = 0; size < wanted && ahead!.MoveNext(); size++)
            {
                next.Take();
            }

            cells.Take(next.Answer(start));
        }
    }
}
