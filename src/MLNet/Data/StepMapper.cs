using Microsoft.ML;
using Microsoft.ML.Data;

namespace SerLab.MLNet.Data;

/// <summary>A step on single rows, as a prediction engine asks for it.</summary>
internal sealed class StepMapper(ColumnStep step, DataViewSchema before) : IRowToRowMapper
{
    /// <inheritdoc/>
    public DataViewSchema InputSchema => before;

    /// <inheritdoc/>
    public DataViewSchema OutputSchema { get; } = step.GetOutputSchema(before);

    /// <inheritdoc/>
    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        HashSet<int> needed =
        [
            .. dependingColumns.Select(
                column => column.Index < before.Count ? column.Index : step.InputIn(before).Index),
        ];
        return before.Where(column => needed.Contains(column.Index));
    }

    /// <inheritdoc/>
    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new Row(this, input, [.. activeColumns.Select(column => column.Index)]);

    private ColumnStep Step => step;

    private sealed class Row : DataViewRow
    {
        private readonly StepMapper mapper;
        private readonly DataViewRow input;
        private readonly HashSet<int> active;
        private readonly AnsweredCells cells;
        private readonly ColumnStep.IBlock? block;
        private long answered = -1;

        public Row(StepMapper mapper, DataViewRow input, HashSet<int> active)
        {
            this.mapper = mapper;
            this.input = input;
            this.active = active;
            cells = new AnsweredCells(mapper.Step.Added);
            block = active.Any(index => index >= input.Schema.Count) ? mapper.Step.Block(input) : null;
        }

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override DataViewSchema Schema => mapper.OutputSchema;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            column.Index < input.Schema.Count
                ? input.GetGetter<TValue>(input.Schema[column.Index])
                : IsColumnActive(column)
                    ? cells.Getter<TValue>(column.Index - input.Schema.Count, Answer)
                    : throw new InvalidOperationException($"Column '{column.Name}' was not asked for.");

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
            }

            base.Dispose(disposing);
        }

        // Once for all columns of a row.
        private void Answer()
        {
            if (input.Position != answered)
            {
                block!.Take();
                cells.Take(block.Answer(input.Position));
                answered = input.Position;
            }
        }
    }
}
