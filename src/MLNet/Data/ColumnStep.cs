using Microsoft.ML;

namespace SerLab.MLNet.Data;

/// <summary>
/// What a transformer of SerLab does: it adds columns that follow, row by row, from one column. It computes them for blocks of
/// rows, so that SerLab's own threads are used and an error is thrown as it was, not wrapped by threads of ML.NET.
/// </summary>
/// <param name="input">The column that the others follow from.</param>
/// <param name="noRows">The added columns of no rows; they tell names, types and annotations.</param>
internal abstract class ColumnStep(string input, IReadOnlyList<TableColumn> noRows)
{
    /// <summary>The column that is read.</summary>
    public string Input { get; } = input;

    /// <summary>The added columns' names, types and annotations.</summary>
    public IReadOnlyList<TableColumn> Added { get; } = noRows;

    /// <summary>The columns after the step.</summary>
    /// <exception cref="Core.InvalidInputException">The column that is read is missing or of another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema before)
    {
        InputIn(before);
        DataViewSchema.Builder builder = new();
        builder.AddColumns(before);
        foreach (TableColumn column in Added)
        {
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        }

        return builder.ToSchema();
    }

    /// <summary>The column that is read.</summary>
    /// <exception cref="Core.InvalidInputException">It is missing or of another type.</exception>
    public DataViewSchema.Column InputIn(DataViewSchema before)
    {
        DataViewSchema.Column column = ColumnReader.Find(before, Input);
        Require(column);
        return column;
    }

    /// <summary>Collects cells of the column that is read, and answers them.</summary>
    /// <param name="row">A row, or a cursor that moves on; the column is active.</param>
    public abstract IBlock Block(DataViewRow row);

    /// <summary>Refuses a column of another type.</summary>
    protected abstract void Require(DataViewSchema.Column column);

    /// <summary>Rows that are answered together.</summary>
    internal interface IBlock
    {
        /// <summary>Takes the current row's cell.</summary>
        void Take();

        /// <summary>The added columns of the rows that were taken since the last answer.</summary>
        /// <param name="first">The number of the first of them, for errors.</param>
        IReadOnlyList<TableColumn> Answer(long first);
    }
}

/// <inheritdoc cref="ColumnStep"/>
internal abstract class ColumnStep<TCell, TKept>(string input, IReadOnlyList<TableColumn> noRows) : ColumnStep(input, noRows)
{
    /// <inheritdoc/>
    public override IBlock Block(DataViewRow row) => new Rows(this, row.GetGetter<TCell>(InputIn(row.Schema)));

    /// <summary>A cell in a form that outlives its row.</summary>
    protected abstract TKept Keep(TCell cell);

    /// <summary>The added columns of some rows.</summary>
    /// <param name="cells">The rows' cells.</param>
    /// <param name="first">The number of the first row, for errors.</param>
    protected abstract IReadOnlyList<TableColumn> Answer(IReadOnlyList<TKept> cells, long first);

    private sealed class Rows(ColumnStep<TCell, TKept> step, ValueGetter<TCell> get) : IBlock
    {
        private readonly List<TKept> cells = [];
        private TCell cell = default!;

        public void Take()
        {
            get(ref cell);
            cells.Add(step.Keep(cell));
        }

        public IReadOnlyList<TableColumn> Answer(long first)
        {
            TKept[] taken = [.. cells];
            cells.Clear();
            return step.Answer(taken, first);
        }
    }
}
