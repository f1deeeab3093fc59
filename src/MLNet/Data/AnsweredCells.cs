using Microsoft.ML;

namespace SerLab.MLNet.Data;

/// <summary>The cells of added columns in one row of the block that was answered last.</summary>
internal sealed class AnsweredCells(IReadOnlyList<TableColumn> schema)
{
    private Delegate[] getters = [];
    private int row;

    /// <summary>Changes to another block.</summary>
    public void Take(IReadOnlyList<TableColumn> block) => getters = [.. block.Select(column => column.Getter(() => row))];

    /// <summary>Changes to another row of the block.</summary>
    public void MoveTo(int rowOfBlock) => row = rowOfBlock;

    /// <summary>Reads the current row's cell of an added column.</summary>
    /// <param name="column">The column's number among the added ones.</param>
    /// <param name="prepare">Called before every reading; it may change block and row.</param>
    public ValueGetter<T> Getter<T>(int column, Action? prepare = null) => schema[column].Type.RawType == typeof(T)
        ? (ref T value) =>
        {
            prepare?.Invoke();
            ((ValueGetter<T>)getters[column])(ref value);
        }
    : throw new InvalidOperationException(
            $"Column '{schema[column].Name}' is {schema[column].Type}, not of type {typeof(T)}.");
}
